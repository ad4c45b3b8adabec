variable "name" {
  type        = string
  description = "Name of the thing"
}

variable "way" {
  type        = string
  description = "Where the secret is to come out"
}

variable "secret" {
  type        = string
  description = "What must not come out"
  sensitive   = true

  validation {
    condition     = var.way != "validation" || startswith(var.secret, "mended-")
    error_message = "This secret will not do."
  }

  validation {
    condition     = var.way != "message" || var.secret == ""
    error_message = "The secret ${var.secret} will not do."
  }
}
