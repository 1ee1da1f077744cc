import { federationProviders, federationServices } from '../../core/data-federation';
import type { DataFederationEndpoint, EndpointService } from '../../core/endpoint';
import type { Provider } from '../../core/provider';
import type { AwsWish } from '../../setup/aws-endpoint';
import { textIn, type Draft } from '../../setup/draft';
import type { FederationSubject, ServerlessSubject, Subject } from './model';

/** What an endpoint in the person's cloud has to lead to. */
export interface CloudTarget {
  readonly provider: Provider;
  /** Where the service is, Atlas's spelling. */
  readonly region: string;
  /** AWS: absent until Atlas has it. */
  readonly serviceName?: string;
  /** Azure: absent until Atlas has it. */
  readonly resourceId?: string;
  /** Google Cloud: empty until Atlas has them. */
  readonly attachments: readonly string[];
  readonly portMapped: boolean;
  /** AWS regions besides its own from which it can be reached; Atlas's spelling. */
  readonly remoteRegions: readonly string[];
  /** Whose endpoint it is: see `unspentToken`. */
  readonly wishId: string;
  /** AWS: the service is the same for all customers. */
  readonly shared: boolean;
  /** Ids that Atlas knows on it. */
  readonly registeredIds: readonly string[];
  /** Ids that Atlas knows at the provider besides: nothing is to have the name of one of them either. */
  readonly otherIds: readonly string[];
}

const nothing = { attachments: [], portMapped: false, remoteRegions: [], shared: false, otherIds: [] } as const;

/** What an interface endpoint is wanted for. */
export function awsWishOf({ wishId: serviceId, registeredIds, shared }: CloudTarget): AwsWish {
  return { serviceId, registeredIds, shared };
}

/** What the endpoint that a page sets up has to lead to. */
export function targetOf(subject: Subject, draft: Draft): CloudTarget {
  switch (subject.kind) {
    case 'service': {
      const { provider, region, service } = subject;
      const { otherIds = [] } = subject;
      if (service !== undefined) return { ...targetOfService(service), otherIds };
      return { ...nothing, provider, region, wishId: '', registeredIds: [], otherIds };
    }
    case 'serverless':
      return targetOfReservation(subject);
    case 'federation':
      return targetOfFederation(subject, draft);
  }
}

function targetOfService(service: EndpointService): CloudTarget {
  const { provider, region, id: wishId, endpointIds: registeredIds } = service;
  const common = { ...nothing, provider, region, wishId, registeredIds };
  switch (service.provider) {
    case 'AWS':
      return {
        ...common,
        remoteRegions: service.supportedRemoteRegions,
        ...(service.endpointServiceName === undefined ? {} : { serviceName: service.endpointServiceName }),
      };
    case 'AZURE': {
      const { privateLinkServiceResourceId: resourceId } = service;
      return { ...common, ...(resourceId === undefined ? {} : { resourceId }) };
    }
    case 'GCP':
      return { ...common, attachments: service.serviceAttachmentNames, portMapped: service.portMappingEnabled };
  }
}

function targetOfReservation({ instance, endpoints, endpoint }: ServerlessSubject): CloudTarget {
  const place = instance?.regions[0];
  const registeredIds = (endpoints.value ?? []).flatMap(({ cloudProviderEndpointId: id }) =>
    id === undefined || id === '' ? [] : [id],
  );
  return {
    ...nothing,
    provider: endpoint?.provider ?? place?.provider ?? 'AWS',
    region: place?.region ?? '',
    wishId: endpoint?.id ?? '',
    registeredIds,
    ...(endpoint?.endpointServiceName === undefined ? {} : { serviceName: endpoint.endpointServiceName }),
    ...(endpoint?.privateLinkServiceResourceId === undefined
      ? {}
      : { resourceId: endpoint.privateLinkServiceResourceId }),
  };
}

function targetOfFederation({ projectId, places, endpoints, endpoint }: FederationSubject, draft: Draft): CloudTarget {
  const chosen = federationProviders.find((one) => one === textIn(draft, 'federationProvider'));
  const provider = endpoint?.provider ?? chosen ?? places[0]?.provider ?? 'AWS';
  const proposed = places.find((place) => place.provider === provider)?.region;
  const region =
    endpoint?.region ??
    (textIn(draft, 'federationRegion') || (proposed ?? (provider === 'AWS' ? 'US_EAST_1' : 'US_EAST_2')));
  const serviceName = provider === 'AWS' ? federationServices[region] : undefined;
  // Atlas tells it in its documentation, and nowhere in its API (schema `PrivateNetworkEndpointIdEntry`, `endpointId`).
  const resourceId = provider === 'AZURE' ? textIn(draft, 'azureServiceId') : '';
  const here = endpoints.filter((one) => one.provider === provider);
  const isThere = (one: DataFederationEndpoint): boolean => one.region === undefined || one.region === region;
  return {
    ...nothing,
    provider,
    region,
    wishId: `data-federation/${region}/${projectId}`,
    shared: true,
    // Only those there: what becomes of others is nothing to this one.
    registeredIds: here.filter(isThere).map(({ id }) => id),
    otherIds: here.filter((one) => !isThere(one)).map(({ id }) => id),
    ...(serviceName === undefined ? {} : { serviceName }),
    ...(resourceId === '' ? {} : { resourceId }),
  };
}
