variable "name" {
  type        = string
  description = "Name of the thing"
}

variable "fails" {
  type        = bool
  description = "Whether the apply fails half-way"
  default     = true
}

variable "secret" {
  type        = string
  description = "A secret that is never shown"
  sensitive   = true
}
