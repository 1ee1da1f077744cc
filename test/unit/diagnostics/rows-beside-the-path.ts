import type { ProblemCode } from '../../../src/core/problem';
import { nodes, serviceWith } from '../core/project-facts';
import {
  acl,
  atlas,
  atlasWith,
  aws,
  awsService,
  awsWithoutEndpoint,
  azureEndpoint,
  client,
  cluster0,
  endpointAt,
  fails,
  gcpEndpoint,
  group,
  here1024,
  here1025,
  host,
  noName,
  node,
  open,
  other,
  own,
  passes,
  primary,
  resolved,
  row,
  rule,
  silent,
  stringOf,
  stringsThrough,
  there1024,
  type Row,
} from './what-is-seen';

type Parts = Pick<Parameters<typeof row>[2], 'atlas' | 'cloud'>;

const publicString = stringOf('public');
const peeringString = stringOf('peering');
const refused = fails('tcp', here1024, 'refused', ...node(here1024));
const unreachable = fails('tcp', here1024, 'unreachable', ...node(here1024));
const noAddress = fails('addresses', host, 'nxdomain');
const noData = fails('srv', 'cluster0', 'no-data');
const addressless = fails('addresses', host, 'no-data');
const stalled = fails('tls', here1024, 'timeout');

const twoRegions = cluster0({ regions: [nodes('AWS', 'US_EAST_1'), nodes('AWS', 'EU_WEST_1')] });
/** As long as a region has no endpoint Atlas gives out no private string, unless each region has its own. */
const halfway = { ...twoRegions, ...stringsThrough() };
const inEurope = { ...other, serviceId: 'service-AWS-EU_WEST_1' };
const gone = {
  connectionString: `mongodb://${host}:1024,${host}:1030/?ssl=true&authSource=admin`,
} as const;
const stale = { connectionString: 'mongodb+srv://cluster0-pl-9.ab1cd.mongodb.net' } as const;
const ownNetwork = { clientAddresses: ['172.20.0.3/16', '10.0.20.9/24'] } as const;

/** All that an endpoint that is not there may show as, each alone. */
const consequences = [noName, noData, noAddress, addressless, refused, unreachable, silent(here1024)];

/** What says that the endpoint is not there: it is the cause of every way in which that shows, and of nothing else. */
function withoutEndpoint(code: ProblemCode, says: string, parts: Parts): readonly Row[] {
  return [
    ...consequences.map((shows) =>
      row(`${says}: ${shows.hop} ${String(shows.facts[0]?.value)}`, [code], { ...parts, hops: [shows] }),
    ),
    row(`${says}, and all that Atlas changes with it`, [code], {
      ...parts,
      atlas: { ...atlas(), ...parts.atlas, cluster: { ...twoRegions, state: 'UPDATING' } },
      context: { ...stale, ...ownNetwork },
      hops: [noName, unreachable],
    }),
    row(`${says}, and a handshake that stalls`, ['TLS_STALL'], { ...parts, hops: [stalled] }),
    row(`${says}, and the public string`, ['STRING_PUBLIC'], {
      ...parts,
      string: publicString,
      hops: [silent('198.51.100.7:27017')],
    }),
  ];
}

const noEntries =
  'No dns entries found for endpoint vpce-own, your endpoint must be provisioned in at least one subnet.';
const noSubnets = (state: string): Parts => ({
  cloud: { aws: [aws({ endpoint: { state, subnetIds: [] }, subnets: [] })] },
});

const deployments: readonly Row[] = [
  ...(['shared', 'flex'] as const).flatMap((kind) => {
    const found = { atlas: atlas({ cluster: cluster0({ kind }) }) };
    return [
      ...consequences.map((shows) =>
        row(`a ${kind} cluster: ${shows.hop} ${String(shows.facts[0]?.value)}`, ['TIER_UNSUPPORTED'], {
          ...found,
          hops: [shows],
        }),
      ),
      row(`a ${kind} cluster by its public string`, ['STRING_PUBLIC'], {
        ...found,
        string: publicString,
        hops: [silent('198.51.100.7:27017')],
      }),
      row(`a ${kind} cluster, and a password that is wrong`, ['AUTH_FAILED'], {
        ...found,
        string: publicString,
        hops: [primary, fails('sign-in', 'db', 'rejected')],
      }),
      row(`a ${kind} cluster, and a handshake that stalls`, ['TLS_STALL'], { ...found, hops: [stalled] }),
      row(`a ${kind} cluster by an old string, from a network with the same addresses`, ['TIER_UNSUPPORTED'], {
        atlas: atlas({ cluster: cluster0({ kind, state: 'UPDATING' }) }),
        context: { ...stale, ...ownNetwork },
        hops: [noName, unreachable],
      }),
      row(`a ${kind} cluster that answers`, [], { ...found, hops: [primary] }),
    ];
  }),
  row('a serverless instance', ['SRV_NXDOMAIN'], {
    atlas: atlas({ cluster: cluster0({ kind: 'serverless' }) }),
    hops: [noName],
  }),
  ...consequences.map((shows) =>
    row(`a paused cluster: ${shows.hop} ${String(shows.facts[0]?.value)}`, ['CLUSTER_PAUSED'], {
      atlas: atlas({ cluster: cluster0({ paused: true }) }),
      hops: [shows],
    }),
  ),
  row('a paused cluster by an old string, from a network with the same addresses', ['CLUSTER_PAUSED'], {
    atlas: atlas({ cluster: { ...twoRegions, paused: true } }),
    context: { ...stale, ...ownNetwork },
    hops: [noName, unreachable],
  }),
  row('a paused cluster by ports that it had', ['CLUSTER_PAUSED'], {
    atlas: atlas({ cluster: cluster0({ paused: true }) }),
    context: gone,
    hops: [refused],
  }),
  ...(['closed', 'reset', 'timeout'] as const).map((failure) =>
    row(`a paused cluster: tls ${failure}`, ['CLUSTER_PAUSED'], {
      atlas: atlas({ cluster: cluster0({ paused: true }) }),
      hops: [fails('tls', here1024, failure)],
    }),
  ),
  row('a paused cluster: tcp reset beside a refusal', ['CLUSTER_PAUSED'], {
    atlas: atlas({ cluster: cluster0({ paused: true }) }),
    hops: [refused, fails('tcp', there1024, 'reset')],
  }),
  row('a paused cluster that answers with another certificate', ['TLS_NAME'], {
    atlas: atlas({ cluster: cluster0({ paused: true }) }),
    hops: [fails('tls', here1024, 'wrong-name')],
  }),
  row('a cluster that is not paused', ['TCP_REFUSED'], { atlas: atlas(), hops: [refused] }),
  ...[noName, noAddress, refused, fails('hello', here1024, 'closed')].map((shows) =>
    row(`a cluster that changes: ${shows.hop} ${String(shows.facts[0]?.value)}`, ['CLUSTER_UPDATING'], {
      atlas: atlas({ cluster: cluster0({ state: 'UPDATING' }) }),
      hops: [shows],
    }),
  ),
  row('a cluster that changes, and silence', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas({ cluster: cluster0({ state: 'UPDATING' }) }),
    hops: [silent(here1024)],
  }),
  row('a cluster that changes and is paused', ['CLUSTER_PAUSED'], {
    atlas: atlas({ cluster: cluster0({ state: 'UPDATING', paused: true }) }),
    hops: [noName],
  }),
  row('a cluster that changes, by the public string', ['CLUSTER_UPDATING'], {
    atlas: atlas({ cluster: cluster0({ state: 'REPAIRING' }) }),
    string: publicString,
    hops: [fails('hello', here1024, 'closed')],
  }),
];

const services: readonly Row[] = [
  ...(
    [
      ['SERVICE_FAILED', 'FAILED'],
      ['SERVICE_DELETING', 'DELETING'],
      ['SERVICE_INITIATING', 'INITIATING'],
      ['SERVICE_WAITING_FOR_USER', 'WAITING_FOR_USER'],
    ] as const
  ).flatMap(([code, status]) =>
    withoutEndpoint(code, `a service that is ${status}`, { atlas: atlas({ services: [awsService(status)] }) }),
  ),
  row('a failed service with Atlas’s own sentence', ['SERVICE_FAILED'], {
    atlas: atlas({ services: [awsService('FAILED', 'No capacity.')] }),
    hops: [noName],
    subject: 'AWS US_EAST_1',
    parameters: { message: 'No capacity.' },
    told: 'status: FAILED; message: No capacity.',
  }),
  // ---- which service it is: before there are strings, one in a region of the cluster
  row('a failed service where Atlas has no string', ['SERVICE_FAILED'], {
    atlas: atlas({ cluster: cluster0(stringsThrough()), services: [awsService('FAILED')], endpoints: [] }),
    hops: [noName],
  }),
  row('a failed service in a region without nodes of the cluster', ['SRV_NXDOMAIN'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough()),
      services: [awsService(), serviceWith('AWS', 'EU_WEST_1', 1, { status: 'FAILED' })],
      endpoints: [],
    }),
    hops: [noName],
  }),
  row('a failed service of another provider', ['SRV_NXDOMAIN'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough()),
      services: [awsService(), serviceWith('AZURE', 'US_EAST_1', 1, { status: 'FAILED' })],
      endpoints: [],
    }),
    hops: [noName],
  }),
  ...['WAITING_FOR_USER', 'FAILED'].flatMap((status) => {
    const services = [awsService(), serviceWith('AWS', 'EU_WEST_1', 1, { status })];
    return [
      row(`a service that is ${status} in a region where the string does not lead`, ['TCP_TIMEOUT_ALL'], {
        atlas: atlas({ cluster: twoRegions, services }),
        hops: [silent(here1024)],
      }),
      row(`a service that is ${status} in a region where the CNAME does not lead`, ['TCP_TIMEOUT_ALL'], {
        atlas: atlas({ cluster: halfway, services }),
        hops: [...resolved(['10.0.20.54'], own.id), silent(here1024)],
      }),
    ];
  }),
  row('a failed service of a region where the string leads as well, by a host without a CNAME', ['SERVICE_FAILED'], {
    atlas: atlas({
      cluster: {
        ...twoRegions,
        strings: {
          privateEndpoint: [
            {
              type: 'MONGOD',
              endpoints: [
                { endpointId: own.id, provider: 'AWS', region: 'US_EAST_1' },
                { endpointId: inEurope.id, provider: 'AWS', region: 'EU_WEST_1' },
              ],
              srv: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
            },
          ],
        },
      },
      services: [awsService(), serviceWith('AWS', 'EU_WEST_1', 1, { status: 'FAILED' })],
      endpoints: [own, inEurope],
    }),
    hops: [...resolved(['10.0.20.54'], own.id), open(here1024), noAddress],
    subject: 'AWS EU_WEST_1',
  }),
  row('a failed service of a project whose cluster is not known', ['SERVICE_FAILED'], {
    atlas: { services: [serviceWith('AWS', 'EU_WEST_1', 1, { status: 'FAILED' })] },
    hops: [noName],
  }),
];

const endpoints: readonly Row[] = [
  ...withoutEndpoint('ENDPOINT_NO_DNS', 'no DNS entries at Atlas', {
    atlas: atlasWith(endpointAt(own.id, 'FAILED', noEntries)),
  }),
  ...(['NONE', 'PENDING_ACCEPTANCE', 'PENDING'] as const).map((status) =>
    row(`no DNS entries, and ${status}`, ['ENDPOINT_NO_DNS'], {
      atlas: atlasWith(endpointAt(own.id, status, noEntries)),
      hops: [noName],
    }),
  ),
  ...withoutEndpoint('ENDPOINT_NO_DNS', 'no subnet in AWS', noSubnets('available')),
  row('no DNS entries, with Atlas’s own sentence', ['ENDPOINT_NO_DNS'], {
    atlas: atlasWith(endpointAt(own.id, 'FAILED', noEntries)),
    hops: [noName],
    subject: own.id,
    parameters: { message: noEntries },
    told: `message: ${noEntries}`,
  }),
  row('no subnet, with what AWS says', ['ENDPOINT_NO_DNS'], {
    ...noSubnets('available'),
    hops: [noName],
    subject: own.id,
    told: 'subnets: 0',
  }),
  row('a rejected endpoint with Atlas’s own sentence', ['ENDPOINT_FAILED'], {
    atlas: atlasWith(endpointAt(own.id, 'REJECTED', 'It was rejected.')),
    hops: [noName],
    subject: own.id,
    parameters: { message: 'It was rejected.' },
    told: 'status: REJECTED; message: It was rejected.',
  }),
  row('a failed endpoint with AWS’s own sentence', ['ENDPOINT_FAILED'], {
    cloud: { aws: [aws({ endpoint: { state: 'failed', lastError: 'It failed.' } })] },
    hops: [noName],
    subject: own.id,
    parameters: { message: 'It failed.' },
    told: 'state: failed; message: It failed.',
  }),
  row('no subnet of an endpoint that is pending', ['ENDPOINT_NO_DNS'], { ...noSubnets('pending'), hops: [noName] }),
  row('no subnet of an endpoint that has failed', ['ENDPOINT_FAILED'], { ...noSubnets('failed'), hops: [noName] }),
  ...(
    [
      ['ENDPOINT_FAILED', ['FAILED', 'REJECTED'], ['failed', 'rejected', 'expired']],
      ['ENDPOINT_DELETING', ['DELETING', 'DELETED'], ['deleting', 'deleted']],
      ['ENDPOINT_NOT_CONFIGURED', ['NONE'], []],
      ['ENDPOINT_PENDING_ACCEPTANCE', ['PENDING_ACCEPTANCE'], ['pendingAcceptance']],
      ['ENDPOINT_PENDING', ['PENDING', 'INITIATING', 'VERIFIED'], ['pending']],
    ] as const
  ).flatMap(([code, atAtlas, inAws]) => [
    ...atAtlas.flatMap((status) =>
      withoutEndpoint(code, `an endpoint that is ${status} at Atlas`, { atlas: atlasWith(endpointAt(own.id, status)) }),
    ),
    ...inAws.flatMap((state) =>
      withoutEndpoint(code, `an endpoint that is ${state} in AWS`, { cloud: { aws: [aws({ endpoint: { state } })] } }),
    ),
  ]),
  row('an endpoint that is available on both sides', ['SRV_NXDOMAIN'], {
    atlas: atlas(),
    cloud: { aws: [aws()] },
    hops: [noName],
  }),
  ...(
    [
      ['NONE', 'ENDPOINT_NOT_CONFIGURED'],
      ['FAILED', 'ENDPOINT_FAILED'],
      ['REJECTED', 'ENDPOINT_FAILED'],
    ] as const
  ).map(([status, code]) =>
    row(`an endpoint that waits in AWS and is ${status} at Atlas`, [code], {
      atlas: atlasWith(endpointAt(own.id, status)),
      cloud: { aws: [aws({ endpoint: { state: 'pendingAcceptance' } })] },
      hops: [noName],
    }),
  ),
  // ---- which endpoint it is
  row('a failed endpoint of another string', ['SRV_NXDOMAIN'], {
    atlas: atlas({ endpoints: [own, endpointAt(other.id, 'FAILED')] }),
    hops: [noName],
  }),
  row('a failed endpoint where the CNAME leads to another', ['TCP_REFUSED'], {
    atlas: atlas({ cluster: cluster0(stringsThrough()), endpoints: [own, endpointAt(other.id, 'FAILED')] }),
    hops: [...resolved(['10.0.20.54'], own.id), refused],
  }),
  row('a failed endpoint of a service on the path, where Atlas has no string', ['ENDPOINT_FAILED'], {
    atlas: atlas({ cluster: cluster0(stringsThrough()), endpoints: [endpointAt(other.id, 'FAILED')] }),
    hops: [noName],
  }),
  row('a failed endpoint of a service in another region, where Atlas has no string', ['SRV_NXDOMAIN'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough()),
      endpoints: [{ ...endpointAt(other.id, 'FAILED'), serviceId: 'service-AWS-EU_WEST_1' }],
    }),
    hops: [noName],
  }),
  // ---- the account
  row('the account has no such endpoint', ['ENDPOINT_NOT_IN_ACCOUNT', 'SRV_NXDOMAIN'], {
    atlas: atlas(),
    cloud: { aws: [awsWithoutEndpoint] },
    hops: [noName],
  }),
  row('an account in which nobody may look for the endpoint', ['SRV_NXDOMAIN'], {
    atlas: atlas(),
    cloud: { aws: [{ ...awsWithoutEndpoint, notPermitted: ['ec2:DescribeVpcEndpoints'] }] },
    hops: [noName],
  }),
  row('an account in which nobody may look for the endpoint in one of two regions', ['SRV_NXDOMAIN'], {
    atlas: atlas(),
    cloud: { aws: [awsWithoutEndpoint, { ...awsWithoutEndpoint, notPermitted: ['ec2:DescribeVpcEndpoints'] }] },
    hops: [noName],
  }),
  row('an account in which something else may not be seen', ['ENDPOINT_NOT_IN_ACCOUNT', 'SRV_NXDOMAIN'], {
    atlas: atlas(),
    cloud: { aws: [{ ...awsWithoutEndpoint, notPermitted: ['ec2:DescribeInstances'] }] },
    hops: [noName],
  }),
  row('the account has no such endpoint, and a handshake stalls', ['TLS_STALL'], {
    cloud: { aws: [awsWithoutEndpoint] },
    hops: [stalled],
  }),
  row('the account has no such endpoint, and the public string', ['STRING_PUBLIC'], {
    cloud: { aws: [awsWithoutEndpoint] },
    string: publicString,
    hops: [silent('198.51.100.7:27017')],
  }),
];

const strings: readonly Row[] = [
  ...[noName, noAddress].map((shows) =>
    row(`a region without an endpoint: ${shows.hop}`, ['REGION_WITHOUT_ENDPOINT'], {
      atlas: atlas({ cluster: halfway }),
      hops: [shows],
    }),
  ),
  row('a region whose service has no endpoint', ['REGION_WITHOUT_ENDPOINT'], {
    atlas: atlas({ cluster: halfway, services: [awsService(), serviceWith('AWS', 'EU_WEST_1', 0)] }),
    hops: [noName],
  }),
  row('a region whose name another provider has', ['REGION_WITHOUT_ENDPOINT'], {
    atlas: atlas({ cluster: halfway, services: [awsService(), serviceWith('GCP', 'EU_WEST_1', 1)] }),
    hops: [noName],
  }),
  row('a stale string of a cluster in a region without an endpoint', ['REGION_WITHOUT_ENDPOINT'], {
    atlas: atlas({ cluster: twoRegions }),
    context: stale,
    hops: [noName],
  }),
  row('every region has an endpoint', ['SRV_NXDOMAIN'], {
    atlas: atlas({ cluster: halfway, services: [awsService(), serviceWith('AWS', 'EU_WEST_1', 1)] }),
    hops: [noName],
  }),
  row('a region without an endpoint, and the public string', ['STRING_PUBLIC'], {
    atlas: atlas({ cluster: halfway }),
    string: publicString,
    hops: [silent('198.51.100.7:27017')],
  }),
  row('a region without an endpoint, and a handshake that stalls', ['TLS_STALL'], {
    atlas: atlas({ cluster: halfway }),
    hops: [stalled],
  }),
  row('a region without an endpoint, and a string that Atlas gives out', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas({ cluster: twoRegions }),
    hops: [...resolved(['10.0.20.54'], own.id), silent(here1024)],
  }),
  row('a serverless instance in a region without a service', ['SRV_NXDOMAIN'], {
    atlas: atlas({ cluster: cluster0({ kind: 'serverless' }), services: [] }),
    hops: [noName],
  }),

  ...[noName, noAddress].map((shows) =>
    row(`a string that Atlas gives out no more: ${shows.hop}`, ['STRING_STALE'], {
      atlas: atlas(),
      context: stale,
      hops: [shows],
    }),
  ),
  row('a string that Atlas gives out no more, and a handshake that stalls', ['TLS_STALL'], {
    atlas: atlas(),
    context: stale,
    hops: [stalled],
  }),
  row('a public string that Atlas gives out no more', ['STRING_PUBLIC'], {
    atlas: atlas(),
    context: stale,
    string: publicString,
    hops: [silent('198.51.100.7:27017')],
  }),
  row('a string before Atlas has any for an endpoint', ['SRV_NXDOMAIN'], {
    atlas: atlas({ cluster: cluster0(stringsThrough()) }),
    context: stale,
    hops: [noName],
  }),

  ...[
    fails('tcp', '10.0.20.54:1030', 'refused', ['node', `${host}:1030`]),
    silent('10.0.20.54:1030'),
    fails('srv', 'cluster0', 'nxdomain'),
  ].map((shows) =>
    row(
      `a port that Atlas has no more: ${shows.hop} ${String(shows.facts[0]?.value)}`,
      [shows.hop === 'srv' ? 'SRV_NXDOMAIN' : 'STRING_PORTS_PINNED'],
      { atlas: atlas(), context: gone, hops: [shows] },
    ),
  ),
  row('a port that Atlas has no more, beside one that answers', ['STRING_PORTS_PINNED'], {
    atlas: atlas(),
    context: gone,
    hops: [open(here1024), silent('10.0.20.54:1030')],
    subject: 'Cluster0',
    parameters: { ports: '1030', now: '1024, 1025' },
  }),
  row('a port that another host has now', ['STRING_PORTS_PINNED'], {
    atlas: atlas({
      cluster: cluster0({
        strings: {
          privateEndpoint: [
            { type: 'MONGOD', endpoints: [], standard: `mongodb://${host}:1025/` },
            { type: 'MONGOD', endpoints: [], standard: 'mongodb://pl-1-us-east-1.ab1cd.mongodb.net:1024/' },
          ],
        },
      }),
    }),
    context: { connectionString: `mongodb://${host}:1024/?ssl=true` },
    hops: [refused],
    parameters: { ports: '1024', now: '1025' },
  }),
  row('a port of a host that Atlas has in no standard string', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    context: { connectionString: 'mongodb://cluster0.ab1cd.mongodb.net:1030/?authSource=admin' },
    hops: [silent('10.0.20.54:1030')],
  }),
  row('the ports that Atlas has', ['TCP_REFUSED'], {
    atlas: atlas(),
    context: { connectionString: `mongodb://${host}:1024,${host}:1025/?ssl=true&authSource=admin` },
    hops: [refused],
  }),

  ...(
    [
      ['STRING_PUBLIC', publicString],
      ['STRING_PEERING', peeringString],
    ] as const
  ).flatMap(([code, string]) => [
    row(`${code}: silence`, [code], { string, hops: [silent(here1024)] }),
    row(`${code}: no way`, [code], { string, hops: [unreachable] }),
    row(`${code}: a refusal`, ['TCP_REFUSED'], { string, hops: [refused] }),
    row(`${code}: silence of one address, and hello from another`, ['TCP_TIMEOUT_ONE_ZONE'], {
      string,
      hops: [silent(here1024), open(there1024), passes('hello', there1024, ['role', 'primary'])],
    }),
  ]),
];

// ---------------------------------------------------------------- where it leads

/** A network ACL keeps everybody out of the first subnet. */
const shut = aws({
  subnets: [{ zone: 'a', privateIp: '10.0.20.54', acl: [acl(1, false, '0.0.0.0/0')] }, { zone: 'b' }],
});

const twoStrings = atlas({ cluster: cluster0(stringsThrough(own.id, other.id)), endpoints: [own, other] });
const toOther = resolved(['10.0.20.54'], other.id);
const elsewhere = (...routes: readonly (readonly [destination: string, target: string, state?: string])[]): Parts => ({
  atlas: atlas({ endpoints: [own, other] }),
  cloud: {
    aws: [aws()],
    client: client({
      ...{ vpcId: 'vpc-2', endpointIds: [other.id], address: '10.9.0.7' },
      routes: routes.map(([destination, target, state = 'active']) => ({ destination, target, state })),
    }),
  },
});
const local = ['10.9.0.0/16', 'local'] as const;
const throughBoth: Parameters<typeof cluster0>[0] = {
  strings: {
    privateEndpoint: [
      {
        type: 'MONGOD',
        srv: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
        endpoints: [own, other].map(({ id }) => ({ endpointId: id, provider: 'AWS', region: 'US_EAST_1' })),
      },
    ],
  },
};
const azureOwn = azureEndpoint('azure-own', '10.20.1.5');
const azure = (...more: readonly ReturnType<typeof azureEndpoint>[]): Parts['atlas'] =>
  atlas({ cluster: cluster0(stringsThrough(azureOwn.id)), endpoints: [azureOwn, ...more] });
const inCloud = (endpointId: string, ...addresses: readonly string[]): Parts['cloud'] => ({
  addresses: [{ endpointId, addresses }],
});
const silentAzure = silent('10.20.1.5:1024');
const stranger = fails('tls', here1024, 'not-tls');

const otherEndpoints: readonly Row[] = [
  ...[silent(here1024), unreachable, refused, fails('hello', here1024, 'public-hosts')].map((shows) =>
    row(
      `the CNAME leads to another endpoint: ${shows.hop} ${String(shows.facts[0]?.value)}`,
      ['STRING_OTHER_ENDPOINT'],
      {
        atlas: twoStrings,
        hops: [...toOther, shows],
        subject: other.id,
        parameters: { expected: own.id },
      },
    ),
  ),
  row('the CNAME leads to another endpoint, and nothing fails', [], {
    atlas: twoStrings,
    hops: [...toOther, open(here1024)],
  }),
  row(
    'the CNAME leads to another endpoint, and the cluster answers on one of its addresses',
    ['TCP_TIMEOUT_ONE_ZONE'],
    {
      atlas: twoStrings,
      hops: [...toOther, silent(there1024), open(here1024), primary],
    },
  ),
  row('the CNAME leads to another endpoint, whose addresses are those of the machine’s own VPC', ['ADDRESS_OVERLAP'], {
    atlas: twoStrings,
    cloud: {
      aws: [aws({ endpoint: { id: other.id } })],
      client: client({ vpcId: 'vpc-2', routes: [{ destination: '10.0.0.0/16', target: 'local', state: 'active' }] }),
    },
    hops: [...toOther, silent(here1024)],
  }),
  row('the CNAME leads to the endpoint of the string', ['TCP_TIMEOUT_ALL'], {
    atlas: twoStrings,
    hops: [...resolved(['10.0.20.54'], own.id), silent(here1024)],
  }),
  row('the CNAME leads somewhere, and Atlas has no string for it', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas({ cluster: cluster0(stringsThrough()), endpoints: [own, other] }),
    hops: [...toOther, silent(here1024)],
  }),
  row('the CNAME leads to one of two endpoints of the string', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas({ cluster: cluster0(throughBoth), endpoints: [own, other] }),
    hops: [...toOther, silent(here1024)],
  }),
  row('DNS gives an address that neither the endpoint nor another has', ['ADDRESS_WRONG'], {
    atlas: azure(azureEndpoint('azure-other', '10.20.1.9')),
    hops: [...resolved(['10.20.1.77']), silent('10.20.1.77:1024')],
  }),
  row('DNS gives one of the addresses that another endpoint has', ['STRING_OTHER_ENDPOINT'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough(azureOwn.id)),
      endpoints: [azureOwn, gcpEndpoint('group-1', '10.30.1.5', '10.30.1.6')],
    }),
    hops: [...resolved(['10.30.1.6']), silent('10.30.1.6:1024')],
    subject: 'group-1',
  }),
  row('another endpoint is not in the account, or lets nobody in', ['STRING_OTHER_ENDPOINT'], {
    atlas: twoStrings,
    cloud: {
      aws: [awsWithoutEndpoint, { ...shut, securityGroups: [group('sg-endpoint', [])] }],
    },
    hops: [...toOther, silent(here1024)],
  }),
  row('DNS gives the address that another endpoint has', ['STRING_OTHER_ENDPOINT'], {
    atlas: azure(azureEndpoint('azure-other', '10.20.1.9')),
    hops: [...resolved(['10.20.1.9']), silent('10.20.1.9:1024')],
    subject: 'azure-other',
    parameters: { expected: 'azure-own' },
  }),

  // ---- networks
  row('the endpoint is in another VPC, and no route leads there', ['STRING_OTHER_ENDPOINT'], {
    ...elsewhere(local),
    hops: [silent(here1024)],
    subject: own.id,
    parameters: { expected: other.id, vpc: 'vpc-1', clientVpc: 'vpc-2' },
  }),
  ...(['igw-1', 'eigw-1', 'nat-1'] as const).map((target) =>
    row(`the endpoint is in another VPC, and only the internet is left: ${target}`, ['STRING_OTHER_ENDPOINT'], {
      ...elsewhere(local, ['0.0.0.0/0', target]),
      hops: [silent(here1024)],
    }),
  ),
  row('the endpoint is in another VPC, and the route to it leads nowhere any more', ['STRING_OTHER_ENDPOINT'], {
    ...elsewhere(local, ['10.0.0.0/16', 'pcx-1', 'blackhole']),
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC, beside a gateway endpoint for Amazon S3', ['STRING_OTHER_ENDPOINT'], {
    ...elsewhere(local, ['pl-63a5400a', 'vpce-s3']),
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC, with a route to a list that nobody knows', ['TCP_TIMEOUT_ALL'], {
    ...elsewhere(local, ['pl-0123456789', 'tgw-1']),
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC that is peered', ['TCP_TIMEOUT_ALL'], {
    ...elsewhere(local, ['0.0.0.0/0', 'igw-1'], ['10.0.0.0/16', 'pcx-1']),
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC that all is routed to', ['TCP_TIMEOUT_ALL'], {
    ...elsewhere(local, ['0.0.0.0/0', 'tgw-1']),
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC, and the routes are not known', ['TCP_TIMEOUT_ALL'], {
    ...elsewhere(),
    hops: [silent(here1024)],
  }),
  row('an endpoint in another VPC that the string does not lead to', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    cloud: { ...elsewhere(local).cloud, aws: [aws({ endpoint: { id: 'vpce-third' } })] },
    hops: [silent(here1024)],
  }),
  row('the endpoint is in another VPC and has no address yet', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    cloud: { ...elsewhere(local).cloud, aws: [aws({ subnets: [{ zone: 'a' }, { zone: 'b' }] })] },
    hops: [silent(here1024)],
  }),
  row('the endpoint is in the VPC of the machine, whose routes know only others', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    cloud: {
      aws: [aws()],
      client: client({ routes: [{ destination: '10.9.0.0/16', target: 'local', state: 'active' }] }),
    },
    hops: [silent(here1024)],
  }),
];

const addresses: readonly Row[] = [
  ...[silentAzure, fails('tcp', '10.20.1.5:1024', 'refused'), fails('tcp', '10.20.1.5:1024', 'unreachable')].map(
    (shows) =>
      row(`another address than the endpoint’s is registered: ${String(shows.facts[0]?.value)}`, ['ADDRESS_WRONG'], {
        atlas: azure(),
        cloud: inCloud(azureOwn.id, '10.20.1.9'),
        hops: [shows],
        subject: azureOwn.id,
        parameters: { addresses: '10.20.1.5', expected: '10.20.1.9' },
      }),
  ),
  row('another address is registered, and a stranger answers there', ['ADDRESS_WRONG'], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id, '10.20.1.9'),
    hops: [fails('tls', '10.20.1.5:1024', 'not-tls')],
  }),
  row('another address is registered and is what DNS gives', ['ADDRESS_WRONG'], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id, '10.20.1.9'),
    hops: [...resolved(['10.20.1.5']), silentAzure],
  }),
  row('another address is registered, and the cluster answers', ['TCP_TIMEOUT_ONE_ZONE'], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id, '10.20.1.9'),
    hops: [silent(there1024), open(here1024), primary],
  }),
  row('another address is registered, and nothing fails', [], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id, '10.20.1.9'),
    hops: [open('10.20.1.5:1024')],
  }),
  row('the endpoint’s own address is registered', ['TCP_TIMEOUT_ALL'], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id, '10.20.1.5'),
    hops: [silentAzure],
    parameters: {},
  }),
  row('nobody but Atlas knows the endpoint’s address, on Azure', ['TCP_TIMEOUT_ALL'], {
    atlas: azure(),
    hops: [...resolved(['10.20.1.5']), silentAzure],
    parameters: { cloud: 'Azure' },
  }),
  row('nobody but Atlas knows the endpoint’s addresses, on Google Cloud', ['ADDRESS_UNROUTABLE'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough('group-1')),
      endpoints: [gcpEndpoint('group-1', '10.30.1.5', '10.30.1.6')],
    }),
    hops: [fails('tcp', '10.30.1.6:1024', 'unreachable')],
    parameters: { cloud: 'Google Cloud' },
  }),
  row('nobody but Atlas knows the endpoint’s address, and another is silent', ['TCP_TIMEOUT_ALL'], {
    atlas: azure(),
    hops: [silent(here1024)],
    parameters: {},
  }),
  row('nobody has asked AWS, where no address is registered', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    hops: [...resolved(['10.0.20.54']), silent(here1024)],
    parameters: {},
  }),
  row('nobody knows the endpoint’s address', ['TCP_TIMEOUT_ALL'], {
    atlas: azure(),
    cloud: inCloud(azureOwn.id),
    hops: [silentAzure],
  }),
  row('one of the addresses on Google Cloud is another', ['ADDRESS_WRONG'], {
    atlas: atlas({
      cluster: cluster0(stringsThrough('group-1')),
      endpoints: [gcpEndpoint('group-1', '10.30.1.5', '10.30.1.6')],
    }),
    cloud: inCloud('group-1', '10.30.1.5', '10.30.1.7'),
    hops: [silent('10.30.1.6:27017')],
    parameters: { addresses: '10.30.1.6', expected: '10.30.1.5, 10.30.1.7' },
  }),
  row('nothing is registered by address on AWS', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    cloud: inCloud(own.id, '10.0.30.194'),
    hops: [silent(here1024)],
  }),

  // ---- by DNS
  ...(
    [
      ['Azure', azure(), undefined, '10.20.1.5'],
      [
        'Google Cloud',
        atlas({ cluster: cluster0(stringsThrough('g')), endpoints: [gcpEndpoint('g', '10.30.1.5')] }),
        undefined,
        '10.30.1.5',
      ],
      ['AWS', atlas(), inCloud(own.id, '10.0.20.54', '10.0.30.194'), '10.0.20.54, 10.0.30.194'],
    ] as const
  ).flatMap(([name, found, cloud, expected]) => {
    const parts = { atlas: found, ...(cloud === undefined ? {} : { cloud }) };
    return [
      ...(['timeout', 'unreachable', 'refused'] as const).map((failure) =>
        row(`DNS gives another address than the endpoint’s on ${name}: ${failure}`, ['ADDRESS_WRONG'], {
          ...parts,
          hops: [...resolved(['10.255.255.254']), fails('tcp', '10.255.255.254:1024', failure)],
          subject: host,
          parameters: { addresses: '10.255.255.254', expected, answeredBy: '10.0.0.2:53' },
        }),
      ),
      row(`DNS gives another address on ${name}, where a stranger answers`, ['ADDRESS_WRONG'], {
        ...parts,
        hops: [...resolved(['10.255.255.254']), fails('tls', '10.255.255.254:1024', 'not-tls')],
      }),
      row(`DNS gives another address on ${name}, and the cluster answers there`, ['TCP_TIMEOUT_ONE_ZONE'], {
        ...parts,
        hops: [...resolved(['10.255.255.254']), silent(there1024), open(here1024), primary],
      }),
      row(`DNS gives another address on ${name}, and nothing fails`, [], {
        ...parts,
        hops: [...resolved(['10.255.255.254']), open('10.255.255.254:1024')],
      }),
      row(`DNS gives the endpoint’s address on ${name}`, ['TCP_TIMEOUT_ALL'], {
        ...parts,
        hops: [...resolved([expected.split(', ')[0] ?? '']), silent(here1024)],
      }),
    ];
  }),
  row('DNS gives some address, and AWS was not asked', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas(),
    hops: [...resolved(['10.255.255.254']), silent('10.255.255.254:1024')],
  }),
  row('DNS gives some address, and the address of one endpoint of the string is not known', ['TCP_TIMEOUT_ALL'], {
    atlas: atlas({
      cluster: cluster0({
        strings: {
          privateEndpoint: [
            {
              type: 'MONGOD',
              srv: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
              endpoints: [own, azureOwn].map(({ id, provider }) => ({ endpointId: id, provider, region: 'x' })),
            },
          ],
        },
      }),
      endpoints: [own, azureOwn],
    }),
    hops: [...resolved(['10.255.255.254']), silent('10.255.255.254:1024')],
  }),
  row('DNS gives an IPv6 address beside the endpoint’s', ['TCP_TIMEOUT_ALL'], {
    atlas: azure(),
    hops: [...resolved(['10.20.1.5', 'fd00::5']), silentAzure],
  }),
  ...(
    [
      ['public-address', 'ADDRESS_PUBLIC'],
      ['blocked-address', 'ADDRESS_BLOCKED'],
    ] as const
  ).map(([failure, code]) =>
    row(`DNS gives a ${failure}`, [code], {
      atlas: azure(),
      hops: [fails('addresses', host, failure, ['address', '198.51.100.7']), silent('198.51.100.7:1024')],
    }),
  ),
];

const overlapping = ['10.0.0.0/16', 'local'] as const;

const overlaps: readonly Row[] = [
  ...[
    stranger,
    unreachable,
    fails('hello', here1024, 'unreadable'),
    fails('tls', here1024, 'wrong-name', ['certificateNames', 'printer.example.net']),
    fails('tls', here1024, 'untrusted', ['certificateNames', 'printer.example.net']),
  ].map((shows) =>
    row(
      `the machine’s own network holds the address: ${shows.hop} ${String(shows.facts[0]?.value)}`,
      ['ADDRESS_OVERLAP'],
      {
        context: ownNetwork,
        hops: [shows],
        subject: '10.0.20.54',
        parameters: { network: '10.0.20.9/24' },
      },
    ),
  ),
  row('the machine’s own network holds the address, and the certificate is Atlas’s', ['TLS_NAME'], {
    context: ownNetwork,
    hops: [fails('tls', here1024, 'wrong-name', ['certificateNames', '*.zz9zz.mongodb.net'])],
  }),
  row(
    'the machine’s own network holds the address, and the certificate is that of Atlas for Government',
    ['TLS_NAME'],
    {
      context: ownNetwork,
      hops: [fails('tls', here1024, 'wrong-name', ['certificateNames', '*.zz9zz.mongodbgov.net'])],
    },
  ),
  row('the machine’s own network holds the address, and the certificate names nobody', ['TLS_INTERCEPTED'], {
    context: ownNetwork,
    hops: [fails('tls', here1024, 'untrusted')],
  }),
  row('the machine’s own network holds the address that refuses', ['TCP_REFUSED'], {
    context: ownNetwork,
    hops: [refused],
  }),
  row('another network of the machine', ['NOT_TLS'], {
    context: { clientAddresses: ['172.20.0.3/16'] },
    hops: [stranger],
  }),
  row('the machine has the address alone', ['NOT_TLS'], {
    context: { clientAddresses: ['10.0.20.54/32', '10.0.20.54'] },
    hops: [stranger],
  }),
  row('nobody knows the machine’s addresses', ['NOT_TLS'], { hops: [stranger] }),
  row('the machine’s own network holds the address, and the string is a public one', ['NOT_TLS'], {
    context: ownNetwork,
    string: publicString,
    hops: [stranger],
  }),
  row('the machine’s own network holds the address, and the cluster answers beside the stranger', ['NOT_TLS'], {
    context: ownNetwork,
    hops: [stranger, passes('hello', there1024, ['role', 'primary'])],
  }),
  row('the machine is in the VPC of the endpoint', ['NOT_TLS'], {
    context: ownNetwork,
    cloud: { aws: [aws()], client: client() },
    hops: [stranger],
  }),
  row('the machine’s own network holds the address that DNS gives wrongly', ['ADDRESS_WRONG'], {
    context: ownNetwork,
    atlas: atlas(),
    cloud: inCloud(own.id, '10.0.30.194'),
    hops: [...resolved(['10.0.20.54']), stranger],
  }),
  ...[silent(here1024), refused].map((shows) =>
    row(
      `the machine’s VPC has the addresses of the endpoint’s: ${String(shows.facts[0]?.value)}`,
      ['ADDRESS_OVERLAP'],
      {
        ...elsewhere(overlapping),
        hops: [shows],
        parameters: { network: '10.0.0.0/16 (vpc-2)' },
      },
    ),
  ),
  row('the machine’s VPC has the addresses of the endpoint’s, and nothing fails', [], {
    ...elsewhere(overlapping),
    hops: [open(here1024)],
  }),
  row(
    'the machine’s VPC has the addresses of the endpoint’s, and a more exact route leads there',
    ['TCP_TIMEOUT_ALL'],
    {
      ...elsewhere(overlapping, ['10.0.20.0/24', 'pcx-1']),
      hops: [silent(here1024)],
    },
  ),
  row('the machine’s VPC has the addresses of the endpoint’s, whose rules would keep out', ['ADDRESS_OVERLAP'], {
    atlas: atlas(),
    cloud: {
      ...elsewhere(overlapping).cloud,
      aws: [{ ...shut, securityGroups: [group('sg-endpoint', [])] }],
    },
    hops: [silent(here1024)],
  }),
];

// ---------------------------------------------------------------- AWS's rules

const inbound = (...rules: Parameters<typeof group>[1]): Parts => ({
  cloud: { aws: [aws({ securityGroups: [group('sg-endpoint', rules)] })] },
});
const outbound = (...rules: Parameters<typeof group>[1]): Parts => ({
  cloud: { aws: [aws()], client: client({ securityGroups: [group('sg-client', [], rules)] }) },
});
const inboundFor = (parts: Parts): Parts => ({ cloud: { ...parts.cloud, client: client() } });
const entries = (...list: readonly ReturnType<typeof acl>[]): Parts => ({
  cloud: {
    aws: [
      aws({
        subnets: [
          { zone: 'us-east-1a', privateIp: '10.0.20.54', acl: [...list] },
          { zone: 'us-east-1b', privateIp: '10.0.30.194' },
        ],
      }),
    ],
  },
});
const https = { fromPort: 443, toPort: 443, protocol: 'tcp' } as const;

const awsRules: readonly Row[] = [
  row('the groups of the endpoint let nobody in', ['SG_INBOUND'], {
    ...inbound(rule(['10.0.0.0/16'], https)),
    hops: [silent(here1024), silent(there1024)],
    subject: own.id,
    parameters: { groups: 'sg-endpoint', ports: '1024' },
  }),
  row('the groups of the endpoint have no rule', ['SG_INBOUND'], { ...inbound(), hops: [silent(here1024)] }),
  row('the groups of the endpoint let in UDP', ['SG_INBOUND'], {
    ...inbound(rule(['10.0.0.0/16'], { protocol: 'udp' })),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in one port of two', ['SG_INBOUND'], {
    ...inbound(rule(['10.0.0.0/16'], { toPort: 1024 })),
    hops: [open(here1024), silent(here1025)],
    parameters: { groups: 'sg-endpoint', ports: '1025' },
  }),
  row('the groups of the endpoint let in others than the machine', ['SG_INBOUND'], {
    ...inboundFor(inbound(rule(['10.9.0.0/16']))),
    hops: [silent(here1024)],
    parameters: { groups: 'sg-endpoint', ports: '1024', client: '10.0.30.10' },
  }),
  row('the groups of the endpoint let in somebody, and nobody knows the machine', ['TCP_TIMEOUT_ALL'], {
    ...inbound(rule(['10.9.0.0/16'])),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in a group, and nobody knows the machine', ['TCP_TIMEOUT_ALL'], {
    ...inbound(rule([], { groupIds: ['sg-client'] })),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in the group of the machine', ['TCP_TIMEOUT_ALL'], {
    ...inboundFor(inbound(rule([], { groupIds: ['sg-client'] }))),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in another group than that of the machine', ['SG_INBOUND'], {
    ...inboundFor(inbound(rule([], { groupIds: ['sg-others'] }))),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in the address of the machine', ['TCP_TIMEOUT_ALL'], {
    ...inboundFor(inbound(rule(['10.0.30.10/32']))),
    hops: [silent(here1024)],
  }),
  row('one of the groups of the endpoint lets the machine in', ['TCP_TIMEOUT_ALL'], {
    cloud: { aws: [aws({ securityGroups: [group('sg-1', []), group('sg-2', [rule(['10.0.0.0/16'])])] })] },
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let in a list that nobody knows', ['TCP_TIMEOUT_ALL'], {
    ...inbound(rule([], { prefixListIds: ['pl-1'] })),
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint could not be read', ['TCP_TIMEOUT_ALL'], {
    cloud: { aws: [aws({ securityGroups: [] })] },
    hops: [silent(here1024)],
  }),
  row('the groups of the endpoint let nobody in, and what is silent is elsewhere', ['TCP_TIMEOUT_ALL'], {
    ...inbound(),
    hops: [silent('10.7.7.7:1024')],
  }),
  row('the groups of the endpoint let nobody in, and the port refuses', ['TCP_REFUSED'], {
    ...inbound(),
    hops: [refused],
  }),
  row('groups and subnets of no endpoint', ['ENDPOINT_NOT_IN_ACCOUNT', 'TCP_TIMEOUT_ALL'], {
    cloud: { aws: [{ ...awsWithoutEndpoint, securityGroups: [group('sg', [])], subnets: shut.subnets }] },
    hops: [silent(here1024)],
  }),
  row(
    'the groups of the endpoint keep out one address, and the other is silent for another reason',
    ['SG_INBOUND', 'TCP_TIMEOUT_ONE_ZONE'],
    {
      ...inbound(rule(['10.0.0.0/16'], { fromPort: 1025 })),
      hops: [silent(here1024), silent(here1025), open(there1024)],
    },
  ),

  row('the groups of the machine let nothing out', ['SG_OUTBOUND'], {
    ...outbound(rule(['0.0.0.0/0'], https)),
    hops: [silent(here1024), silent(there1024)],
    subject: `${here1024}, ${there1024}`,
    parameters: { groups: 'sg-client' },
  }),
  row('the groups of the machine let out UDP', ['SG_OUTBOUND'], {
    ...outbound(rule(['0.0.0.0/0'], { protocol: 'udp' })),
    hops: [silent(here1024)],
  }),
  row('the groups of the machine let it out to one zone', ['SG_OUTBOUND'], {
    ...outbound(rule(['10.0.20.0/24'])),
    hops: [open(here1024), silent(there1024)],
    subject: there1024,
  }),
  row('the groups of the machine let it out to one port', ['SG_OUTBOUND'], {
    ...outbound(rule(['0.0.0.0/0'], { toPort: 1024 })),
    hops: [open(here1024), silent(here1025)],
    subject: here1025,
  }),
  row('the groups of the machine let it out to one of two silent ports', ['SG_OUTBOUND'], {
    ...outbound(rule(['0.0.0.0/0'], { toPort: 1024 })),
    hops: [silent(here1024), silent(here1025)],
    subject: here1025,
  }),
  row('the groups of the machine let it out', ['TCP_TIMEOUT_ALL'], {
    ...outbound(rule(['10.0.0.0/16'])),
    hops: [silent(here1024)],
  }),
  row('the groups of the machine let it out to the group of the endpoint', ['TCP_TIMEOUT_ALL'], {
    ...outbound(rule([], { groupIds: ['sg-endpoint'] })),
    hops: [silent(here1024)],
  }),
  row('the groups of the machine let it out to another group than that of the endpoint', ['SG_OUTBOUND'], {
    ...outbound(rule([], { groupIds: ['sg-others'] })),
    hops: [silent(here1024)],
  }),
  row('one of the groups of the machine lets it out', ['TCP_TIMEOUT_ALL'], {
    cloud: {
      client: client({ securityGroups: [group('sg-1', [], []), group('sg-2', [], [rule(['0.0.0.0/0'])])] }),
    },
    hops: [silent(here1024)],
  }),
  row('the groups of the machine let it in only', ['SG_OUTBOUND'], {
    cloud: { client: client({ securityGroups: [group('sg-client', [rule(['0.0.0.0/0'])])] }) },
    hops: [silent(here1024)],
  }),
  row('the groups of the machine let it out to a list that nobody knows', ['TCP_TIMEOUT_ALL'], {
    ...outbound(rule([], { prefixListIds: ['pl-1'] })),
    hops: [silent(here1024)],
  }),
  row('the groups of the machine could not be read', ['TCP_TIMEOUT_ALL'], {
    cloud: { aws: [aws()], client: client({ securityGroups: [] }) },
    hops: [silent(here1024)],
  }),
  row('nobody knows the machine', ['TCP_TIMEOUT_ALL'], { cloud: { aws: [aws()] }, hops: [silent(here1024)] }),
  ...[refused, unreachable].map((shows) =>
    row(
      `the groups of the machine let nothing out, and something answers: ${String(shows.facts[0]?.value)}`,
      [shows === refused ? 'TCP_REFUSED' : 'ADDRESS_UNROUTABLE'],
      { ...outbound(), hops: [shows] },
    ),
  ),

  row('the network ACL lets nobody in', ['NACL'], {
    ...entries(acl(100, true, '0.0.0.0/0', https), acl(32767, false, '0.0.0.0/0')),
    hops: [silent(here1024)],
    subject: 'subnet-0',
    parameters: { acl: 'acl-1', ports: '1024' },
  }),
  row('the network ACL of one zone lets nobody in', ['NACL'], {
    ...entries(acl(32767, false, '0.0.0.0/0')),
    hops: [silent(here1024), open(there1024)],
  }),
  row('the network ACL lets in one port of two', ['NACL'], {
    ...entries(acl(1, true, '0.0.0.0/0', { fromPort: 1024, toPort: 1024, protocol: '6' })),
    hops: [open(here1024), silent(here1025)],
    parameters: { acl: 'acl-1', ports: '1025' },
  }),
  row('the network ACL lets in others than the machine', ['NACL'], {
    cloud: { ...entries(acl(1, true, '10.9.0.0/16')).cloud, client: client() },
    hops: [silent(here1024)],
  }),
  row('the network ACL lets in the machine', ['TCP_TIMEOUT_ALL'], {
    cloud: { ...entries(acl(1, true, '10.0.30.0/24')).cloud, client: client() },
    hops: [silent(here1024)],
  }),
  row('the network ACL lets in somebody, and nobody knows the machine', ['TCP_TIMEOUT_ALL'], {
    ...entries(acl(1, true, '10.9.0.0/16')),
    hops: [silent(here1024)],
  }),
  row('the network ACL lets all out, and nobody in', ['NACL'], {
    ...entries(acl(1, true, '0.0.0.0/0', { outbound: true }), acl(2, false, '0.0.0.0/0')),
    hops: [silent(here1024)],
  }),
  row('the network ACL could not be read', ['TCP_TIMEOUT_ALL'], { ...entries(), hops: [silent(here1024)] }),
  row('the network ACL of the other zone lets nobody in', ['TCP_TIMEOUT_ONE_ZONE'], {
    ...entries(acl(1, false, '0.0.0.0/0')),
    hops: [open(here1024), silent(there1024)],
  }),
  row('the network ACL of a subnet in which the endpoint has no address', ['TCP_TIMEOUT_ALL'], {
    cloud: { aws: [aws({ subnets: [{ zone: 'a', acl: [acl(1, false, '0.0.0.0/0')] }, { zone: 'b' }] })] },
    hops: [silent(here1024)],
  }),
  row('the network ACL lets nobody in, and the port refuses', ['TCP_REFUSED'], {
    ...entries(acl(1, false, '0.0.0.0/0')),
    hops: [refused],
  }),
];

const noDns = (support: boolean): Parts => ({ cloud: { aws: [aws({ vpcDns: { support, hostnames: true } })] } });

const beside: readonly Row[] = [
  ...(['srv', 'addresses'] as const).flatMap((hop) => [
    ...(['dns-timeout', 'dns-unreachable', 'dns-refused', 'dns-servfail'] as const).map((failure) =>
      row(`the VPC resolves no names: ${hop} ${failure}`, ['VPC_DNS_OFF'], {
        ...noDns(false),
        hops: [fails(hop, host, failure)],
        subject: 'vpc-1',
      }),
    ),
    row(`the VPC resolves no names, and a server answers garbage: ${hop}`, ['DNS_GARBAGE'], {
      ...noDns(false),
      hops: [fails(hop, host, 'dns-garbage')],
    }),
  ]),
  row('the VPC resolves names', ['RESOLVER_UNREACHABLE'], {
    ...noDns(true),
    hops: [fails('srv', host, 'dns-timeout')],
  }),
  row('whether the VPC resolves names could not be read', ['RESOLVER_UNREACHABLE'], {
    cloud: { aws: [aws()] },
    hops: [fails('srv', host, 'dns-timeout')],
  }),
  row('the VPC resolves no names, and all is well', [], { ...noDns(false), hops: [primary] }),

  row('too many addressable targets', ['TARGETS_EXCEEDED'], {
    atlas: atlas({ addressableTargets: [{ provider: 'AWS', region: 'US_EAST_1', count: 51 }] }),
    hops: [primary],
    subject: 'AWS US_EAST_1',
    parameters: { count: '51', limit: '50' },
  }),
  row('as many addressable targets as there may be', [], {
    atlas: atlas({ addressableTargets: [{ provider: 'AWS', region: 'US_EAST_1', count: 50 }] }),
    hops: [primary],
  }),
  row('many addressable targets on Azure, where the seed has no limit', [], {
    atlas: atlas({ addressableTargets: [{ provider: 'AZURE', region: 'US_EAST_2', count: 51 }] }),
    hops: [primary],
  }),
  row('one zone', ['ONE_ZONE'], {
    cloud: { aws: [aws({ subnets: [{ zone: 'us-east-1a' }, { zone: 'us-east-1a' }] })] },
    hops: [primary],
    parameters: { zone: 'us-east-1a' },
  }),
  row('two zones', [], { cloud: { aws: [aws()] }, hops: [primary] }),
  row('one zone of an endpoint that is not there yet', [], {
    cloud: { aws: [aws({ endpoint: { state: 'pending' }, subnets: [{ zone: 'us-east-1a' }] })] },
    hops: [primary],
  }),
];

export const rowsBesideThePath: readonly Row[] = [
  ...[deployments, services, endpoints, strings],
  ...[otherEndpoints, addresses, overlaps, awsRules, beside],
].flat();
