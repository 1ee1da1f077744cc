import type { CloudEndpointRef, EndpointChoices } from '../core/cloud-choices';
import type { CommandPlan, Shell, Tool } from '../core/command-plan';
import type { Problem, Result } from '../core/problem';
import { failed, ok, problem } from '../core/problem';
import { removalTexts } from '../messages/plan-text';
import { planAwsCli, planAwsCliDescribe } from './aws/plan-aws-cli';
import { planCloudFormation } from './aws/plan-cloudformation';
import { planAwsTerraform } from './aws/plan-terraform';
import { removeByAwsCli } from './aws/remove-by-cli';
import { planAzureCli, planAzureCliDescribe, removeByAzureCli } from './azure/plan-azure-cli';
import { planBicep } from './azure/plan-bicep';
import { planAzureTerraform } from './azure/plan-terraform';
import { checkChoices } from './check-choices';
import { planGcloud, planGcloudDescribe, removeByGcloud } from './gcp/plan-gcloud';
import { planGcpTerraform } from './gcp/plan-terraform';
import { complain } from './input-forms';
import { atlasStatement, type AtlasAction } from './plan-atlas-cli';
import { renderStatements, type Statement } from './shell';
import type { AtlasPlace } from './terraform/set-up';

/**
 * What makes the endpoint on the customer's side, one plan per tool, the cloud's own CLI first. Fails with the first
 * complaint of {@link checkChoices}: nothing is written from values that have not the form they should.
 */
export function planEndpoint(choices: EndpointChoices, place: AtlasPlace = {}): Result<readonly CommandPlan[]> {
  const [complaint] = checkChoices(choices);
  if (complaint !== undefined) return failed(complaint);
  switch (choices.provider) {
    case 'AWS':
      return ok([planAwsCli(choices), planCloudFormation(choices), planAwsTerraform(choices)]);
    case 'AZURE':
      return ok([planAzureCli(choices), planBicep(choices), planAzureTerraform(choices, place)]);
    case 'GCP':
      return ok([planGcloud(choices), planGcpTerraform(choices)]);
  }
}

/** What shows an endpoint that exists, in the form that can be pasted. */
export function planDescription(ref: CloudEndpointRef): Result<CommandPlan> {
  const [complaint] = checkRef(ref);
  if (complaint !== undefined) return failed(complaint);
  const planners = { AWS: planAwsCliDescribe, AZURE: planAzureCliDescribe, GCP: planGcloudDescribe };
  return ok(planners[ref.provider](ref));
}

const removers: Readonly<
  Record<CloudEndpointRef['provider'], readonly [Tool, (ref: CloudEndpointRef) => readonly Statement[]]>
> = {
  AWS: ['aws-cli', removeByAwsCli],
  AZURE: ['azure-cli', removeByAzureCli],
  GCP: ['gcloud', removeByGcloud],
};

/** What deletes the customer's side of an endpoint, and only that. */
export function planRemoval(ref: CloudEndpointRef): Result<CommandPlan> {
  const [complaint] = checkRef(ref);
  if (complaint !== undefined) return failed(complaint);
  const [tool, remove] = removers[ref.provider];
  return ok({ tool, title: 'delete-endpoint', shells: renderStatements(remove(ref)), printsRegistration: false });
}

/**
 * What deletes an endpoint in the customer's cloud, then removes it at Atlas, as one script: Atlas is not told before
 * it is gone there, as its registration is what leads back to an endpoint that was left. Without `cloud` there is
 * nothing on that side.
 */
export function planWholeRemoval(
  cloud: CloudEndpointRef | undefined,
  projectId: string,
  atAtlas: AtlasAction,
): Result<Readonly<Record<Shell, string>>> {
  const [complaint] = cloud === undefined ? [] : checkRef(cloud);
  if (complaint !== undefined) return failed(complaint);
  const texts = removalTexts();
  return ok(
    renderStatements([
      ...(cloud === undefined
        ? []
        : [{ kind: 'comment', text: texts.inCloud } as const, ...removers[cloud.provider][1](cloud)]),
      { kind: 'comment', text: cloud === undefined ? texts.atAtlas : texts.thenAtAtlas },
      atlasStatement(projectId, atAtlas),
    ]),
  );
}

function checkRef(ref: CloudEndpointRef): readonly Problem[] {
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
      // Commands without a name would do nothing, and end well.
      if (ref.ruleNames?.length === 0) return [problem('CLOUD_RULES_UNKNOWN', ref.endpointId)];
      return [
        ...complain('region', 'gcp-region', ref.region),
        ...(ref.projectId === undefined ? [] : complain('gcpProjectId', 'gcp-project-id', ref.projectId)),
        ...(ref.ruleNames ?? [ref.endpointId]).flatMap((name) => complain('addresses', 'gcp-name', name)),
      ];
  }
}
