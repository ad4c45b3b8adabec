# Inputs that Terraform itself judges.
terraform {
  required_version = ">= 1.11"
}

variable "name" {
  type        = string
  description = "At least four letters."

  validation {
    condition     = length(var.name) > 3
    error_message = "The name needs four letters."
  }
}

variable "size" {
  type        = number
  description = "At most ten."

  validation {
    condition     = var.size <= 10
    error_message = "The size is at most ten."
  }
}

resource "terraform_data" "this" {
  input = "${var.name}-${var.size}"
}
