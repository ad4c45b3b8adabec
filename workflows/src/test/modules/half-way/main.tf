terraform {
  required_version = ">= 1.11.0, < 2.0.0"
}

resource "terraform_data" "first" {
  input = var.name
}

# Its id is not known while planning, so that a plan succeeds; the apply then stops here, after it was created.
resource "terraform_data" "second" {
  input = terraform_data.first.output

  lifecycle {
    postcondition {
      condition     = !var.fails || self.id == ""
      error_message = "The second step failed, as asked for."
    }
  }
}

resource "terraform_data" "third" {
  input = terraform_data.second.output
}
