import type { PageRef } from '../../../webview/protocol';
import { federationProviders, federationRegions } from '../../core/data-federation';
import type { FederatedDatabase } from '../../core/deployment';
import { isProvider, type Provider } from '../../core/provider';
import { endpointStatus } from '../../core/status';
import { flagIn, textIn, type Draft } from '../../setup/draft';
import { findServiceOf } from '../../setup/endpoint-service';
import { openReservation } from '../../setup/serverless';
import type { AtlasStore } from '../../store/atlas-store';
import { servicesOf, type ProjectContents, type RefOf } from '../../store/element';
import type { Endpoint, EndpointService } from '../../core/endpoint';
import type { FederationSubject, Question, ServerlessSubject, ServiceSubject, Subject } from './model';
import { placesOf } from './places';

/** What a page is about, as the store knows it now. */
export function subjectOf(ref: PageRef, draft: Draft, store: AtlasStore): Subject {
  const contents = store.known<'project'>(ref.accountId, { kind: 'project', projectId: ref.projectId }).value;
  switch (ref.kind) {
    case 'service': {
      const service = contents?.services[ref.provider].find(({ id }) => id === ref.serviceId);
      const known = service === undefined ? [] : knownOf(ref, service, store);
      return { ...existing(ref.provider, service, known, draft), ...besides(contents, ref.provider, service) };
    }
    case 'new-service':
      return wanted(ref, draft, contents, store);
    case 'serverless':
      return serverless(ref, draft, contents, store);
    case 'federation':
      return federation(ref.projectId, draft, contents);
  }
}

/** The service that is gone after a removal: the last endpoint takes it along. */
export function serviceRemovedBy(subject: Subject, { kind }: Question): EndpointService | undefined {
  const service = subject.kind === 'service' ? subject.service : undefined;
  if (kind === 'remove-service') return service;
  return kind === 'remove-endpoint' && service?.endpointIds.length === 1 ? service : undefined;
}

/** Ids of the endpoints that Atlas knows on a subject, as the page's buttons name them. */
export function endpointIdsOf(subject: Subject): readonly string[] {
  switch (subject.kind) {
    case 'service':
      return subject.service?.endpointIds ?? [];
    case 'serverless':
      return (subject.endpoints.value ?? []).map(({ id }) => id);
    case 'federation':
      return subject.endpoints.map(({ id }) => id);
  }
}

/** The subject of a page as if it followed an endpoint: where that one leads may be elsewhere than the followed one. */
export function following(subject: Subject, endpointId: string): Subject {
  if (subject.kind === 'service') return subject;
  if (subject.kind === 'federation') {
    const endpoint = subject.endpoints.find(({ id }) => id === endpointId);
    return endpoint === undefined ? subject : { ...subject, endpoint };
  }
  const endpoint = (subject.endpoints.value ?? []).find(({ id }) => id === endpointId);
  return endpoint === undefined ? subject : { ...subject, endpoint };
}

/**
 * The page of the service, where that of a service that did not exist finds it there: begun before an interruption, or by
 * somebody else. What is done with it belongs to its own page, as no other follows an endpoint to its end.
 */
export function refOfService({
  ref,
  subject,
}: {
  readonly ref: PageRef;
  readonly subject: Subject;
}): Extract<PageRef, { readonly kind: 'service' }> | undefined {
  if (ref.kind !== 'new-service' || subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { accountId, projectId } = ref;
  return { kind: 'service', accountId, projectId, provider: subject.provider, serviceId: subject.service.id };
}

/** The service of a subject in the store; undefined where there is none. */
export function elementOf(subject: Subject): RefOf<'service'> | undefined {
  if (subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { projectId, provider, id: serviceId } = subject.service;
  return { kind: 'service', projectId, provider, serviceId };
}

/** What is known of a service's endpoints. */
function knownOf({ accountId }: PageRef, service: EndpointService, store: AtlasStore): readonly Endpoint[] {
  const { projectId, provider, id: serviceId, endpointIds } = service;
  const { value } = store.known<'service'>(accountId, { kind: 'service', projectId, provider, serviceId });
  return (value?.endpoints ?? []).filter(({ id }) => endpointIds.includes(id));
}

function existing(
  provider: Provider,
  service: EndpointService | undefined,
  known: readonly Endpoint[],
  draft: Draft,
): ServiceSubject {
  const endpointId = followedEndpoint(service, known, draft);
  const endpoint = known.find(({ id }) => id === endpointId);
  return {
    kind: 'service',
    provider,
    region: service?.region ?? '',
    known,
    ...(service === undefined ? {} : { service }),
    ...(endpointId === undefined ? {} : { endpointId }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

/** The one that was chosen, else one that needs attention, else the latest; none while another one is set up. */
function followedEndpoint(
  service: EndpointService | undefined,
  known: readonly Endpoint[],
  draft: Draft,
): string | undefined {
  if (service === undefined || flagIn(draft, 'adding', false)) return undefined;
  const ids = service.endpointIds;
  const chosen = textIn(draft, 'endpoint');
  if (ids.includes(chosen)) return chosen;
  const unfinished = known.find(
    ({ id, provider, status }) => ids.includes(id) && endpointStatus(provider, status).kind !== 'available',
  );
  return unfinished?.id ?? ids.at(-1);
}

/** A service that may not exist yet: with the region that was chosen, or the most sensible one. */
function wanted(ref: PageRef, draft: Draft, contents: ProjectContents | undefined, store: AtlasStore): ServiceSubject {
  const places = placesOf(contents);
  const chosen = textIn(draft, 'provider');
  const provider = isProvider(chosen) ? chosen : (places[0]?.provider ?? 'AWS');
  const region = textIn(draft, 'region') || (places.find((place) => place.provider === provider)?.region ?? '');
  const service =
    contents === undefined || region === '' ? undefined : findServiceOf(servicesOf(contents), provider, region);
  const others = besides(contents, provider, service);
  if (service === undefined) return { kind: 'service', provider, region, known: [], ...others };
  return { kind: 'service', provider, region, known: knownOf(ref, service, store), service, ...others };
}

/** What the project has at the provider besides a service. */
function besides(
  contents: ProjectContents | undefined,
  provider: Provider,
  service: EndpointService | undefined,
): Pick<ServiceSubject, 'otherIds'> {
  const services = contents?.services[provider] ?? [];
  return { otherIds: services.filter(({ id }) => id !== service?.id).flatMap(({ endpointIds }) => endpointIds) };
}

function serverless(
  { accountId, projectId, instanceName }: Extract<PageRef, { readonly kind: 'serverless' }>,
  draft: Draft,
  contents: ProjectContents | undefined,
  store: AtlasStore,
): ServerlessSubject {
  const endpoints = store.known<'serverless'>(accountId, { kind: 'serverless', projectId, instanceName });
  const list = endpoints.value ?? [];
  const instance = contents?.serverlessInstances.find(({ name }) => name === instanceName);
  const chosen = list.find(({ id }) => id === textIn(draft, 'serverlessEndpoint'));
  const open = openReservation(list);
  const unfinished = list.find(({ status }) => status !== 'AVAILABLE');
  const endpoint = flagIn(draft, 'adding', false) ? open : (chosen ?? open ?? unfinished ?? list.at(-1));
  return {
    kind: 'serverless',
    endpoints,
    ...(instance === undefined ? {} : { instance }),
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function federation(projectId: string, draft: Draft, contents: ProjectContents | undefined): FederationSubject {
  const endpoints = contents?.dataFederationEndpoints ?? [];
  const chosen = endpoints.find(({ id }) => id === textIn(draft, 'endpoint'));
  const unfinished = endpoints.find(({ status }) => status !== 'OK');
  const endpoint = flagIn(draft, 'adding', false) ? undefined : (chosen ?? unfinished ?? endpoints.at(-1));
  return {
    kind: 'federation',
    projectId,
    places: federationPlaces(contents),
    endpoints,
    ...(endpoint === undefined ? {} : { endpoint }),
  };
}

function federationPlaces(contents: ProjectContents | undefined): FederationSubject['places'] {
  const databases = contents?.federatedDatabases ?? [];
  const isReached = ({ privateEndpointHostnames }: FederatedDatabase): boolean => privateEndpointHostnames.length > 0;
  return [...databases.filter((one) => !isReached(one)), ...databases.filter(isReached)].flatMap(
    ({ provider, region = '' }) => {
      const known = federationProviders.find((one) => one === provider);
      const place = known === undefined ? undefined : federationRegions[known][region];
      return known === undefined || place === undefined ? [] : [{ provider: known, region: place }];
    },
  );
}
