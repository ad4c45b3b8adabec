output "grant_id" {
  description = "Id of the grant, for as long as it exists"
  value       = terraform_data.grant.id
}
