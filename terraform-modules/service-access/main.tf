locals {
  member = "${var.role}:${var.holder}"
}

# Stands for the group, role or account that carries the permissions: one for each grant, so that ending one grant never
# touches another.
resource "terraform_data" "binding" {
  input = {
    name   = "${lower(var.kind)}-${var.entity}-${var.role}"
    entity = var.entity
    kind   = var.kind
    role   = var.role
  }

  triggers_replace = [var.kind, var.entity, var.role]
}

# The grant: the holder's membership. Another holder is another grant, never the same one with a new name on it.
resource "terraform_data" "grant" {
  input = {
    binding = terraform_data.binding.output.name
    holder  = var.holder
    member  = local.member
  }

  triggers_replace = [terraform_data.binding.id, var.holder]
}
