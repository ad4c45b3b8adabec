# An apply that fails half-way: the postcondition's value is unknown while planning.
terraform {
  required_version = ">= 1.11"
}

resource "terraform_data" "first" {
  input = "first"
}

resource "terraform_data" "second" {
  input = terraform_data.first.id

  lifecycle {
    postcondition {
      condition     = self.output == "never"
      error_message = "the second is not as it should be"
    }
  }
}

resource "terraform_data" "third" {
  input = terraform_data.second.id
}
