locals {
  labels = merge(var.tags, {
    service    = var.name
    owner      = var.owner
    tier       = var.tier
    stage      = var.stage
    audience   = var.audience
    data_class = var.data_class
  })

  # Who is paged at once, and who finds it in the morning.
  urgency = contains(["tier-1", "tier-2"], var.tier) ? "page" : "ticket"
}

# The service itself: everything else hangs on its id.
resource "terraform_data" "service" {
  input = {
    name        = var.name
    description = var.description
    lifecycle   = var.service_lifecycle
    operated_by = var.operated_by
    labels      = local.labels
  }
}

# Stands for a repository made from the template, writable by the owner team.
resource "terraform_data" "repository" {
  input = {
    name       = "${var.name}-service"
    visibility = "internal"
    writers    = [var.owner]
    service    = terraform_data.service.id
  }
}

# Stands for waiting until what was made is ready. Terraform computes bcrypt at apply only, never while it plans, so
# that this is the slow part of an apply; and since its result is another one each time, later plans ignore it.
resource "terraform_data" "settled" {
  input = {
    repository = terraform_data.repository.id
    checked    = "${length(bcrypt(terraform_data.service.id, var.settle_cost))} characters"
  }

  triggers_replace = terraform_data.service.id

  lifecycle {
    ignore_changes = [input]
  }
}

# Stands for the delivery pipeline from the repository to the stage's environment.
resource "terraform_data" "pipeline" {
  input = {
    name       = "${var.name}-delivery"
    repository = terraform_data.repository.output.name
    stage      = var.stage
    approvals  = var.data_class == "restricted" ? 2 : 1
  }

  depends_on = [terraform_data.settled]
}

# Stands for the dashboard with the service's four golden signals.
resource "terraform_data" "dashboard" {
  input = {
    name   = "${var.name}-overview"
    panels = ["latency", "traffic", "errors", "saturation"]
    labels = local.labels
  }

  depends_on = [terraform_data.settled]
}

# Stands for the alert rules, sent to the team that operates the service.
resource "terraform_data" "alerts" {
  input = {
    name      = "${var.name}-alerts"
    receiver  = var.operated_by
    urgency   = local.urgency
    dashboard = terraform_data.dashboard.output.name
  }
}
