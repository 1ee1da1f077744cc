import type { CloudEndpointRef, EndpointChoices } from '../core/cloud-choices';
import type { Result } from '../core/problem';
import { failed, ok } from '../core/problem';
import { planAwsCli, planAwsCliDelete, planAwsCliDescribe } from './aws/plan-aws-cli';
import { planCloudFormation } from './aws/plan-cloudformation';
import { planAwsTerraform } from './aws/plan-terraform';
import { planAzureCli, planAzureCliDelete, planAzureCliDescribe } from './azure/plan-azure-cli';
import { planBicep } from './azure/plan-bicep';
import { planAzureTerraform } from './azure/plan-terraform';
import { checkChoices } from './check-choices';
import { planGcloud, planGcloudDelete, planGcloudDescribe } from './gcp/plan-gcloud';
import { planGcpTerraform } from './gcp/plan-terraform';
import { complain } from './input-forms';
import type { CommandPlan } from '../core/command-plan';

/**
 * What makes the endpoint on the customer's side, one plan per tool, the cloud's own CLI first. Fails with the first
 * complaint of {@link checkChoices}: nothing is written from values that have not the form they should.
 */
export function planEndpoint(choices: EndpointChoices): Result<readonly CommandPlan[]> {
  const [complaint] = checkChoices(choices);
  if (complaint !== undefined) return failed(complaint);
  switch (choices.provider) {
    case 'AWS':
      return ok([planAwsCli(choices), planCloudFormation(choices), planAwsTerraform(choices)]);
    case 'AZURE':
      return ok([planAzureCli(choices), planBicep(choices), planAzureTerraform(choices)]);
    case 'GCP':
      return ok([planGcloud(choices), planGcpTerraform(choices)]);
  }
}

/** What shows an endpoint that exists, in the form that can be pasted. */
export function planDescription(ref: CloudEndpointRef): Result<CommandPlan> {
  return forRef(ref, { AWS: planAwsCliDescribe, AZURE: planAzureCliDescribe, GCP: planGcloudDescribe });
}

/** What deletes the customer's side of an endpoint; after it is removed from Atlas (seed: Remove a Private Endpoint). */
export function planRemoval(ref: CloudEndpointRef): Result<CommandPlan> {
  return forRef(ref, { AWS: planAwsCliDelete, AZURE: planAzureCliDelete, GCP: planGcloudDelete });
}

function forRef(
  ref: CloudEndpointRef,
  planners: Readonly<Record<CloudEndpointRef['provider'], (ref: CloudEndpointRef) => CommandPlan>>,
): Result<CommandPlan> {
  const [complaint] = checkRef(ref);
  return complaint === undefined ? ok(planners[ref.provider](ref)) : failed(complaint);
}

function checkRef(ref: CloudEndpointRef): ReturnType<typeof checkChoices> {
  switch (ref.provider) {
    case 'AWS':
      return [
        ...complain('endpointId', 'aws-endpoint-id', ref.endpointId),
        ...complain('region', 'aws-region', ref.region),
        ...(ref.profile === undefined ? [] : complain('profile', 'aws-profile', ref.profile)),
      ];
    case 'AZURE':
      return complain('endpointId', 'azure-endpoint-id', ref.endpointId);
    case 'GCP':
      return [
        ...complain('region', 'gcp-region', ref.region),
        ...(ref.projectId === undefined ? [] : complain('gcpProjectId', 'gcp-project-id', ref.projectId)),
        ...(ref.ruleNames ?? [ref.endpointId]).flatMap((name) => complain('addresses', 'gcp-name', name)),
      ];
  }
}
