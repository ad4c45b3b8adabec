output "marked" {
  description = "The secret, marked"
  value       = var.secret
  sensitive   = true
}

output "unmarked" {
  description = "The secret in a way that Terraform does not mark"
  value = var.way != "outputs" ? null : {
    plain  = terraform_data.store.output
    base64 = base64encode("user:${terraform_data.store.output}@host")
    json   = jsonencode({ inner = jsonencode([terraform_data.store.output]) })
    url    = "https://x/?q=${urlencode(terraform_data.store.output)}"
    key    = { (terraform_data.store.output) = "x" }
    nested = terraform_data.copies.output
  }
}
