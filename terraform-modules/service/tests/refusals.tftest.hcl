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

run "refuses_capital_letters" {
  command = plan

  variables {
    name = "Payments"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_is_too_short" {
  command = plan

  variables {
    name = "ab"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_is_too_long" {
  command = plan

  variables {
    name = "a234567890123456789012345678901234567890"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_for_a_copy" {
  command = plan

  variables {
    name = "test-payments"
  }

  expect_failures = [var.name]
}

run "refuses_a_reserved_name" {
  command = plan

  variables {
    name = "steward"
  }

  expect_failures = [var.name]
}

run "refuses_an_empty_description" {
  command = plan

  variables {
    description = " "
  }

  expect_failures = [var.description]
}

run "refuses_no_owner" {
  command = plan

  variables {
    owner = ""
  }

  expect_failures = [var.owner]
}

run "refuses_nobody_to_operate_it" {
  command = plan

  variables {
    operated_by = " "
  }

  expect_failures = [var.operated_by]
}

run "refuses_an_unknown_tier" {
  command = plan

  variables {
    tier = "tier-5"
  }

  expect_failures = [var.tier]
}

run "refuses_an_unknown_lifecycle" {
  command = plan

  variables {
    service_lifecycle = "eternal"
  }

  expect_failures = [var.service_lifecycle]
}

run "refuses_an_unknown_stage" {
  command = plan

  variables {
    stage = "beta"
  }

  expect_failures = [var.stage]
}

run "refuses_an_unknown_audience" {
  command = plan

  variables {
    audience = "everyone"
  }

  expect_failures = [var.audience]
}

run "refuses_an_unknown_data_class" {
  command = plan

  variables {
    data_class = "secret"
  }

  expect_failures = [var.data_class]
}

run "refuses_restricted_data_for_the_public" {
  command = plan

  variables {
    audience   = "public"
    data_class = "restricted"
  }

  expect_failures = [var.data_class]
}

run "refuses_a_tag_key_with_capitals" {
  command = plan

  variables {
    tags = { CostCentre = "4711" }
  }

  expect_failures = [var.tags]
}

run "refuses_a_settling_cost_that_is_too_high" {
  command = plan

  variables {
    settle_cost = 17
  }

  expect_failures = [var.settle_cost]
}

run "refuses_a_settling_cost_that_is_too_low" {
  command = plan

  variables {
    settle_cost = 3
  }

  expect_failures = [var.settle_cost]
}

run "refuses_a_settling_cost_that_is_not_whole" {
  command = plan

  variables {
    settle_cost = 4.5
  }

  expect_failures = [var.settle_cost]
}
