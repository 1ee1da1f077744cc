import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Account } from '../../../src/accounts/account';
import { openAtlas } from '../../../src/accounts/open-atlas';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import type { Evidence } from '../../../src/diagnostics/evidence';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import { createAwsProfiles, type AwsProfiles } from '../../../src/ui/test-run/aws-profiles';
import { evidenceMarkdown } from '../../../src/ui/report/evidence-markdown';
import { gatherEvidence, openEvidenceRound, type EvidencePorts } from '../../../src/ui/test-run/gather-evidence';
import { openLab, type Lab } from './diagnose';

describe('what Atlas and the AWS account say beside a test', () => {
  let lab: Lab;
  let store: AtlasStore;
  let awsProfiles: AwsProfiles;
  const account: Account = { id: 'a', label: 'Work', kind: 'service-account', baseUrl: '' };

  before(async () => {
    lab = await openLab();
    const { atlasBaseUrl, clientId, clientSecret } = lab.sandbox.description;
    const api = openAtlas(
      atlasBaseUrl,
      { kind: 'service-account', clientId, clientSecret },
      { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
    );
    store = createAtlasStore({
      apiOf: () => Promise.resolve(api),
      clock: systemClock,
      logger: silentLogger,
      storageOf: () => undefined,
    });
    await store.ensure(account.id, { kind: 'directory' });
    for (const { id } of lab.sandbox.world.atlas.projects.values()) {
      await store.ensure(account.id, { kind: 'project', projectId: id });
    }
  });
  after(async () => {
    await store.dispose();
    await lab.close();
  });
  beforeEach(() => {
    awsProfiles = createAwsProfiles();
  });
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  const gather = (
    connectionString: string,
    of: Account | undefined = account,
    clientAddresses = lab.route.clientAddresses,
  ): Promise<Evidence> => gatherEvidence(ports(), connectionString, of, clientAddresses, new AbortController().signal);
  const ports = (): EvidencePorts => ({
    store,
    awsProfiles,
    openAws: (_, _profile, region) => {
      const { ec2Endpoint, awsAccessKeyId, awsSecretAccessKey } = lab.sandbox.description;
      const credentials = { accessKeyId: awsAccessKeyId, secretAccessKey: awsSecretAccessKey };
      return Promise.resolve(openAwsCloud({ region, credentials, endpoints: { ec2: ec2Endpoint, sts: ec2Endpoint } }));
    },
  });
  it('keeps what Atlas has said when AWS does not answer in time', async () => {
    awsProfiles.choose(account, '');
    const never: EvidencePorts = { ...ports(), openAws: () => new Promise(() => undefined) };
    const signal = new AbortController().signal;
    const { atlas, cloud, missing } = await gatherEvidence(
      never,
      lab.seedlist('storefront-sandbox'),
      account,
      lab.route.clientAddresses,
      signal,
      { clock: systemClock, ms: 1 },
    );
    assert.ok(atlas);
    assert.equal(cloud, undefined);
    assert.deepEqual(missing, [{ from: 'cloud', reason: 'unreachable' }]);
  });

  /** What the sandbox is asked meanwhile. */
  const counted = async (work: () => Promise<unknown>): Promise<{ readonly atlas: number; readonly aws: number }> => {
    const { atlasBaseUrl, ec2Endpoint } = lab.sandbox.description;
    const ports: number[] = [];
    const onRequest = (message: unknown): void => {
      ports.push((message as { readonly request: IncomingMessage }).request.socket.localPort ?? 0);
    };
    subscribe('http.server.request.start', onRequest);
    await work();
    unsubscribe('http.server.request.start', onRequest);
    const at = (url: string): number => ports.filter((port) => String(port) === new URL(url).port).length;
    return { atlas: at(atlasBaseUrl), aws: at(ec2Endpoint) };
  };
  const gatherTogether = async (...strings: readonly string[]): Promise<readonly Evidence[]> => {
    const round = openEvidenceRound(ports(), new AbortController().signal);
    try {
      // Some at once, and some later: as tests of a workspace are.
      const half = strings.length / 2;
      const one = (string: string): Promise<Evidence> => round.gather(string, account, lab.route.clientAddresses);
      const first = await Promise.all(strings.slice(0, half).map(one));
      return [...first, ...(await Promise.all(strings.slice(half).map(one)))];
    } finally {
      round.dispose();
    }
  };

  const testOf = (connectionString: string) => ({
    context: { connectionString, where: { hostname: '', kind: 'local' }, dnsServers: [], startedAt: '' },
    hops: [],
  });

  it('is the cluster with its services and endpoints, and AWS only with a profile that was chosen', async () => {
    const string = lab.seedlist('storefront-sandbox');
    const { atlas, cloud, missing } = await gather(string);
    assert.equal(atlas?.projectName, 'storefront-sandbox');
    assert.equal(atlas.cluster?.name, 'Cluster0');
    assert.deepEqual(
      atlas.endpoints.map(({ id, status }) => [id, status]),
      [['vpce-024f5b57108c8d3ed', 'AVAILABLE']],
    );
    assert.equal(cloud, undefined);
    assert.deepEqual(missing, [{ from: 'cloud', reason: 'not-signed-in' }]);

    awsProfiles.choose(account, '');
    const asked = await gather(string);
    assert.equal(asked.missing, undefined);
    const [aws, ...others] = asked.cloud?.aws ?? [];
    assert.equal(others.length, 0);
    assert.equal(aws?.endpoint?.id, 'vpce-024f5b57108c8d3ed');
    assert.deepEqual(aws.subnets.map(({ privateIp }) => privateIp).sort(), ['10.0.20.54', '10.0.30.194']);
    assert.ok(aws.securityGroups.length > 0);
    const text = evidenceMarkdown(asked, testOf(string));
    for (const line of [
      /^- ✅ Cluster Cluster0: IDLE$/m,
      /^- ✅ Interface endpoint at Atlas `vpce-024f5b57108c8d3ed`: Available$/m,
      /^- ✅ Interface endpoint in AWS `vpce-024f5b57108c8d3ed`: available$/m,
      /^- ✅ Availability zones: us-east-1a, us-east-1b$/m,
      /^- ✅ Security groups .*: the VPC is let in .*\n.*10\.0\.0\.0\/16/m,
    ]) {
      assert.match(text, line);
    }
  });

  it('is the machine that connects, by its address in the VPC of the endpoint, and the addresses of the endpoint', async () => {
    awsProfiles.choose(account, '');
    const { cloud } = await gather(lab.seedlist('storefront-sandbox'));
    assert.equal(cloud?.client?.address, '10.0.30.10');
    assert.equal(cloud.client.vpcId, cloud.aws?.[0]?.endpoint?.vpcId);
    assert.deepEqual(
      cloud.client.securityGroups.map(({ name, outbound }) => [name, outbound.length]),
      [['sandbox-client', 1]],
    );
    assert.deepEqual(
      cloud.client.routes.map(({ destination, target }) => [destination, target]),
      [['10.0.0.0/16', 'local']],
    );
    assert.deepEqual(
      cloud.addresses?.map(({ endpointId, addresses }) => [endpointId, addresses.toSorted()]),
      [['vpce-024f5b57108c8d3ed', ['10.0.20.54', '10.0.30.194']]],
    );
    assert.match(
      evidenceMarkdown({ cloud }, testOf('')),
      /Machine that connects, in AWS `eni-[0-9a-f]+`: 10\.0\.30\.10 in vpc-/,
    );
  });

  it('is no machine when another network has the same address, or AWS has none', async () => {
    awsProfiles.choose(account, '');
    const string = lab.seedlist('storefront-sandbox');
    for (const elsewhere of [['10.0.30.10/16'], ['192.168.1.20/24'], []]) {
      assert.equal((await gather(string, account, elsewhere)).cloud?.client, undefined);
    }
    assert.equal(
      (await gather(string, account, ['192.168.1.20/24', '10.0.30.10/32'])).cloud?.client?.address,
      '10.0.30.10',
    );
  });

  it('finds an interface endpoint in the other region that the service lets in', async () => {
    awsProfiles.choose(account, '');
    const { cloud } = await gather(lab.seedlist('cross-region-sandbox'));
    assert.deepEqual(
      cloud?.aws?.map(({ region, endpoint }) => [region, endpoint?.state]),
      [['eu-west-1', 'available']],
    );
  });

  it('asks no AWS account about Azure', async () => {
    const { atlas, cloud, missing } = await gather(lab.seedlist('billing-on-azure-sandbox'));
    assert.equal(atlas?.cluster?.name, 'Billing');
    assert.deepEqual([cloud, missing], [undefined, undefined]);
  });

  it('names what could not be asked: nobody signed in, permissions missing', async () => {
    const string = lab.seedlist('storefront-sandbox');
    const stranger = 'mongodb+srv://cluster0-pl-0.zz9zz.mongodb.net';
    assert.deepEqual(await gather(stranger), { missing: [{ from: 'atlas', reason: 'not-signed-in' }] });
    assert.deepEqual((await gatherWithoutAccount(string)).missing, [{ from: 'atlas', reason: 'not-signed-in' }]);

    awsProfiles.choose(account, '');
    lab.sandbox.faults.set('aws-denied', true, 'DescribeSecurityGroups');
    const { cloud, missing } = await gather(string);
    assert.deepEqual(cloud?.aws?.[0]?.securityGroups, []);
    assert.deepEqual(missing, [{ from: 'cloud', reason: 'forbidden', needed: 'ec2:DescribeSecurityGroups' }]);
  });

  it('is asked once for all strings that are tested together, and says of each what it says of it alone', async () => {
    awsProfiles.choose(account, '');
    const project = 'storefront-sandbox';
    const ofOne = [lab.seedlist(project), lab.standard(project), 'mongodb+srv://cluster0-k45tj.mongodb.net'];
    const strings = [...ofOne, ...ofOne.map((string) => string.replace('://', '://reader@'))];
    const once = await counted(() => gatherTogether(lab.seedlist(project)));
    assert.ok(once.atlas > 0 && once.aws > 0, JSON.stringify(once));
    assert.deepEqual(await counted(() => gatherTogether(...strings)), once);

    const others = [lab.seedlist('cross-region-sandbox'), lab.seedlist('billing-on-azure-sandbox')];
    const oneOfEach = await counted(() => gatherTogether(lab.seedlist(project), ...others));
    assert.deepEqual(await counted(() => gatherTogether(...strings, ...others, ...others)), oneOfEach);

    const together = await gatherTogether(...strings, ...others);
    for (const [index, string] of [...strings, ...others].entries()) {
      assert.deepEqual(together[index], await gather(string), string);
    }
  });

  it('asks nothing of AWS for strings that are tested together before a profile was chosen', async () => {
    const requests = await counted(async () => {
      const found = await gatherTogether(lab.seedlist('storefront-sandbox'), lab.standard('storefront-sandbox'));
      assert.deepEqual(
        found.map(({ cloud, missing }) => [cloud, missing]),
        [
          [undefined, [{ from: 'cloud', reason: 'not-signed-in' }]],
          [undefined, [{ from: 'cloud', reason: 'not-signed-in' }]],
        ],
      );
    });
    assert.equal(requests.aws, 0);
    assert.ok(requests.atlas > 0);
  });

  it('ends with the tests: nothing more is asked', async () => {
    awsProfiles.choose(account, '');
    const round = openEvidenceRound(ports(), new AbortController().signal);
    const asked = round.gather(lab.seedlist('storefront-sandbox'), account, lab.route.clientAddresses);
    round.dispose();
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('is asked anew: a status that has changed since', async () => {
    const project = [...lab.sandbox.world.atlas.projects.values()].find(({ name }) => name === 'orders-sandbox');
    const [service] = project?.services.values() ?? [];
    assert.ok(service);
    service.timeline = [{ at: 0, status: 'FAILED' }];
    const { atlas } = await gather(lab.seedlist('storefront-sandbox'));
    assert.equal(atlas?.services[0]?.status, 'AVAILABLE');
    const orders = await gather('mongodb+srv://orders-pl-0.oq7aw.mongodb.net');
    assert.equal(orders.atlas?.services[0]?.status, 'FAILED');
    assert.equal(orders.atlas.cluster?.name, 'Orders');
  });

  const gatherWithoutAccount = (connectionString: string): Promise<Evidence> =>
    gatherEvidence(
      { store, awsProfiles, openAws: () => Promise.reject(new Error('nobody asks')) },
      connectionString,
      undefined,
      undefined,
      new AbortController().signal,
    );
});
