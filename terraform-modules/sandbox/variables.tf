variable "name" {
  type        = string
  description = "Name of the sandbox: lower case letters, digits and dashes, 3 to 63 characters, starting with a letter"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,61}[a-z0-9]$", var.name))
    error_message = "A sandbox's name has 3 to 63 lower case letters, digits and dashes, starts with a letter and does not end with a dash."
  }
}

variable "owner" {
  type        = string
  description = "Team that owns the sandbox"
  nullable    = false

  validation {
    condition     = length(trimspace(var.owner)) > 0
    error_message = "A sandbox has an owner team."
  }
}

variable "purpose" {
  type        = string
  description = "What is tried in it, in a sentence"
  nullable    = false

  validation {
    condition     = length(trimspace(var.purpose)) >= 3 && length(var.purpose) <= 1000
    error_message = "A purpose has 3 to 1000 characters."
  }
}
