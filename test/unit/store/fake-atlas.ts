import type { AtlasApi } from '../../../src/core/atlas-api';
import type { Deployment, FederatedDatabase } from '../../../src/core/deployment';
import type {
  AwsEndpoint,
  AwsEndpointService,
  DataFederationEndpoint,
  EndpointService,
  ServerlessEndpoint,
} from '../../../src/core/endpoint';
import { PartlyReadError } from '../../../src/core/partly-read';
import { problem, ProblemError } from '../../../src/core/problem';
import type { ProblemCode } from '../../../src/core/problem';
import type { Organization, Project } from '../../../src/core/project';

/** A simulated Atlas for the store alone: answers from plain data, counts calls, fails on demand. */
export interface FakeAtlas {
  readonly api: AtlasApi;
  /** Calls in order, `name argument argument`. */
  readonly calls: string[];
  organizations: Organization[];
  projects: Project[];
  pageSize: number;
  clusters: Deployment[];
  serverless: Deployment[];
  services: EndpointService[];
  endpoints: AwsEndpoint[];
  serverlessEndpoints: ServerlessEndpoint[];
  federatedDatabases: FederatedDatabase[];
  dataFederationEndpoints: DataFederationEndpoint[];
  /** By name of the operation: the code it fails with. */
  readonly failing: Map<string, ProblemCode>;
  /** By name of the operation: elements of its list that cannot be read, beside the others. */
  readonly unread: Map<string, number>;
  /** Operations wait until `release` is called. */
  hold(): void;
  release(): void;
}

export function createFakeAtlas(): FakeAtlas {
  let gate: Promise<void> = Promise.resolve();
  let open: () => void = () => undefined;
  const failing = new Map<string, ProblemCode>();
  const unread = new Map<string, number>();
  const calls: string[] = [];
  const fake: Omit<FakeAtlas, 'api'> = {
    calls,
    failing,
    unread,
    organizations: [{ id: 'org', name: 'Sandbox Organization' }],
    projects: [project('p1')],
    pageSize: 500,
    clusters: [],
    serverless: [],
    services: [],
    endpoints: [],
    serverlessEndpoints: [],
    federatedDatabases: [],
    dataFederationEndpoints: [],
    hold: () => {
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => {
      open();
    },
  };
  const answer = async <T>(name: string, args: readonly string[], value: () => T): Promise<T> => {
    calls.push([name, ...args].join(' '));
    await gate;
    const code = failing.get(name);
    if (code !== undefined) throw new ProblemError(problem(code, args[0] ?? name));
    const result = value();
    const count = unread.get(name);
    if (count === undefined || !Array.isArray(result)) return result;
    const reason = problem('ATLAS_LIST_INCOMPLETE', args[0] ?? name, { count: String(count), field: 'id' });
    throw new PartlyReadError(reason, result);
  };
  const found = <T>(value: T | undefined, subject: string): T => {
    if (value === undefined) throw new ProblemError(problem('ATLAS_NOT_FOUND', subject));
    return value;
  };
  const listed: Partial<AtlasApi> = {
    listOrganizations: () => answer('listOrganizations', [], () => fake.organizations),
    listProjects: async function* () {
      for (let start = 0; start === 0 || start < fake.projects.length; start += fake.pageSize) {
        yield await answer('listProjects', [String(start)], () => ({
          items: fake.projects.slice(start, start + fake.pageSize),
          total: fake.projects.length,
        }));
      }
    },
    listClusters: (id) => answer('listClusters', [id], () => fake.clusters),
    getCluster: (id, name) =>
      answer('getCluster', [id, name], () =>
        found(
          fake.clusters.find((cluster) => cluster.name === name),
          name,
        ),
      ),
    listFlexClusters: (id) => answer('listFlexClusters', [id], () => []),
    listServerlessInstances: (id) => answer('listServerlessInstances', [id], () => fake.serverless),
    listEndpointServices: (id, provider) =>
      answer('listEndpointServices', [id, provider], () =>
        fake.services.filter((service) => service.provider === provider),
      ),
    getEndpointService: (id, provider, serviceId) =>
      answer('getEndpointService', [id, provider, serviceId], () =>
        found(
          fake.services.find((service) => service.id === serviceId),
          serviceId,
        ),
      ),
    getEndpoint: (id, provider, serviceId, endpointId) =>
      answer('getEndpoint', [id, provider, serviceId, endpointId], () =>
        found(
          fake.endpoints.find((endpoint) => endpoint.id === endpointId),
          endpointId,
        ),
      ),
    getRegionalizedMode: (id) => answer('getRegionalizedMode', [id], () => false),
    listFederatedDatabases: (id) => answer('listFederatedDatabases', [id], () => fake.federatedDatabases),
    listDataFederationEndpoints: (id) =>
      answer('listDataFederationEndpoints', [id], () => fake.dataFederationEndpoints),
    listServerlessEndpoints: (id, name) =>
      answer('listServerlessEndpoints', [id, name], () => fake.serverlessEndpoints),
    listOnlineArchives: (id, name) => answer('listOnlineArchives', [id, name], () => []),
  };
  return Object.assign(fake, { api: listed as AtlasApi });
}

export function project(id: string, more: Partial<Project> = {}): Project {
  return { id, name: `Project ${id}`, organizationId: 'org', clusterCount: 0, ...more };
}

export function cluster(name: string, more: Partial<Deployment> = {}): Deployment {
  return {
    id: `id-${name}`,
    projectId: 'p1',
    name,
    kind: 'dedicated',
    tier: 'M10',
    topology: 'REPLICASET',
    state: 'IDLE',
    paused: false,
    regions: [{ provider: 'AWS', region: 'US_EAST_1', nodeCount: 3 }],
    biConnector: false,
    strings: { privateEndpoint: [] },
    ...more,
  };
}

export function service(id: string, more: Partial<AwsEndpointService> = {}): AwsEndpointService {
  return {
    id,
    projectId: 'p1',
    provider: 'AWS',
    region: 'US_EAST_1',
    status: 'AVAILABLE',
    endpointIds: [],
    supportedRemoteRegions: [],
    ...more,
  };
}

export function endpoint(id: string, more: Partial<AwsEndpoint> = {}): AwsEndpoint {
  return {
    id,
    serviceId: 's1',
    projectId: 'p1',
    provider: 'AWS',
    status: 'AVAILABLE',
    deleteRequested: false,
    ...more,
  };
}
