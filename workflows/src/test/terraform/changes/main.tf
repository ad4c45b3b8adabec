# One resource for each thing that can happen to one.
terraform {
  required_version = ">= 1.11"
}

variable "name" {
  type        = string
  description = "Changing it updates and replaces."
}

variable "keys" {
  type        = set(string)
  description = "One resource per key."
  default     = ["k1", "k/2"]
}

variable "children" {
  type        = number
  description = "How many child modules."
  default     = 1
}

resource "terraform_data" "updated" {
  input = var.name
}

resource "terraform_data" "replaced" {
  input            = { kind = "fixed", name = var.name }
  triggers_replace = [var.name]
}

resource "terraform_data" "keyed" {
  for_each = var.keys
  input    = each.key
}

module "child" {
  source = "./child"
  count  = var.children
  name   = "fixed"
}

output "name" {
  value       = var.name
  description = "The name."
}
