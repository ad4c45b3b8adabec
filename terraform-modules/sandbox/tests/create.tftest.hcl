variables {
  name    = "checkout-sandbox"
  owner   = "payments"
  purpose = "Tries another payment provider"
}

run "says_what_it_is" {
  assert {
    condition     = output.summary == "checkout-sandbox of payments: 2 processors, 4 GB, 20 a day"
    error_message = "the summary names the sandbox, its owner and its quota"
  }

  assert {
    condition     = terraform_data.quota.output.sandbox == terraform_data.sandbox.id && terraform_data.network.output.sandbox == terraform_data.sandbox.id
    error_message = "quota and network are those of the sandbox"
  }
}
