# An apply of a few seconds without provisioners: bcrypt is computed at apply, since the id is unknown at plan.
terraform {
  required_version = ">= 1.11"
}

variable "cost" {
  type        = number
  description = "Each step doubles the time; 14 takes about 2.6 s."
  default     = 14
}

resource "terraform_data" "a" {
  input = "first"
}

resource "terraform_data" "slow" {
  input = bcrypt(terraform_data.a.id, var.cost)

  lifecycle {
    ignore_changes = [input]
  }
}
