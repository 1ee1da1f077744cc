import assert from 'node:assert/strict';
import { isProvider } from '../../../src/core/provider';
import { atlasRoutes } from '../../../src/sandbox/atlas/routes/routes';
import { paces } from '../../../src/sandbox/world/create-world';
import { addSubnet, addVpcEndpoint } from '../../../src/sandbox/world/build';
import type { AtlasUnderTest, Reply } from '../../builders/sandbox';
import { startAtlasUnderTest } from '../../builders/sandbox';
import { loadDescription } from '../openapi/description';
import { createValidator } from '../openapi/validate';

const description = loadDescription();

describe('sandbox Atlas against the official description', () => {
  if ('absent' in description) {
    it(`is not checked: ${description.absent}`);
    return;
  }
  const validator = createValidator(description);
  const seen = new Set<string>();
  let sandbox: AtlasUnderTest;

  before(async () => {
    sandbox = await startAtlasUnderTest({ pace: paces.instant });
  });
  after(() => sandbox.close());

  /** Calls, validates request path and answer, and remembers the operation. */
  async function check(method: string, path: string, status: number, body?: unknown, accept?: string): Promise<Reply> {
    const reply = await sandbox.call(method, path, { body, ...(accept === undefined ? {} : { accept }) });
    assert.equal(reply.status, status, `${method} ${path}: ${reply.body}`);
    assert.deepEqual(validator.validateResponse(reply), [], `${method} ${path}: ${reply.body.slice(0, 2000)}`);
    const operation = validator.findOperation(method, reply.path);
    if (operation !== undefined) seen.add(operation.operationId);
    return reply;
  }

  it('reads organizations and projects', async () => {
    await check('GET', '', 200);
    const { json } = await check('GET', '/orgs', 200);
    await check('GET', `/orgs/${json.results[0]?.id ?? ''}`, 200);
    await check('GET', `/orgs/${json.results[0]?.id ?? ''}/groups`, 200);
    await check('GET', '/groups', 200);
    await check('GET', '/clusters', 200);
    await check('GET', `/orgs/${'0'.repeat(24)}`, 404);
    await check('GET', `/groups/${'0'.repeat(24)}`, 404);
  });

  it('reads everything of every project of every scenario', async () => {
    for (const scenario of ['acme', 'broken', 'empty'] as const) {
      const other = await startAtlasUnderTest({ scenario });
      const before = sandbox;
      sandbox = other;
      try {
        for (const project of other.world.atlas.projects.values()) {
          const group = `/groups/${project.id}`;
          await check('GET', group, 200);
          for (const version of ['2023-01-01', '2023-02-01', '2024-08-05']) {
            const accept = `application/vnd.atlas.${version}+json`;
            const { json } = await check('GET', `${group}/clusters`, 200, undefined, accept);
            for (const { name } of json.results) {
              await check('GET', `${group}/clusters/${name}`, 200, undefined, accept);
            }
          }
          const clusters = await check('GET', `${group}/clusters`, 200);
          for (const { name } of clusters.json.results) {
            const { json } = await check('GET', `${group}/clusters/${name}/onlineArchives`, 200);
            for (const { _id } of json.results) {
              await check('GET', `${group}/clusters/${name}/onlineArchives/${_id}`, 200);
            }
          }
          for (const list of ['flexClusters', 'serverless']) {
            const { json } = await check('GET', `${group}/${list}`, 200);
            for (const { name } of json.results) {
              await check('GET', `${group}/${list}/${name}`, 200);
              if (list !== 'serverless') continue;
              const base = `${group}/privateEndpoint/serverless/instance/${name}/endpoint`;
              const endpoints = await check('GET', base, 200);
              for (const { _id } of endpoints.json) await check('GET', `${base}/${_id}`, 200);
            }
          }
          for (const provider of ['AWS', 'AZURE', 'GCP']) {
            assert.ok(isProvider(provider));
            const base = `${group}/privateEndpoint/${provider}/endpointService`;
            const { json } = await check('GET', base, 200);
            for (const service of json) {
              await check('GET', `${base}/${service.id}`, 200);
              const ids = service.interfaceEndpoints ?? service.privateEndpoints ?? service.endpointGroupNames ?? [];
              for (const id of ids) await check('GET', `${base}/${service.id}/endpoint/${encodeURIComponent(id)}`, 200);
            }
            await check('GET', `${group}/peers?providerName=${provider}`, 200);
          }
          const federated = await check('GET', `${group}/dataFederation`, 200);
          for (const { name } of federated.json) await check('GET', `${group}/dataFederation/${name}`, 200);
          const ids = await check('GET', `${group}/privateNetworkSettings/endpointIds`, 200);
          for (const { endpointId } of ids.json.results) {
            await check('GET', `${group}/privateNetworkSettings/endpointIds/${endpointId}`, 200);
          }
          const users = await check('GET', `${group}/databaseUsers`, 200);
          for (const { username } of users.json.results) {
            await check('GET', `${group}/databaseUsers/admin/${username}`, 200);
          }
          const entries = await check('GET', `${group}/accessList`, 200);
          for (const { cidrBlock } of entries.json.results) {
            await check('GET', `${group}/accessList/${encodeURIComponent(cidrBlock)}`, 200);
          }
          await check('GET', `${group}/privateEndpoint/regionalMode`, 200);
          await check('GET', `${group}/containers/all`, 200);
          await check('GET', `${group}/processes`, 200);
          await check('GET', `${group}/clusters/provider/regions?providers=AWS`, 200);
        }
      } finally {
        sandbox = before;
        await other.close();
      }
    }
  });

  it('creates, changes and removes', async () => {
    const group = `/groups/${sandbox.project('nothing-yet-sandbox').id}`;
    const endpoint = `${group}/privateEndpoint`;

    const aws = await check('POST', `${endpoint}/endpointService`, 201, { providerName: 'AWS', region: 'us-west-2' });
    await check('PATCH', `${endpoint}/endpointService/${aws.json.id}`, 200, {
      cloudProvider: 'AWS',
      supportedRemoteRegions: ['US_EAST_1'],
    });
    const place = sandbox.world.aws.regions.get('us-west-2');
    const vpc = place && [...place.vpcs.values()][0];
    assert.ok(place && vpc);
    const subnet = addSubnet(sandbox.world, place, vpc, 'us-west-2a', '172.29.200.0/24');
    const service = sandbox.world.atlas.projects.get(group.slice(8))?.services.get(aws.json.id);
    const vpcEndpoint = addVpcEndpoint(
      sandbox.world,
      place,
      vpc,
      service?.cloudName ?? '',
      [{ subnet, ip: '172.29.200.5' }],
      [],
    );
    const awsBase = `${endpoint}/AWS/endpointService/${aws.json.id}`;
    await check('POST', `${awsBase}/endpoint`, 201, { id: vpcEndpoint.id });
    await check('DELETE', `${awsBase}/endpoint/${vpcEndpoint.id}`, 204);
    const gcp = await check('POST', `${endpoint}/endpointService`, 201, {
      providerName: 'GCP',
      region: 'CENTRAL_US',
      portMappingEnabled: true,
    });
    await check('POST', `${endpoint}/GCP/endpointService/${gcp.json.id}/endpoint`, 201, {
      endpointGroupName: 'group-1',
      gcpProjectId: 'customer-project',
      endpoints: [{ endpointName: 'rule-1', ipAddress: '10.2.3.4' }],
    });
    const azure = await check('POST', `${endpoint}/endpointService`, 201, {
      providerName: 'AZURE',
      region: 'EUROPE_WEST',
    });
    await check('DELETE', `${endpoint}/AZURE/endpointService/${azure.json.id}`, 204);
    await check('PATCH', `${endpoint}/regionalMode`, 202, { enabled: true });

    await check('POST', `${group}/accessList`, 201, [{ ipAddress: '192.0.2.1', comment: 'one' }]);
    await check('DELETE', `${group}/accessList/192.0.2.1`, 204);
    await check('POST', `${group}/databaseUsers`, 201, {
      databaseName: 'admin',
      username: 'fresh user',
      password: 'long enough',
      roles: [{ roleName: 'read', databaseName: 'test' }],
    });
    await check('DELETE', `${group}/databaseUsers/admin/fresh%20user`, 204);
    await check('POST', `${group}/privateNetworkSettings/endpointIds`, 201, {
      endpointId: vpcEndpoint.id,
      provider: 'AWS',
      type: 'DATA_LAKE',
      comment: 'reports',
    });
    await check('DELETE', `${group}/privateNetworkSettings/endpointIds/${vpcEndpoint.id}`, 204);

    const serverless = `/groups/${sandbox.project('serverless-sandbox').id}/privateEndpoint/serverless/instance/Instance0/endpoint`;
    const created = await check('POST', serverless, 201, { comment: 'new' });
    await check('PATCH', `${serverless}/${created.json._id}`, 200, { providerName: 'AWS', comment: 'newer' });
    await check('DELETE', `${serverless}/${created.json._id}`, 204);
  });

  it('answers every operation that is described, and no other', () => {
    const described = description.operations.map(({ operationId }) => operationId).sort();
    assert.deepEqual(atlasRoutes.map(({ operationId }) => operationId).sort(), described);
    assert.deepEqual([...seen].sort(), described);
  });
});
