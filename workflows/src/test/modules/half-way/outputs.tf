output "name" {
  description = "Name of the thing"
  value       = terraform_data.third.output
}

output "secret_digest" {
  description = "SHA-256 of the secret"
  value       = sha256(var.secret)
  sensitive   = true
}
