# Leaks a secret in every way that Terraform allows.
terraform {
  required_version = ">= 1.11"
}

variable "password" {
  type        = string
  description = "Secret."
  sensitive   = true

  validation {
    condition     = length(var.password) > 8
    error_message = "The password is too short."
  }

  validation {
    condition     = !startswith(var.password, "bad")
    error_message = "Not this one: ${nonsensitive(var.password)}"
  }
}

variable "certificate" {
  type        = string
  description = "Secret, several lines."
  sensitive   = true
}

variable "fail" {
  type        = bool
  description = "Whether the provisioner fails."
  default     = false
}

resource "terraform_data" "holder" {
  input = {
    user        = "steward"
    password    = var.password
    certificate = var.certificate
    url         = "https://steward:${urlencode(var.password)}@example.org"
    json        = jsonencode({ password = var.password })
  }
}

resource "terraform_data" "provisioned" {
  input = "fixed"

  provisioner "local-exec" {
    command = "echo \"provisioning with $SECRET\"; ${var.fail ? "exit 1" : "true"}"
    environment = {
      SECRET = nonsensitive(var.password)
    }
  }
}

resource "terraform_data" "plain" {
  input = nonsensitive(var.password)
}

output "password" {
  value       = var.password
  description = "Secret."
  sensitive   = true
}

output "leaked" {
  value       = nonsensitive(var.password)
  description = "Not marked."
}
