variables {
  name    = "checkout-sandbox"
  owner   = "payments"
  purpose = "Tries another payment provider"
}

run "refuses_capital_letters" {
  command = plan

  variables {
    name = "Checkout"
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
    name = "a234567890123456789012345678901234567890123456789012345678901234"
  }

  expect_failures = [var.name]
}

run "refuses_a_name_that_ends_with_a_dash" {
  command = plan

  variables {
    name = "checkout-"
  }

  expect_failures = [var.name]
}

run "refuses_no_owner" {
  command = plan

  variables {
    owner = " "
  }

  expect_failures = [var.owner]
}

run "refuses_no_purpose" {
  command = plan

  variables {
    purpose = "  "
  }

  expect_failures = [var.purpose]
}
