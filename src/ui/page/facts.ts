import type { Deployment, FederatedDatabase } from '../../core/deployment';
import type { DataFederationEndpoint } from '../../core/endpoint';
import {
  dataFederationEndpointStatus,
  endpointStatus,
  serverlessEndpointStatus,
  serviceStatus,
} from '../../core/status';
import type { StatusMeaning } from '../../core/status';
import { unregisteredEndpoints } from '../../setup/aws-endpoint';
import { textIn, type Draft } from '../../setup/draft';
import { isLeaving, isSameEndpoint } from '../../setup/register';
import type { SetUpFacts } from '../../setup/steps';
import { servicesOf, type ProjectContents } from '../../store/element';
import { leadsThrough } from '../strings/string-targets';
import { registrationOf } from './choices';
import { awsWishOf, targetOf } from './cloud-target';
import type { FederationSubject, FoundEndpoint, PageModel, ServiceSubject, Subject } from './model';

/** How far the set-up of a page is. */
export function factsOf(model: PageModel): SetUpFacts {
  const { subject, findings } = model;
  const blocked = findings.some(({ severity }) => severity === 'blocking');
  const target = targetOf(subject, model.draft);
  const cloud = registrationOf(target, draftWithFound(model)) === undefined ? 'none' : 'there';
  return {
    hasServiceStep: subject.kind !== 'federation',
    blocked,
    service: serviceFact(subject),
    cloud,
    registration: registrationFact(subject),
    strings: stringsFact(subject, model.project.value),
  };
}

/** Endpoints in the AWS account that lead to the service and that Atlas does not know, the chosen VPC's first. */
export function foundEndpoints({ subject, draft, aws }: PageModel): readonly FoundEndpoint[] {
  const vpc = textIn(draft, 'vpc');
  const { wanted } = unregisteredEndpoints(aws?.found?.value ?? [], awsWishOf(targetOf(subject, draft)));
  return [...wanted.filter(({ vpcId }) => vpcId === vpc), ...wanted.filter(({ vpcId }) => vpcId !== vpc)];
}

/** Endpoints in the AWS account that were made for the page, and that can only be deleted. */
export function overEndpoints({ subject, draft, aws }: PageModel): readonly FoundEndpoint[] {
  return unregisteredEndpoints(aws?.found?.value ?? [], awsWishOf(targetOf(subject, draft))).over;
}

/** Endpoints in the AWS account that lead to a service that all customers share, for something else than this page. */
export function otherEndpoints({ subject, draft, aws }: PageModel): readonly FoundEndpoint[] {
  return unregisteredEndpoints(aws?.found?.value ?? [], awsWishOf(targetOf(subject, draft))).others;
}

/**
 * The draft with the id of an endpoint that was found, where none was entered, and for Data Federation with the DNS name
 * that the account tells of it.
 */
export function draftWithFound(model: PageModel): Draft {
  const { draft, subject, aws } = model;
  const [found] = textIn(draft, 'endpointId') === '' ? foundEndpoints(model) : [];
  const withId = found === undefined ? draft : { ...draft, endpointId: found.id };
  if (subject.kind !== 'federation' || draft.dnsName !== undefined) return withId;
  const endpoint = aws?.found?.value?.find(({ id }) => id === textIn(withId, 'endpointId'));
  const [dnsName] = endpoint?.dnsNames ?? [];
  return dnsName === undefined ? withId : { ...withId, dnsName };
}

function serviceFact(subject: Subject): SetUpFacts['service'] {
  switch (subject.kind) {
    case 'service':
      return subject.service === undefined ? 'none' : ofService(subject.service.status);
    case 'serverless': {
      if (subject.endpoint === undefined) return 'none';
      const { status } = subject.endpoint;
      return status === 'RESERVATION_REQUESTED' ? 'moving' : 'ready';
    }
    case 'federation':
      return 'ready';
  }
}

function ofService(status: string): SetUpFacts['service'] {
  const { kind } = serviceStatus(status);
  switch (kind) {
    case 'available':
    case 'waiting':
      return 'ready';
    case 'moving':
    case 'unknown':
    case 'failed':
    case 'leaving':
      return kind;
  }
}

function registrationFact(subject: Subject): SetUpFacts['registration'] {
  switch (subject.kind) {
    case 'service':
      return ofEndpoint(subject);
    case 'serverless': {
      const { endpoint } = subject;
      if (endpoint === undefined || endpoint.status.startsWith('RESERV')) return 'none';
      return ofMeaning(serverlessEndpointStatus(endpoint.status));
    }
    case 'federation':
      return subject.endpoint === undefined ? 'none' : ofMeaning(dataFederationEndpointStatus(subject.endpoint.status));
  }
}

function ofEndpoint({ endpointId, endpoint, provider }: ServiceSubject): SetUpFacts['registration'] {
  if (endpointId === undefined) return 'none';
  if (endpoint === undefined) return 'moving';
  return isLeaving(endpoint) ? 'leaving' : ofMeaning(endpointStatus(provider, endpoint.status));
}

function ofMeaning({ kind }: StatusMeaning): SetUpFacts['registration'] {
  switch (kind) {
    case 'available':
    case 'failed':
    case 'leaving':
    case 'moving':
    case 'unknown':
      return kind;
    case 'waiting':
      return 'unmet';
  }
}

function stringsFact(subject: Subject, contents: ProjectContents | undefined): SetUpFacts['strings'] {
  switch (subject.kind) {
    case 'service': {
      const { endpointId } = subject;
      const clusters = clustersOf(subject, contents);
      if (endpointId !== undefined && clusters.some((one) => leadsThrough(one, endpointId))) return 'there';
      return clusters.some((one) => awaitsString(one, contents)) ? 'none' : 'unneeded';
    }
    case 'serverless': {
      const id = subject.endpoint?.cloudProviderEndpointId;
      const { instance } = subject;
      if (instance === undefined) return 'unneeded';
      return id !== undefined && leadsThrough(instance, id) ? 'there' : 'none';
    }
    case 'federation': {
      if (awaitsHostnames(subject, contents)) return 'none';
      const databases = federatedDatabasesOf(subject, contents);
      return databases.some((one) => isReachedThrough(one, subject.endpoint)) ? 'there' : 'unneeded';
    }
  }
}

/** Clusters with nodes in the region of a service: their strings can lead through it. */
export function clustersOf(
  { provider, region }: Pick<ServiceSubject, 'provider' | 'region'>,
  contents: ProjectContents | undefined,
): readonly Deployment[] {
  return (contents?.clusters ?? []).filter(
    ({ kind, regions }) =>
      kind === 'dedicated' && regions.some((one) => one.provider === provider && one.region === region),
  );
}

/**
 * Federated databases that get a hostname through the page's endpoint: those in use (schema `DataLakeTenant`, `state`) on
 * its provider, as far as theirs is known.
 */
export function federatedDatabasesOf(
  { endpoint }: FederationSubject,
  contents: ProjectContents | undefined,
): readonly FederatedDatabase[] {
  if (endpoint === undefined) return [];
  return (contents?.federatedDatabases ?? []).filter(
    ({ state, provider = endpoint.provider }) => state === 'ACTIVE' && provider === endpoint.provider,
  );
}

/** True while none of the federated databases that get a hostname through the page's endpoint has it. */
export function awaitsHostnames(subject: FederationSubject, contents: ProjectContents | undefined): boolean {
  const databases = federatedDatabasesOf(subject, contents);
  if (databases.some((one) => isReachedThrough(one, subject.endpoint))) return false;
  // What a hostname is of Atlas calls a label (schema `PrivateEndpointHostname`): where it is the id of no endpoint here,
  // the hostname that is waited for may be there already.
  return databases.some((one) =>
    one.privateEndpointHostnames.every(({ endpointId }) =>
      subject.endpoints.some(({ id, provider }) => isSameEndpoint(provider, endpointId, id)),
    ),
  );
}

function isReachedThrough(
  { privateEndpointHostnames }: FederatedDatabase,
  endpoint: DataFederationEndpoint | undefined,
): boolean {
  if (endpoint === undefined) return false;
  return privateEndpointHostnames.some(({ endpointId }) => isSameEndpoint(endpoint.provider, endpointId, endpoint.id));
}

/** Strings come when a cluster is not paused and each of its regions has a service with an endpoint. */
export function awaitsString(cluster: Deployment, contents: ProjectContents | undefined): boolean {
  if (cluster.paused) return false;
  const services = contents === undefined ? [] : servicesOf(contents);
  const isCovered = ({ provider, region }: Deployment['regions'][number]): boolean =>
    services.some((one) => one.provider === provider && one.region === region && one.endpointIds.length > 0);
  return contents?.regionalizedMode === true || cluster.regions.every(isCovered);
}
