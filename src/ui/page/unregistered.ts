import { t } from '@vscode/l10n';
import type { TextBlock } from '../../../webview/protocol';
import { planRemoval } from '../../cloud/plan-endpoint';
import { shellLanguages } from '../../core/command-plan';
import type { EndpointRegistration } from '../../core/endpoint';
import { textIn } from '../../setup/draft';
import { isSameEndpoint, registeredId } from '../../setup/register';
import { cloudRegionOf, groupNameOf, profileName, registrationOf } from './choices';
import { targetOf, type CloudTarget } from './cloud-target';
import { foundEndpoints, overEndpoints } from './facts';
import type { PageModel, Question, Subject } from './model';
import { following, serviceRemovedBy } from './subject';

/** What there is in the person's cloud for something that is to be removed, and that Atlas does not know. */
export interface Unregistered {
  /** Ids of endpoints that were found in the AWS account, or entered. */
  readonly ids: readonly string[];
  /** What deletes the one that was entered, where nobody can do it from here. */
  readonly commands?: Pick<TextBlock, 'language' | 'text' | 'title'>;
}

/** The subject of a question: a page may follow another endpoint than the one that it asks about. */
export function askedBy({ subject }: PageModel, question: Question): Subject {
  return question.kind === 'remove-endpoint' ? following(subject, question.endpointId) : subject;
}

/** Whether nothing leads any more to what was made and not registered: its service goes, or its reservation. */
export function endsWish(model: PageModel, question: Question): boolean {
  if (model.subject.kind === 'serverless') return question.kind === 'remove-endpoint';
  return serviceRemovedBy(model.subject, question) !== undefined;
}

/** What a removal leaves without anything that leads to it; nothing where its service or reservation stays. */
export function unregisteredFor(model: PageModel, question: Question): Unregistered {
  if (!endsWish(model, question)) return { ids: [] };
  const { subject, draft } = model;
  const asked = askedBy(model, question);
  // What was entered and found is for the reservation that the page follows.
  if (subject.kind === 'serverless' && asked.kind === 'serverless' && asked.endpoint?.id !== subject.endpoint?.id) {
    return { ids: [] };
  }
  const target = targetOf(asked, draft);
  const entered = registrationOf(target, draft);
  const isKnown = (id: string): boolean => target.registeredIds.some((one) => isSameEndpoint(target.provider, one, id));
  const found = [...foundEndpoints(model), ...overEndpoints(model)].map(({ id }) => id);
  if (entered === undefined || isKnown(registeredId(entered))) return { ids: found };
  const commands = commandsFor(model, target, entered);
  return { ids: [...new Set([...found, registeredId(entered)])], ...(commands === undefined ? {} : { commands }) };
}

function commandsFor(
  { draft, ui: { shell } }: PageModel,
  target: CloudTarget,
  entered: EndpointRegistration,
): Unregistered['commands'] {
  const profile = profileName(textIn(draft, 'profile'));
  const names = entered.provider === 'GCP' ? entered.addresses.flatMap(({ name }) => (name === '' ? [] : [name])) : [];
  const planned = planRemoval({
    provider: target.provider,
    endpointId: registeredId(entered),
    region: cloudRegionOf(target, draft),
    ...(entered.provider !== 'GCP' || (names.length === 0 && target.portMapped) ? {} : { ruleNames: names }),
    ...(entered.provider !== 'GCP' || entered.gcpProjectId === '' ? {} : { projectId: entered.gcpProjectId }),
    ...(target.provider === 'AWS' ? { groupName: groupNameOf(target, draft) } : {}),
    ...(target.provider === 'AWS' && profile !== undefined ? { profile } : {}),
  });
  if (!planned.ok) return undefined;
  return {
    title: t('Delete it in your cloud account'),
    language: shellLanguages[shell],
    text: planned.value.shells[shell],
  };
}
