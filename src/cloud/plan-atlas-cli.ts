import type { CommandPlan } from '../core/command-plan';
import type { EndpointRegistration } from '../core/endpoint';
import type { Provider } from '../core/provider';
import { toCloudRegion } from '../core/region';
import { flag } from './flag';
import { renderStatements } from './shell';

/** Something that a page does at Atlas, as the Atlas CLI does it (its reference: `atlas privateEndpoints`). */
export type AtlasAction =
  | { readonly action: 'create-service'; readonly provider: Provider; readonly region: string }
  | { readonly action: 'describe-service'; readonly provider: Provider; readonly serviceId: string }
  | { readonly action: 'delete-service'; readonly provider: Provider; readonly serviceId: string }
  | { readonly action: 'register'; readonly serviceId: string; readonly registration: EndpointRegistration }
  | {
      readonly action: 'describe-endpoint' | 'delete-endpoint';
      readonly provider: Provider;
      readonly serviceId: string;
      readonly endpointId: string;
    }
  | { readonly action: 'regionalized-mode'; readonly enable: boolean }
  | { readonly action: 'add-federation'; readonly endpointId: string; readonly comment?: string };

const names: Readonly<Record<Provider, string>> = { AWS: 'aws', AZURE: 'azure', GCP: 'gcp' };

/** Commands of the Atlas CLI for actions in one project. */
export function planAtlasCli(projectId: string, actions: readonly AtlasAction[]): CommandPlan {
  return {
    tool: 'atlas-cli',
    title: 'atlas-action',
    shells: renderStatements(
      actions.map((action) => ({ kind: 'run', words: ['atlas', ...wordsOf(action), ...flag('projectId', projectId)] })),
    ),
    printsRegistration: false,
  };
}

function wordsOf(action: AtlasAction): readonly string[] {
  switch (action.action) {
    case 'create-service': {
      const { provider, region } = action;
      // The command takes the cloud's own spelling, but Atlas's for Google Cloud (its examples).
      const spelled = provider === 'GCP' ? region : toCloudRegion(provider, region);
      return ['privateEndpoints', names[provider], 'create', ...flag('region', spelled)];
    }
    case 'describe-service':
      return ['privateEndpoints', names[action.provider], 'describe', action.serviceId, ...flag('output', 'json')];
    case 'delete-service':
      return ['privateEndpoints', names[action.provider], 'delete', action.serviceId];
    case 'register':
      return registration(action.serviceId, action.registration);
    case 'describe-endpoint':
    case 'delete-endpoint': {
      const verb = action.action === 'describe-endpoint' ? 'describe' : 'delete';
      const { provider, endpointId, serviceId } = action;
      return [
        'privateEndpoints',
        names[provider],
        'interfaces',
        verb,
        endpointId,
        ...flag('endpointServiceId', serviceId),
      ];
    }
    case 'regionalized-mode':
      return ['privateEndpoints', 'regionalModes', action.enable ? 'enable' : 'disable'];
    case 'add-federation': {
      const { endpointId, comment } = action;
      const more = comment === undefined || comment === '' ? [] : flag('comment', comment);
      return ['dataFederation', 'privateEndpoints', 'create', endpointId, ...more];
    }
  }
}

function registration(serviceId: string, endpoint: EndpointRegistration): readonly string[] {
  const create = ['privateEndpoints', names[endpoint.provider], 'interfaces', 'create'];
  switch (endpoint.provider) {
    case 'AWS':
      return [...create, serviceId, ...flag('privateEndpointId', endpoint.id)];
    case 'AZURE':
      return [
        ...create,
        serviceId,
        ...flag('privateEndpointId', endpoint.id),
        ...flag('privateEndpointIpAddress', endpoint.ipAddress),
      ];
    case 'GCP':
      return [
        ...create,
        endpoint.endpointGroupName,
        ...flag('endpointServiceId', serviceId),
        ...flag('gcpProjectId', endpoint.gcpProjectId),
        ...flag('endpoint', endpoint.addresses.map(({ name, ipAddress }) => `${name}@${ipAddress}`).join(',')),
      ];
  }
}
