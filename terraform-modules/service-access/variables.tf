variable "entity" {
  type        = string
  description = "Name of the service or resource, as the catalog has it"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", var.entity))
    error_message = "An entity's name has 1 to 63 letters, digits, dashes, dots and underscores, and begins and ends with a letter or a digit."
  }
}

variable "kind" {
  type        = string
  description = "What it is: Service or Resource"
  nullable    = false

  validation {
    condition     = contains(["Service", "Resource"], var.kind)
    error_message = "Access is given to a Service or a Resource."
  }
}

variable "role" {
  type        = string
  description = "What the holder may do: reader, operator or admin"
  nullable    = false

  validation {
    condition     = contains(["reader", "operator", "admin"], var.role)
    error_message = "A role is one of reader, operator, admin."
  }
}

variable "holder" {
  type        = string
  description = "Who gets the access: a person's name in the catalog"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$", var.holder))
    error_message = "A holder's name has 1 to 63 letters, digits, dashes, dots and underscores, and begins and ends with a letter or a digit."
  }
}
