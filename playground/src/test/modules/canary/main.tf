# Its output is what Terraform does not mark, though its input is a secret.
resource "terraform_data" "store" {
  input = var.secret
}

resource "terraform_data" "copies" {
  input = {
    plain  = terraform_data.store.output
    nested = { list = [terraform_data.store.output, "x${terraform_data.store.output}y"] }
  }
}

# Unknown while planning, so that the plan succeeds and the apply fails.
resource "terraform_data" "checked" {
  input = terraform_data.store.output

  lifecycle {
    postcondition {
      condition     = var.way != "postcondition" || self.id == ""
      error_message = "It came out as ${self.output}."
    }
  }
}

resource "terraform_data" "provisioned" {
  count = var.way == "provisioner" ? 1 : 0
  input = terraform_data.checked.output

  provisioner "local-exec" {
    command     = "echo \"the provider says $SAID\"; echo \"$SAID\" >&2; exit 3"
    environment = { SAID = self.input }
  }
}

resource "terraform_data" "each" {
  for_each = var.way == "address" ? toset([terraform_data.store.output]) : toset([])
  input    = each.key
}
