import { t } from '@vscode/l10n';
import type { PlanTitle, Tool } from '../core/command-plan';

const titles: Readonly<Record<PlanTitle, () => string>> = {
  'create-endpoint': () => t('Create the Endpoint'),
  'delete-endpoint': () => t('Delete the Endpoint'),
  'describe-endpoint': () => t('Show the Endpoint'),
  'export-set-up': () => t('The Whole Set-Up'),
  'atlas-action': () => t('The Same with the Atlas CLI'),
};

/** Proper names, which need no translation. */
export const toolNames: Readonly<Record<Tool, string>> = {
  'aws-cli': 'AWS CLI',
  cloudformation: 'CloudFormation',
  terraform: 'Terraform',
  'azure-cli': 'Azure CLI',
  bicep: 'Bicep',
  gcloud: 'gcloud',
  'atlas-cli': 'Atlas CLI',
};

/** Heading of a plan. */
export function describePlan(title: PlanTitle): string {
  return titles[title]();
}

/** What stands in the commands that remove an endpoint. */
export function removalTexts() {
  return {
    inCloud: t('Delete it in your cloud account'),
    thenAtAtlas: t('Then, only if that went well, remove it at Atlas. With --force the Atlas CLI does not ask.'),
    atAtlas: t('Remove it at Atlas. With --force the Atlas CLI does not ask.'),
    stack: t('A CloudFormation stack of its own made it, which is deleted with its security group'),
    otherStack: t(
      'Nothing was deleted: a CloudFormation stack made the endpoint and would miss it. Take it out of the template of the stack, then run this again:',
    ),
    terraform: t(
      'Its tags name Terraform: better take it out of the configuration there, or the next "terraform apply" makes it again',
    ),
    stillThere: (minutes: number) => t('The endpoint is still there after {0} minutes. Run this again later.', minutes),
  };
}
