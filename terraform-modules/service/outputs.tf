output "service_id" {
  description = "Id of the service, for as long as it exists"
  value       = terraform_data.service.id
}

output "repository_name" {
  description = "Name of the service's repository"
  value       = terraform_data.repository.output.name
}

output "dashboard_name" {
  description = "Name of the service's dashboard"
  value       = terraform_data.dashboard.output.name
}

output "summary" {
  description = "The service in a sentence"
  value       = "${var.name} (${var.tier}, ${var.service_lifecycle}), owned by ${var.owner}, operated by ${var.operated_by}"
}

output "deploy_token" {
  description = "Token with which the pipeline deploys the service"
  value       = sha256("deploy:${terraform_data.service.id}")
  sensitive   = true
}
