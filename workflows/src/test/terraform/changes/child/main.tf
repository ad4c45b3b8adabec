variable "name" {
  type        = string
  description = "Kept."
}

resource "terraform_data" "this" {
  input = var.name
}
