import { planAtlasCli, type AtlasAction } from '../../../cloud/plan-atlas-cli';
import type { CommandPlan } from '../../../core/command-plan';
import { failed, ok, problem, type Result } from '../../../core/problem';
import { textIn } from '../../../setup/draft';
import { registrationOf } from '../choices';
import { targetOf } from '../cloud-target';
import { draftWithFound } from '../facts';
import type { PageModel } from '../model';

/** What creates the service of a page with the Atlas CLI, or fails with the choice that is missing. */
export function serviceCommands({ subject, ref }: PageModel): Result<readonly CommandPlan[]> {
  if (subject.kind !== 'service' || subject.region === '') {
    return failed(problem('SETUP_CHOICE_MISSING', '', { field: 'region' }));
  }
  const { provider, region } = subject;
  return ok([planAtlasCli(ref.projectId, [{ action: 'create-service', provider, region }])]);
}

/** What registers the endpoint of a page with the Atlas CLI; it knows none for serverless instances. */
export function registerCommands(model: PageModel): Result<readonly CommandPlan[]> {
  const { subject, ref } = model;
  const draft = draftWithFound(model);
  const target = targetOf(subject, draft);
  const registration = registrationOf(target, draft);
  const field = target.provider === 'GCP' ? 'endpointGroup' : 'endpointId';
  if (registration === undefined) return failed(problem('SETUP_CHOICE_MISSING', '', { field }));
  if (subject.kind === 'federation') {
    if (registration.provider === 'GCP') return failed(problem('SETUP_CHOICE_MISSING', '', { field }));
    const action = {
      action: 'add-federation',
      endpointId: registration.id,
      comment: textIn(draft, 'comment'),
    } as const;
    return ok([planAtlasCli(ref.projectId, [action])]);
  }
  return ok([planAtlasCli(ref.projectId, [{ action: 'register', serviceId: target.wishId, registration }])]);
}

/** What shows and removes what a page is about, endpoints before their service. */
export function existingCommands({ subject, ref }: PageModel): CommandPlan | undefined {
  if (subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { provider, id: serviceId, endpointIds } = subject.service;
  const actions: readonly AtlasAction[] = [
    { action: 'describe-service', provider, serviceId },
    ...endpointIds.map((endpointId) => ({ action: 'describe-endpoint', provider, serviceId, endpointId }) as const),
  ];
  return planAtlasCli(ref.projectId, actions);
}
