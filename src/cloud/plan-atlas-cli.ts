import type { CommandPlan } from '../core/command-plan';
import type { EndpointRegistration } from '../core/endpoint';
import type { Provider } from '../core/provider';
import { toAtlasRegion, toCloudRegion, toRequestRegion } from '../core/region';
import { asciiJson } from './ascii-json';
import { flag } from './flag';
import { renderStatements, type Statement } from './shell';

/** Something that a page does at Atlas or asks it, as the Atlas CLI does it. */
export type AtlasAction =
  | {
      readonly action: 'create-service';
      readonly provider: Provider;
      readonly region: string;
      /** Google Cloud: one address for all nodes. */
      readonly portMapping?: boolean;
      /** AWS: regions besides its own, either spelling. */
      readonly supportedRemoteRegions?: readonly string[];
    }
  | { readonly action: 'list-services'; readonly provider: Provider }
  | {
      readonly action: 'describe-service' | 'watch-service' | 'delete-service';
      readonly provider: Provider;
      readonly serviceId: string;
    }
  | {
      readonly action: 'set-remote-regions';
      readonly serviceId: string;
      /** Either spelling; empty for none but its own. */
      readonly supportedRemoteRegions: readonly string[];
    }
  | { readonly action: 'register'; readonly serviceId: string; readonly registration: EndpointRegistration }
  | {
      readonly action: 'describe-endpoint';
      readonly provider: Provider;
      readonly serviceId: string;
      readonly endpointId: string;
    }
  | ({
      readonly action: 'delete-endpoint';
      readonly provider: Provider;
      readonly serviceId: string;
      readonly endpointId: string;
    } & Asked)
  | { readonly action: 'describe-regionalized-mode' }
  | { readonly action: 'regionalized-mode'; readonly enable: boolean }
  | { readonly action: 'reserve-serverless'; readonly instanceName: string; readonly comment?: string }
  | {
      readonly action: 'supply-serverless';
      readonly instanceName: string;
      readonly endpointId: string;
      readonly registration: Exclude<EndpointRegistration, { readonly provider: 'GCP' }>;
    }
  | {
      readonly action: 'describe-serverless-endpoint' | 'delete-serverless-endpoint';
      readonly instanceName: string;
      readonly endpointId: string;
    }
  | {
      readonly action: 'add-federation';
      readonly registration: Exclude<EndpointRegistration, { readonly provider: 'GCP' }>;
      /** Either spelling. */
      readonly region?: string;
      readonly comment?: string;
      readonly dnsName?: string;
    }
  | { readonly action: 'describe-federation-endpoint'; readonly endpointId: string }
  | ({ readonly action: 'delete-federation-endpoint'; readonly endpointId: string } & Asked)
  | { readonly action: 'list-clusters' }
  /** A serverless instance or a federated database shows its strings among all else. */
  | {
      readonly action: 'describe-strings';
      readonly of: 'cluster' | 'serverless' | 'federation';
      readonly name: string;
    };

/**
 * Commands that delete ask first, and end with 0 where the answer is no (`internal/cli/delete_opts.go` of
 * `mongodb/mongodb-atlas-cli`); without a terminal they fail. `atlas api` never asks.
 */
interface Asked {
  readonly force?: boolean;
}

const names: Readonly<Record<Provider, string>> = { AWS: 'aws', AZURE: 'azure', GCP: 'gcp' };

/**
 * Commands of the Atlas CLI for actions in one project. Where its own commands lack a choice, the operation of the
 * Administration API itself: `atlas api <tag> <operation>` takes the request from standard input (Atlas CLI reference,
 * `docs/command/atlas-api-*` of `mongodb/mongodb-atlas-cli`).
 */
export function planAtlasCli(projectId: string, actions: readonly AtlasAction[]): CommandPlan {
  return {
    tool: 'atlas-cli',
    title: 'atlas-action',
    shells: renderStatements(actions.map((action) => atlasStatement(projectId, action))),
    printsRegistration: false,
  };
}

/** One action as a statement of a script. */
export function atlasStatement(projectId: string, action: AtlasAction): Statement {
  const own = (...words: readonly string[]): Statement => ({
    kind: 'run',
    words: ['atlas', ...words, ...flag('projectId', projectId)],
  });
  const api = (operation: Operation, ids: readonly string[] = [], body?: object): Statement => ({
    kind: 'run',
    words: [
      'atlas',
      'api',
      tags[operation],
      operation,
      ...flag('version', apiVersion),
      ...flag('groupId', projectId),
      ...ids,
    ],
    ...(body === undefined ? {} : { input: asciiJson(body) }),
  });
  switch (action.action) {
    case 'create-service':
      return createService(action, own, api);
    case 'list-services':
      return own('privateEndpoints', names[action.provider], 'list');
    case 'describe-service':
      return own('privateEndpoints', names[action.provider], 'describe', action.serviceId, ...flag('output', 'json'));
    case 'watch-service':
      return own('privateEndpoints', names[action.provider], 'watch', action.serviceId);
    case 'delete-service':
      return own('privateEndpoints', names[action.provider], 'delete', action.serviceId);
    case 'set-remote-regions':
      return api('updatePrivateEndpointService', flag('endpointServiceId', action.serviceId), {
        cloudProvider: 'AWS',
        supportedRemoteRegions: action.supportedRemoteRegions.map((region) => toRequestRegion('AWS', region)),
      });
    case 'register':
      return own(...registration(action.serviceId, action.registration));
    case 'describe-endpoint':
    case 'delete-endpoint': {
      const isDeletion = action.action === 'delete-endpoint';
      const { provider, endpointId, serviceId } = action;
      const of = [...flag('endpointServiceId', serviceId), ...(isDeletion ? unasked(action) : [])];
      return own(
        'privateEndpoints',
        names[provider],
        'interfaces',
        isDeletion ? 'delete' : 'describe',
        endpointId,
        ...of,
      );
    }
    case 'describe-regionalized-mode':
      return own('privateEndpoints', 'regionalModes', 'describe');
    case 'regionalized-mode':
      return own('privateEndpoints', 'regionalModes', action.enable ? 'enable' : 'disable');
    case 'reserve-serverless': {
      const { instanceName, comment } = action;
      const body = comment === undefined ? {} : { comment };
      return api('createServerlessPrivateEndpoint', flag('instanceName', instanceName), body);
    }
    case 'supply-serverless': {
      const { instanceName, endpointId, registration: cloud } = action;
      const ids = [...flag('instanceName', instanceName), ...flag('endpointId', endpointId)];
      return api('updateServerlessPrivateEndpoint', ids, {
        providerName: cloud.provider,
        cloudProviderEndpointId: cloud.id,
        ...(cloud.provider === 'AZURE' ? { privateEndpointIpAddress: cloud.ipAddress } : {}),
      });
    }
    case 'describe-serverless-endpoint':
    case 'delete-serverless-endpoint': {
      const ids = [...flag('instanceName', action.instanceName), ...flag('endpointId', action.endpointId)];
      const isDeletion = action.action === 'delete-serverless-endpoint';
      return api(isDeletion ? 'deleteServerlessPrivateEndpoint' : 'getServerlessPrivateEndpoint', ids);
    }
    case 'add-federation':
      return addFederation(action, own, api);
    case 'describe-federation-endpoint':
      return own('dataFederation', 'privateEndpoints', 'describe', action.endpointId, ...flag('output', 'json'));
    case 'delete-federation-endpoint':
      return own('dataFederation', 'privateEndpoints', 'delete', action.endpointId, ...unasked(action));
    case 'list-clusters':
      return own('clusters', 'list');
    case 'describe-strings':
      return describeStrings(action, own, api);
  }
}

function unasked({ force = false }: Asked): readonly string[] {
  return force ? ['--force'] : [];
}

function describeStrings(
  { of, name }: Extract<AtlasAction, { readonly action: 'describe-strings' }>,
  own: Own,
  api: Api,
): Statement {
  switch (of) {
    case 'cluster':
      return own('clusters', 'connectionStrings', 'describe', name, ...flag('output', 'json'));
    case 'serverless':
      return api('getServerlessInstance', flag('name', name));
    case 'federation':
      return own('dataFederation', 'describe', name, ...flag('output', 'json'));
  }
}

type Own = (...words: readonly string[]) => Statement;
type Api = (operation: Operation, ids?: readonly string[], body?: object) => Statement;

/** The version that the client of this extension asks for, too; without one the CLI warns that it may change. */
const apiVersion = '2023-01-01';

/** Operations by the names that the Atlas CLI has for them (`x-xgen-operation-id-override`), with their tags. */
const tags = {
  createPrivateEndpointService: 'privateEndpointServices',
  updatePrivateEndpointService: 'privateEndpointServices',
  createServerlessPrivateEndpoint: 'serverlessPrivateEndpoints',
  updateServerlessPrivateEndpoint: 'serverlessPrivateEndpoints',
  getServerlessPrivateEndpoint: 'serverlessPrivateEndpoints',
  deleteServerlessPrivateEndpoint: 'serverlessPrivateEndpoints',
  getServerlessInstance: 'serverlessInstances',
  createPrivateEndpointId: 'dataFederation',
} as const;

type Operation = keyof typeof tags;

function createService(
  {
    provider,
    region,
    portMapping = false,
    supportedRemoteRegions = [],
  }: Extract<AtlasAction, { readonly action: 'create-service' }>,
  own: Own,
  api: Api,
): Statement {
  if (portMapping || supportedRemoteRegions.length > 0) {
    return api('createPrivateEndpointService', [], {
      providerName: provider,
      region: toRequestRegion(provider, region),
      ...(portMapping ? { portMappingEnabled: true } : {}),
      ...(supportedRemoteRegions.length === 0
        ? {}
        : { supportedRemoteRegions: supportedRemoteRegions.map((each) => toRequestRegion(provider, each)) }),
    });
  }
  // The command takes the cloud's own spelling, but Atlas's for Google Cloud (its examples).
  const spelled = provider === 'GCP' ? region : toCloudRegion(provider, region);
  return own('privateEndpoints', names[provider], 'create', ...flag('region', spelled));
}

/** The CLI's own command knows an id and a comment, and takes every endpoint for one of AWS. */
function addFederation(
  { registration: cloud, region, comment, dnsName }: Extract<AtlasAction, { readonly action: 'add-federation' }>,
  own: Own,
  api: Api,
): Statement {
  if (cloud.provider === 'AWS' && region === undefined && dnsName === undefined) {
    const more = comment === undefined ? [] : flag('comment', comment);
    return own('dataFederation', 'privateEndpoints', 'create', cloud.id, ...more);
  }
  return api('createPrivateEndpointId', [], {
    endpointId: cloud.id,
    provider: cloud.provider,
    type: 'DATA_LAKE',
    ...(region === undefined ? {} : { region: toAtlasRegion(cloud.provider, region) }),
    ...(comment === undefined ? {} : { comment }),
    ...(dnsName === undefined ? {} : { customerEndpointDNSName: dnsName }),
    ...(cloud.provider === 'AZURE' ? { customerEndpointIPAddress: cloud.ipAddress } : {}),
  });
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
