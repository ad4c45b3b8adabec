# The sandbox itself: stands for an account, a project or a namespace that nothing else shares.
resource "terraform_data" "sandbox" {
  input = {
    name    = var.name
    owner   = var.owner
    purpose = var.purpose
  }
}

# Stands for the quota that keeps a forgotten experiment cheap.
resource "terraform_data" "quota" {
  input = {
    name    = "${var.name}-quota"
    sandbox = terraform_data.sandbox.id
    cpus    = 2
    memory  = "4 GB"
    budget  = "20 a day"
  }
}

# Stands for the network: out to the internet, and to nothing in production.
resource "terraform_data" "network" {
  input = {
    name    = "${var.name}-network"
    sandbox = terraform_data.sandbox.id
    reaches = ["internet"]
  }
}
