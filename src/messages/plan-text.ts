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
