/**
 * Arguments and blocks of the resources that are written, from the documentation of their providers: a name that none
 * of them has would be found only when somebody runs Terraform.
 */
const documented: Readonly<Record<string, string>> = {
  mongodbatlas_privatelink_endpoint:
    'project_id provider_name region port_mapping_enabled supported_remote_regions timeouts lifecycle',
  mongodbatlas_privatelink_endpoint_service:
    'project_id private_link_id endpoint_service_id provider_name private_endpoint_ip_address gcp_project_id endpoints depends_on lifecycle',
  mongodbatlas_private_endpoint_regional_mode: 'project_id enabled lifecycle',
  mongodbatlas_privatelink_endpoint_service_data_federation_online_archive:
    'project_id endpoint_id provider_name region customer_endpoint_dns_name customer_endpoint_ip_address comment lifecycle',
  aws_vpc_endpoint:
    'provider vpc_id service_name service_region vpc_endpoint_type subnet_ids security_group_ids private_dns_enabled tags lifecycle',
  aws_security_group: 'provider name description vpc_id tags ingress egress lifecycle',
  aws_vpc_security_group_ingress_rule:
    'provider security_group_id ip_protocol from_port to_port cidr_ipv4 cidr_ipv6 referenced_security_group_id',
  azurerm_private_endpoint:
    'provider name location resource_group_name subnet_id private_service_connection tags lifecycle',
  google_compute_address: 'provider for_each name project region address_type address subnetwork lifecycle',
  google_compute_forwarding_rule:
    'provider for_each name project region network ip_address target load_balancing_scheme allow_psc_global_access lifecycle',
};

/** Names of the text's resources that their documentation has not, each as `type.name`. */
export function undocumentedArguments(text: string): readonly string[] {
  return [...text.matchAll(/^resource "(\w+)" "\w+" \{\n(.*?)^\}/gmsu)].flatMap(([, type = '', body = '']) => {
    const known = documented[type]?.split(' ') ?? [];
    const used = [...body.matchAll(/^ {2}(\w+)(?: +[=]| \{)/gmu)].map(([, name = '']) => name);
    return used.filter((name) => !known.includes(name)).map((name) => `${type}.${name}`);
  });
}
