variables {
  entity = "payments-api"
  kind   = "Service"
  role   = "reader"
  holder = "dana"
}

run "gives_the_holder_the_role" {
  assert {
    condition     = terraform_data.binding.output.name == "service-payments-api-reader"
    error_message = "the binding is named after entity and role"
  }

  assert {
    condition     = terraform_data.grant.output.member == "reader:dana"
    error_message = "the holder is its member"
  }

  assert {
    condition     = output.grant_id == terraform_data.grant.id
    error_message = "the grant's id is handed out"
  }
}

run "a_second_apply_changes_nothing" {
  assert {
    condition     = output.grant_id == run.gives_the_holder_the_role.grant_id
    error_message = "the same inputs keep the same grant"
  }
}

run "another_holder_is_another_grant" {
  variables {
    holder = "omar"
  }

  assert {
    condition     = output.grant_id != run.gives_the_holder_the_role.grant_id
    error_message = "a grant is never handed on"
  }
}

run "another_role_is_another_grant" {
  variables {
    holder = "omar"
    role   = "admin"
  }

  assert {
    condition     = output.grant_id != run.another_holder_is_another_grant.grant_id
    error_message = "a grant is never raised"
  }
}
