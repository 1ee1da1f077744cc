import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { MongoClient } from 'mongodb';
import { SocksClient } from 'socks';
import type { SandboxHandle } from '../../../src/sandbox/start';
import { startSandbox } from '../../../src/sandbox/start';
import { addCluster } from '../../../src/sandbox/world/build';
import type { AnswerFields, FakeClock, Reply } from '../../builders/sandbox';
import { fakeClock, fetchToken, readReply } from '../../builders/sandbox';
import { sandboxVpc } from './aws-under-test';

describe('sandbox: from an interface endpoint in EC2 to a node', () => {
  let clock: FakeClock;
  let sandbox: SandboxHandle;
  let ec2: EC2Client;
  let resolver: Resolver;
  let token: string;
  let base: string;
  let vpc: ReturnType<typeof sandboxVpc>;

  beforeEach(async () => {
    clock = fakeClock();
    sandbox = await startSandbox({ clock });
    const { world, description } = sandbox;
    const { awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey, ec2Endpoint: endpoint } = description;
    ec2 = new EC2Client({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
    resolver = new Resolver({ timeout: 1000, tries: 1 });
    resolver.setServers([description.dnsServer]);
    token = await fetchToken(description.atlasBaseUrl, world);
    const project = [...world.atlas.projects.values()].find(({ name }) => name === 'nothing-yet-sandbox');
    assert.ok(project);
    addCluster(world, project, 'Fresh');
    base = `/groups/${project.id}`;
    const region = world.aws.regions.get('us-east-1');
    assert.ok(region);
    vpc = sandboxVpc(region);
  });
  afterEach(async () => {
    ec2.destroy();
    await sandbox.close();
  });

  async function atlas(method: string, path: string, body?: unknown): Promise<Reply> {
    const full = `/api/atlas/v2${path}`;
    const response = await fetch(`${sandbox.description.atlasBaseUrl}${full}`, {
      method,
      headers: {
        Accept: 'application/vnd.atlas.2025-03-12+json',
        Authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/vnd.atlas.2023-01-01+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    return readReply(method, full, response);
  }

  /** Until AWS and Atlas have come to the next status. */
  const step = () => {
    const { endpointAcceptance, endpointConnection } = sandbox.world.pace;
    clock.advance(Math.max(endpointAcceptance, endpointConnection));
  };
  /** Until the endpoint is available and the clusters are updated. */
  const settle = () => {
    step();
    step();
    clock.advance(sandbox.world.pace.clusterUpdate);
  };

  async function createService(): Promise<AnswerFields> {
    const body = { providerName: 'AWS', region: 'US_EAST_1' };
    const { id } = (await atlas('POST', `${base}/privateEndpoint/endpointService`, body)).json;
    clock.advance(sandbox.world.pace.serviceCreation);
    return (await atlas('GET', `${base}/privateEndpoint/AWS/endpointService/${id}`)).json;
  }

  async function createInterface(
    serviceName: string | null,
    subnets: readonly string[],
    groups: readonly string[] = [],
  ) {
    const command = new CreateVpcEndpointCommand({
      VpcEndpointType: 'Interface',
      VpcId: vpc.id,
      ServiceName: serviceName ?? '',
      SubnetIds: subnets.map(vpc.subnet),
      SecurityGroupIds: [...groups],
    });
    const id = (await ec2.send(command)).VpcEndpoint?.VpcEndpointId;
    assert.ok(id);
    return id;
  }

  async function interfaceState(id: string): Promise<string | undefined> {
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    return VpcEndpoints?.[0]?.State;
  }

  async function addressesOf(id: string): Promise<string[]> {
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    const { NetworkInterfaces = [] } = await ec2.send(
      new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: VpcEndpoints?.[0]?.NetworkInterfaceIds }),
    );
    return NetworkInterfaces.map(({ PrivateIpAddress = '' }) => PrivateIpAddress).sort();
  }

  async function strings(): Promise<NonNullable<AnswerFields['connectionStrings']['privateEndpoint']>> {
    return (await atlas('GET', `${base}/clusters/Fresh`)).json.connectionStrings.privateEndpoint ?? [];
  }

  async function connect(address: string, port: number): Promise<string> {
    const { hostname, port: proxyPort } = new URL(sandbox.description.socksProxy);
    return SocksClient.createConnection({
      proxy: { host: hostname, port: Number(proxyPort), type: 5 },
      command: 'connect',
      destination: { host: address, port },
      timeout: 300,
    }).then(
      ({ socket }) => {
        socket.destroy();
        return 'open';
      },
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
  }

  it('is accepted by Atlas, gets strings and names, and leads the driver to the cluster', async () => {
    const service = await createService();
    const group = (
      await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'atlas', Description: 'Atlas', VpcId: vpc.id }))
    ).GroupId;
    assert.ok(group);
    const all = { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65_535, IpRanges: [{ CidrIp: '10.0.0.0/16' }] };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [all] }));
    const id = await createInterface(service.endpointServiceName, ['a', 'b'], [group]);
    const endpoint = `${base}/privateEndpoint/AWS/endpointService/${service.id}/endpoint`;
    const both = async () => [
      (await atlas('GET', `${endpoint}/${id}`)).json.connectionStatus,
      await interfaceState(id),
    ];

    await atlas('POST', endpoint, { id });
    assert.deepEqual(await both(), ['PENDING_ACCEPTANCE', 'pendingAcceptance']);
    step();
    assert.deepEqual(await both(), ['PENDING', 'pending']);
    step();
    assert.deepEqual(await both(), ['AVAILABLE', 'available']);
    assert.deepEqual(await strings(), []);
    assert.equal((await atlas('GET', `${base}/clusters/Fresh`)).json.stateName, 'UPDATING');
    clock.advance(sandbox.world.pace.clusterUpdate);
    const [string] = await strings();
    assert.ok(string);
    assert.equal((await atlas('GET', `${base}/clusters/Fresh`)).json.stateName, 'IDLE');

    const name = string.srvConnectionString.replace('mongodb+srv://', '');
    const records = await resolver.resolveSrv(`_mongodb._tcp.${name}`);
    assert.deepEqual(records.map(({ port }) => port).sort(), [1024, 1025, 1026]);
    const host = records[0]?.name ?? '';
    const [alias] = await resolver.resolveCname(host);
    const { VpcEndpoints } = await ec2.send(new DescribeVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    assert.equal(alias, VpcEndpoints?.[0]?.DnsEntries?.[0]?.DnsName);
    const addresses = await addressesOf(id);
    assert.equal(addresses.length, 2);
    assert.deepEqual((await resolver.resolve4(host)).sort(), addresses);
    const zonal = VpcEndpoints?.[0]?.DnsEntries?.[1]?.DnsName ?? '';
    assert.equal((await resolver.resolve4(zonal)).length, 1);

    for (const address of addresses) assert.equal(await connect(address, 1024), 'open');
    const { hostname, port } = new URL(sandbox.description.socksProxy);
    const { dbUsername: username, dbPassword: password, caFile: tlsCAFile } = sandbox.description;
    const client = new MongoClient(
      `mongodb://${records.map((record) => `${record.name}:${record.port}`).join(',')}/?tls=true&authSource=admin`,
      { proxyHost: hostname, proxyPort: Number(port), tlsCAFile, auth: { username, password } },
    );
    try {
      assert.deepEqual(await client.db('admin').command({ ping: 1 }), { ok: 1 });
    } finally {
      await client.close();
    }

    // The group closes: nothing gets through. It opens for one port: only that one does.
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [all] }));
    assert.match(await connect(addresses[0] ?? '', 1024), /timed out/);
    const one = { ...all, FromPort: 1025, ToPort: 1025 };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [one] }));
    assert.match(await connect(addresses[0] ?? '', 1024), /timed out/);
    assert.equal(await connect(addresses[0] ?? '', 1025), 'open');

    // Another subnet is another address; a subnet that goes takes its address along.
    await ec2.send(
      new ModifyVpcEndpointCommand({
        VpcEndpointId: id,
        AddSubnetIds: [vpc.subnet('c')],
        RemoveSubnetIds: [vpc.subnet('a')],
      }),
    );
    const moved = await addressesOf(id);
    assert.deepEqual((await resolver.resolve4(host)).sort(), moved);
    assert.ok(moved.some((address) => address.startsWith('10.0.40.')));
    const left = addresses.find((address) => address.startsWith('10.0.30.')) ?? '';
    assert.match(await connect(left, 1025), /NetworkUnreachable/);
  });

  it('fails without a subnet in the seed’s words, and is repaired by adding one', async () => {
    const service = await createService();
    const id = await createInterface(service.endpointServiceName, []);
    const endpoint = `${base}/privateEndpoint/AWS/endpointService/${service.id}/endpoint`;
    await atlas('POST', endpoint, { id });
    settle();
    const failed = (await atlas('GET', `${endpoint}/${id}`)).json;
    assert.equal(failed.connectionStatus, 'REJECTED');
    assert.equal(
      failed.errorMessage,
      `No dns entries found for endpoint ${id}, your endpoint must be provisioned in at least one subnet`,
    );
    assert.deepEqual(await strings(), []);
    await ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: id, AddSubnetIds: [vpc.subnet('a')] }));
    assert.equal((await atlas('GET', `${endpoint}/${id}`)).json.connectionStatus, 'AVAILABLE');
    assert.equal((await strings()).length, 1);
  });

  it('is let go by Atlas when its registration is removed, and can be deleted', async () => {
    const service = await createService();
    const id = await createInterface(service.endpointServiceName, ['a']);
    const endpoint = `${base}/privateEndpoint/AWS/endpointService/${service.id}/endpoint`;
    await atlas('POST', endpoint, { id });
    step();
    step();
    await atlas('DELETE', `${endpoint}/${id}`);
    assert.equal(await interfaceState(id), 'available');
    clock.advance(sandbox.world.pace.deletion);
    assert.equal(await interfaceState(id), 'rejected');
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    assert.equal(await interfaceState(id), 'deleting');
    clock.advance(sandbox.world.pace.deletion);
    assert.equal(await interfaceState(id), 'deleted');
  });

  it('is missed by Atlas when it is deleted in EC2 alone', async () => {
    const service = await createService();
    const id = await createInterface(service.endpointServiceName, ['a']);
    const endpoint = `${base}/privateEndpoint/AWS/endpointService/${service.id}/endpoint`;
    await atlas('POST', endpoint, { id });
    settle();
    assert.equal((await strings()).length, 1);
    await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
    clock.advance(sandbox.world.pace.deletion);
    assert.equal((await atlas('GET', `${endpoint}/${id}`)).json.connectionStatus, 'REJECTED');
    assert.deepEqual(await strings(), []);
  });
});
