variable "name" {
  type        = string
  description = "Name of the service: lower case letters, digits and dashes, 3 to 39 characters, starting with a letter"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,38}$", var.name))
    error_message = "A service name has 3 to 39 lower case letters, digits and dashes, and starts with a letter."
  }

  validation {
    condition     = !startswith(var.name, "test-") && !endswith(var.name, "-")
    error_message = "A service name may not start with \"test-\" or end with a dash: those names belong to short-lived copies."
  }

  validation {
    condition     = !contains(["admin", "root", "steward"], var.name)
    error_message = "This name is reserved for the platform itself. Choose another."
  }
}

variable "description" {
  type        = string
  description = "What the service is for, in a sentence"
  nullable    = false

  validation {
    condition     = length(trimspace(var.description)) >= 3 && length(var.description) <= 1000
    error_message = "A description has 3 to 1000 characters."
  }
}

variable "owner" {
  type        = string
  description = "Team that owns the service"
  nullable    = false

  validation {
    condition     = length(trimspace(var.owner)) > 0
    error_message = "A service has an owner team."
  }
}

variable "operated_by" {
  type        = string
  description = "Team that operates the service: the owner team itself, or another"
  nullable    = false

  validation {
    condition     = length(trimspace(var.operated_by)) > 0
    error_message = "A service has a team that operates it."
  }
}

variable "tier" {
  type        = string
  description = "How much depends on the service: tier-1 (most) to tier-4 (least)"
  nullable    = false

  validation {
    condition     = contains(["tier-1", "tier-2", "tier-3", "tier-4"], var.tier)
    error_message = "A tier is one of tier-1, tier-2, tier-3, tier-4."
  }
}

variable "service_lifecycle" {
  type        = string
  description = "Whether the service lives and dies with one application (application-bound) or serves several (shared)"
  nullable    = false

  validation {
    condition     = contains(["application-bound", "shared"], var.service_lifecycle)
    error_message = "A lifecycle is application-bound or shared."
  }
}

variable "stage" {
  type        = string
  description = "How far along the service is: experimental, production or deprecated"
  default     = "experimental"
  nullable    = false

  validation {
    condition     = contains(["experimental", "production", "deprecated"], var.stage)
    error_message = "A stage is one of experimental, production, deprecated."
  }
}

variable "audience" {
  type        = string
  description = "Who may call the service: internal, partner or public"
  nullable    = false

  validation {
    condition     = contains(["internal", "partner", "public"], var.audience)
    error_message = "An audience is one of internal, partner, public."
  }
}

variable "data_class" {
  type        = string
  description = "The most sensitive data that the service holds: public, internal, confidential or restricted"
  nullable    = false

  validation {
    condition     = contains(["public", "internal", "confidential", "restricted"], var.data_class)
    error_message = "A data class is one of public, internal, confidential, restricted."
  }

  validation {
    condition     = !(var.audience == "public" && var.data_class == "restricted")
    error_message = "A service with a public audience may not hold restricted data."
  }
}

variable "tags" {
  type        = map(string)
  description = "Further labels, put on everything that the module creates"
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("^[a-z][a-z0-9_-]{0,62}$", key))])
    error_message = "A tag's key has up to 63 lower case letters, digits, dashes and underscores, and starts with a letter."
  }
}

variable "settle_cost" {
  type        = number
  description = "bcrypt cost of the settling step, 4 to 16: each step up doubles the time that an apply takes (14 is about 3 seconds)"
  default     = 4
  nullable    = false

  validation {
    condition     = var.settle_cost >= 4 && var.settle_cost <= 16 && floor(var.settle_cost) == var.settle_cost
    error_message = "A settling cost is a whole number from 4 to 16."
  }
}
