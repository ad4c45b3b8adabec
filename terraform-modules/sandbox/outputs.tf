output "summary" {
  description = "The sandbox in a sentence"
  value       = "${terraform_data.sandbox.output.name} of ${terraform_data.sandbox.output.owner}: ${terraform_data.quota.output.cpus} processors, ${terraform_data.quota.output.memory}, ${terraform_data.quota.output.budget}"
}
