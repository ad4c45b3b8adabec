output "marked" {
  description = "The secret, marked"
  value       = var.secret
  sensitive   = true
}

output "unmarked" {
  description = "The secret in a way that Terraform does not mark"
  value = {
    plain  = var.way == "plain" ? terraform_data.store.output : ""
    base64 = var.way == "base64" ? base64encode("user:${terraform_data.store.output}@host") : ""
    json   = var.way == "json" ? jsonencode({ inner = jsonencode([terraform_data.store.output]) }) : ""
    url    = var.way == "url" ? "https://x/?q=${urlencode(terraform_data.store.output)}" : ""
    key    = var.way == "key" ? { (terraform_data.store.output) = "x" } : {}
    nested = var.way == "nested" ? terraform_data.copies.output : null
  }
}
