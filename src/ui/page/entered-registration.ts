import { checkRegistration } from '../../cloud/check-registration';
import { registeredBefore } from '../../cloud/output-problems';
import type { OutputExpectation } from '../../cloud/read-output';
import type { Problem } from '../../core/problem';
import { textIn, without, type Draft } from '../../setup/draft';
import { isSameEndpoint, registeredId } from '../../setup/register';
import { gcpGroupName, registrationOf } from './choices';
import type { CloudTarget } from './cloud-target';

/**
 * The draft with a note of whether Atlas knew the endpoint already when it was entered: it is another one than the page
 * sets up. One that Atlas has come to know since may be that one: its registration was interrupted, or done elsewhere.
 */
export function withRegisteredBefore(target: CloudTarget, draft: Draft): Draft {
  const registration = registrationOf(target, draft);
  const id = registration === undefined ? undefined : registeredId(registration);
  const rest = without(draft, 'registeredBefore');
  if (id === undefined || !target.registeredIds.some((one) => isSameEndpoint(target.provider, one, id))) return rest;
  return { ...rest, registeredBefore: id };
}

/** What is wrong with a registration that was entered, each problem with the `field` it belongs to. */
export function registrationProblems(target: CloudTarget, draft: Draft): readonly Problem[] {
  const registration = registrationOf(target, draft);
  if (registration === undefined) return [];
  const id = registeredId(registration);
  const field = target.provider === 'GCP' ? 'endpointGroupName' : 'endpointId';
  return [
    ...(textIn(draft, 'registeredBefore') === id ? [registeredBefore(id, field)] : []),
    ...checkRegistration(registration, expectationOf(target, draft)),
  ];
}

/** What a pasted output is held against. */
export function expectationOf(target: CloudTarget, draft: Draft): OutputExpectation {
  const { provider, registeredIds } = target;
  switch (provider) {
    case 'AWS':
      return {
        provider,
        registeredIds,
        ...(target.serviceName === undefined ? {} : { serviceName: target.serviceName }),
      };
    case 'AZURE':
      return {
        provider,
        registeredIds,
        ...(target.resourceId === undefined ? {} : { privateLinkServiceResourceId: target.resourceId }),
      };
    case 'GCP':
      return {
        provider,
        registeredIds,
        serviceAttachments: target.attachments,
        portMapped: target.portMapped,
        groupName: gcpGroupName(target, draft),
      };
  }
}
