variables {
  name   = "thing"
  secret = "canary"
}

run "can_be_planned_even_if_the_apply_fails" {
  command = plan
}

run "succeeds_when_it_should" {
  variables {
    fails = false
  }

  assert {
    condition     = output.name == "thing"
    error_message = "the name goes through all three"
  }
}
