import type { FieldId } from '../../../webview/protocol';
import { readCloudOutput } from '../../cloud/read-output';
import { textIn, without, type Draft, type DraftField } from '../../setup/draft';
import { withRegistration } from './choices';
import { clientTokenFor, withSpentToken } from './client-tokens';
import { targetOf, type CloudTarget } from './cloud-target';
import { expectationOf, withRegisteredBefore } from './entered-registration';
import { keepDraft, type Page } from './page';
import { fieldsIn, modelOf } from './state-of';
import { subjectOf } from './subject';

/** Choices that no longer make sense when another one changes. */
const dependents: Readonly<Partial<Record<FieldId, readonly DraftField[]>>> = {
  provider: ['region', 'remoteRegions', 'portMapping'],
  region: ['remoteRegions'],
  cloudRegion: ['vpc', 'subnets', 'securityGroups'],
  vpc: ['subnets', 'securityGroups', 'newGroupSources'],
  federationProvider: ['federationRegion', 'azureServiceId', 'endpointId', 'endpointAddress', 'dnsName'],
  federationRegion: ['azureServiceId', 'vpc', 'subnets', 'securityGroups', 'endpointId', 'endpointAddress', 'dnsName'],
};

/** An id that is entered is corrected letter by letter: what was entered beside it stays. */
function isMended({ last }: Page, field: FieldId): boolean {
  return (
    field === 'vpc' && last !== undefined && fieldsIn(last).some(({ id, kind }) => id === field && kind === 'text')
  );
}

/** Fields that tell which endpoint it is. */
const identifying: ReadonlySet<FieldId> = new Set(['endpointId', 'endpointGroup']);

/** Takes what a person has entered or chosen. */
export function setField(page: Page, field: FieldId, value: string | boolean | readonly string[]): void {
  page.fieldProblems.delete(field);
  const { [field]: before } = page.draft;
  const rest =
    before === value || isMended(page, field) ? page.draft : without(page.draft, ...(dependents[field] ?? []));
  const filled = { ...rest, [field]: value };
  keepDraft(page, identifying.has(field) ? withRegisteredBefore(targetNow(page, filled), filled) : filled);
  if (field === 'pasted' && typeof value === 'string') {
    if (!takePasted(page, value.trim()) && before !== value) spendPasted(page, value);
  }
  if (field === 'profile') page.aws.forget('everything');
  page.update();
}

/** What AWS gives up, or answers with an earlier attempt, has had its token: the commands are for another one then. */
function spendPasted(page: Page, pasted: string): void {
  const { subject, draft, aws } = modelOf(page);
  const token = clientTokenFor(targetOf(subject, draft), draft, aws);
  const refusal = page.fieldProblems.get('pasted');
  const isSpent =
    refusal?.parameters.fault === 'token-spent' || (refusal?.code === 'CLOUD_OUTPUT_STATE' && pasted.includes(token));
  if (isSpent) keepDraft(page, withSpentToken(page.draft, token));
}

/** Fills the fields from what was pasted; false when it tells no endpoint, and says so beside it. */
export function takePasted(page: Page, text = textIn(page.draft, 'pasted')): boolean {
  const { draft } = page;
  page.fieldProblems.delete('pasted');
  if (text === '') return true;
  const read = readCloudOutput(text, expectationOf(targetNow(page, draft), draft));
  if (!read.ok) {
    page.fieldProblems.set('pasted', read.problem);
    page.update();
    return false;
  }
  keepDraft(page, withRegistration(draft, read.value));
  return true;
}

function targetNow({ ref, ports }: Page, draft: Draft): CloudTarget {
  return targetOf(subjectOf(ref, draft, ports.store), draft);
}
