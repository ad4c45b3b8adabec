variables {
  name              = "payments"
  description       = "Takes money from customers"
  owner             = "payments"
  operated_by       = "payments"
  tier              = "tier-2"
  service_lifecycle = "application-bound"
  audience          = "internal"
  data_class        = "confidential"
}

run "names_follow_from_the_service" {
  assert {
    condition     = output.repository_name == "payments-service"
    error_message = "the repository is named after the service"
  }

  assert {
    condition     = output.dashboard_name == "payments-overview"
    error_message = "the dashboard is named after the service"
  }

  assert {
    condition     = output.service_id == terraform_data.service.id
    error_message = "the service's id is handed out"
  }

  assert {
    condition     = output.summary == "payments (tier-2, application-bound), owned by payments, operated by payments"
    error_message = "the summary says who owns and who operates it"
  }
}

run "defaults" {
  command = plan

  assert {
    condition     = terraform_data.service.input.labels.stage == "experimental"
    error_message = "a service begins as experimental"
  }

  assert {
    condition     = terraform_data.alerts.input.urgency == "page"
    error_message = "tier-2 is paged"
  }
}

run "a_second_apply_changes_nothing" {
  assert {
    condition     = output.service_id == run.names_follow_from_the_service.service_id
    error_message = "the same inputs keep the same service"
  }
}

run "tags_do_not_replace_the_modules_own_labels" {
  command = plan

  variables {
    tags = { cost_centre = "4711", owner = "somebody-else" }
  }

  assert {
    condition     = terraform_data.service.input.labels.cost_centre == "4711"
    error_message = "a tag is put on the service"
  }

  assert {
    condition     = terraform_data.service.input.labels.owner == "payments"
    error_message = "the owner comes from the owner alone"
  }
}

run "restricted_data_wants_two_approvals_in_the_pipeline" {
  command = plan

  variables {
    data_class = "restricted"
  }

  assert {
    condition     = terraform_data.pipeline.input.approvals == 2
    error_message = "two approvals"
  }
}

run "lower_tiers_get_a_ticket" {
  command = plan

  variables {
    tier = "tier-3"
  }

  assert {
    condition     = terraform_data.alerts.input.urgency == "ticket"
    error_message = "tier-3 is not paged"
  }
}
