import assert from 'node:assert/strict';
import { createAtlasApi } from '../../../src/atlas/atlas-client';
import { operations } from '../../../src/atlas/operations';
import { anonymous } from '../../../src/atlas/send';
import type { AtlasApi } from '../../../src/core/atlas-api';
import { systemClock } from '../../../src/core/clock';
import { problemOf } from '../../../src/core/problem';
import { loadDescription } from '../openapi/description';
import { createValidator } from '../openapi/validate';

const id = '32b6e34b3d91647abb20e7b8';
const azureId =
  '/subscriptions/ae349d51-d12b-4e3d-aa27-7d53f6479cf0/resourceGroups/network/providers/Microsoft.Network/privateEndpoints/atlas';
const drain = async (pages: AsyncIterable<unknown>): Promise<void> => {
  for await (const page of pages) assert.ok(page);
};

/** One call, or several, of every operation that the client has. */
const calls: readonly ((api: AtlasApi) => Promise<unknown>)[] = [
  (api) => api.checkSignIn(),
  (api) => api.listOrganizations(),
  (api) => api.getOrganization(id),
  (api) => drain(api.listProjects()),
  (api) => drain(api.listProjectsOfOrganization(id)),
  (api) => drain(api.listAllClusters()),
  (api) => api.getProject(id),
  (api) => api.listClusters(id),
  (api) => api.getCluster(id, 'Cluster0'),
  (api) => api.listFlexClusters(id),
  (api) => api.getFlexCluster(id, 'Flex0'),
  (api) => api.listServerlessInstances(id),
  (api) => api.getServerlessInstance(id, 'Serverless0'),
  (api) => api.listProcesses(id),
  (api) => api.listRegions(id, 'GCP'),
  (api) => api.listEndpointServices(id, 'AWS'),
  (api) => api.getEndpointService(id, 'AZURE', id),
  (api) =>
    api.createEndpointService(id, { provider: 'AWS', region: 'US_EAST_1', supportedRemoteRegions: ['EU_WEST_1'] }),
  (api) => api.createEndpointService(id, { provider: 'GCP', region: 'CENTRAL_US', portMapping: true }),
  (api) => api.setSupportedRemoteRegions(id, id, ['EU_WEST_1']),
  (api) => api.deleteEndpointService(id, 'GCP', id),
  (api) => api.getEndpoint(id, 'AZURE', id, azureId),
  (api) => api.registerEndpoint(id, id, { provider: 'AWS', id: 'vpce-0123456789abcdef0' }),
  (api) => api.registerEndpoint(id, id, { provider: 'AZURE', id: azureId, ipAddress: '10.0.0.4' }),
  (api) =>
    api.registerEndpoint(id, id, {
      provider: 'GCP',
      endpointGroupName: 'atlas',
      gcpProjectId: 'sandbox-network-1',
      addresses: [{ name: 'atlas-0', ipAddress: '10.0.0.5' }],
    }),
  (api) => api.deleteEndpoint(id, 'AZURE', id, azureId),
  (api) => api.getRegionalizedMode(id),
  (api) => api.setRegionalizedMode(id, true),
  (api) => api.listServerlessEndpoints(id, 'Serverless0'),
  (api) => api.getServerlessEndpoint(id, 'Serverless0', id),
  (api) => api.createServerlessEndpoint(id, 'Serverless0', 'for tests'),
  (api) => api.createServerlessEndpoint(id, 'Serverless0', undefined),
  (api) =>
    api.updateServerlessEndpoint(id, 'Serverless0', id, {
      provider: 'AWS',
      cloudProviderEndpointId: 'vpce-0123456789abcdef0',
    }),
  (api) =>
    api.updateServerlessEndpoint(id, 'Serverless0', id, {
      provider: 'AZURE',
      cloudProviderEndpointId: azureId,
      privateEndpointIpAddress: '10.0.0.4',
    }),
  (api) => api.deleteServerlessEndpoint(id, 'Serverless0', id),
  (api) => api.listFederatedDatabases(id),
  (api) => api.getFederatedDatabase(id, 'Federated0'),
  (api) => api.listOnlineArchives(id, 'Cluster0'),
  (api) => api.getOnlineArchive(id, 'Cluster0', id),
  (api) => api.listDataFederationEndpoints(id),
  (api) => api.getDataFederationEndpoint(id, 'vpce-0123456789abcdef0'),
  (api) =>
    api.putDataFederationEndpoint(id, {
      id: 'vpce-0123456789abcdef0',
      provider: 'AWS',
      region: 'US_EAST_1',
      comment: 'c',
      dnsName: 'x.vpce.amazonaws.com',
    }),
  (api) => api.deleteDataFederationEndpoint(id, 'vpce-0123456789abcdef0'),
  (api) => api.listDatabaseUsers(id),
  (api) => api.getDatabaseUser(id, '$external', 'CN=test,O=sandbox/unit'),
  (api) =>
    api.createDatabaseUser(id, {
      username: 'app',
      authDatabase: 'admin',
      password: 'not-a-real-one',
      roles: [{ role: 'readWrite', database: 'shop', collection: 'orders' }],
      scopes: ['Cluster0'],
      deleteAfter: '2030-01-01T00:00:00Z',
    }),
  (api) => api.deleteDatabaseUser(id, 'admin', 'app'),
  (api) => api.listAccessList(id),
  (api) => api.getAccessListEntry(id, '203.0.113.0/24'),
  (api) => api.addAccessListEntry(id, { entry: '203.0.113.7', comment: 'me', deleteAfter: '2030-01-01T00:00:00Z' }),
  (api) => api.addAccessListEntry(id, { entry: '203.0.113.0/24' }),
  (api) => api.deleteAccessListEntry(id, '203.0.113.0/24'),
  (api) => api.listPeeringConnections(id, 'AZURE'),
  (api) => api.listNetworkContainers(id),
];

const description = loadDescription();
if ('absent' in description) it(`requests of the Atlas client are not checked: ${description.absent}`);
else {
  describe('requests of the Atlas client, against the official description', () => {
    it('are all as described, and every operation is used', async () => {
      const { validateRequest, findOperation } = createValidator(description);
      const faults: string[] = [];
      const used = new Set<string>();
      const api = createAtlasApi({
        baseUrl: 'https://atlas.invalid',
        authorize: anonymous,
        clock: systemClock,
        fetch: (url, init) => {
          const { pathname, search } = new URL(url);
          const method = init.method ?? '';
          const path = `${pathname}${search}`;
          const headers = init.headers as Record<string, string>;
          const body = init.body as string | undefined;
          const seen = { method, path, headers, ...(body === undefined ? {} : { body }) };
          faults.push(...validateRequest(seen).map((fault) => `${method} ${path}: ${fault}`));
          used.add(findOperation(method, path)?.operationId ?? '');
          // Enough for lists and removals; what else makes of it is not of interest here.
          return Promise.resolve(Response.json({ results: [], totalCount: 0 }));
        },
      });
      for (const call of calls) {
        await call(api).catch((error: unknown) => {
          assert.equal(problemOf(error)?.code, 'ATLAS_REPLY_UNREADABLE', String(error));
        });
      }
      assert.deepEqual(faults, []);
      const all = description.operations.map(({ operationId }) => operationId).sort();
      assert.deepEqual([...used].sort(), all);
      assert.deepEqual(Object.keys(operations).sort(), all);
    });
  });
}
