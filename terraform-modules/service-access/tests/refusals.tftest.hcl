variables {
  entity = "payments-api"
  kind   = "Service"
  role   = "reader"
  holder = "dana"
}

run "takes_names_as_the_catalog_has_them" {
  command = plan

  variables {
    entity = "Ledger_DB.main"
    kind   = "Resource"
    holder = "dana.o-brien_2"
  }
}

run "refuses_no_entity" {
  command = plan

  variables {
    entity = ""
  }

  expect_failures = [var.entity]
}

run "refuses_an_entity_with_a_space" {
  command = plan

  variables {
    entity = "payments api"
  }

  expect_failures = [var.entity]
}

run "refuses_an_entity_that_is_too_long" {
  command = plan

  variables {
    entity = "a234567890123456789012345678901234567890123456789012345678901234"
  }

  expect_failures = [var.entity]
}

run "refuses_a_team" {
  command = plan

  variables {
    kind = "Team"
  }

  expect_failures = [var.kind]
}

run "refuses_an_unknown_role" {
  command = plan

  variables {
    role = "root"
  }

  expect_failures = [var.role]
}

run "refuses_no_holder" {
  command = plan

  variables {
    holder = ""
  }

  expect_failures = [var.holder]
}

run "refuses_a_holder_that_is_an_address" {
  command = plan

  variables {
    holder = "dana@example.org"
  }

  expect_failures = [var.holder]
}
