import type { AwsAclEntry, AwsClientEvidence, AwsEvidence, AwsRule, AwsVpcEndpoint } from '../../../src/core/cloud';
import type { Deployment } from '../../../src/core/deployment';
import type { AwsEndpoint, AzureEndpoint, Endpoint, EndpointService, GcpEndpoint } from '../../../src/core/endpoint';
import type { FailureKind, HopId } from '../../../src/core/hop';
import type { ProblemCode } from '../../../src/core/problem';
import type { HopResult, TestContext } from '../../../src/diagnostics/events';
import type { AtlasEvidence, CloudEvidence, Evidence } from '../../../src/diagnostics/evidence';
import { cluster, serviceWith } from '../core/project-facts';

/** What a test saw, made up, and every code of its verdict in order; where given, what the first problem is about. */
export interface Row {
  readonly says: string;
  readonly codes: readonly ProblemCode[];
  readonly subject?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** The raw facts behind it. */
  readonly told?: string;
  readonly hops: readonly HopResult[];
  readonly evidence: Evidence;
  readonly context: TestContext;
}

/** What a row has besides the private string of {@link privateString}; the string of the context is that one. */
interface RowParts extends Pick<Row, 'subject' | 'parameters' | 'told'> {
  readonly hops?: readonly HopResult[];
  readonly string?: HopResult;
  readonly atlas?: Partial<AtlasEvidence> | undefined;
  readonly cloud?: CloudEvidence | undefined;
  readonly context?: Partial<TestContext>;
}

const here: TestContext = {
  connectionString: 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net',
  where: { hostname: 'test', kind: 'local' },
  dnsServers: ['10.0.0.2:53'],
  startedAt: '2026-01-01T00:00:00.000Z',
};

export function row(says: string, codes: readonly ProblemCode[], parts: RowParts): Row {
  const { hops = [], string = privateString, atlas, cloud, context, ...first } = parts;
  return {
    says,
    codes,
    ...first,
    hops: [string, ...hops],
    context: { ...here, ...context },
    evidence: {
      ...(atlas === undefined
        ? {}
        : { atlas: { projectName: 'p', services: [], endpoints: [], addressableTargets: [], ...atlas } }),
      ...(cloud === undefined ? {} : { cloud }),
    },
  };
}

// ---------------------------------------------------------------- hops

type Facts = readonly (readonly [name: string, value: string])[];

function result(hop: HopId, subject: string, outcome: HopResult['outcome'], pairs: Facts): HopResult {
  return { hop, subject, outcome, durationMs: 1, facts: pairs.map(([name, value]) => ({ name, value })) };
}

export const passes = (hop: HopId, subject: string, ...pairs: Facts): HopResult =>
  result(hop, subject, 'passed', pairs);
export const fails = (hop: HopId, subject: string, failure: FailureKind, ...pairs: Facts): HopResult =>
  result(hop, subject, 'failed', [['failure', failure], ...pairs]);
export const warns = (hop: HopId, subject: string, failure: FailureKind, ...pairs: Facts): HopResult =>
  result(hop, subject, 'warned', [['failure', failure], ...pairs]);

export const host = 'pl-0-us-east-1.ab1cd.mongodb.net';
/** An address and port of {@link host}; both subnets of {@link aws} have one. */
export const [here1024, here1025, there1024] = ['10.0.20.54:1024', '10.0.20.54:1025', '10.0.30.194:1024'];
export const stringOf = (network: string, scheme = 'mongodb+srv', ...more: Facts): HopResult =>
  passes('string', 'cluster0', ['network', network], ['scheme', scheme], ['tls', 'on'], ...more);
export const privateString = stringOf('private-endpoint');
export const noName = fails('srv', 'cluster0-pl-0.ab1cd.mongodb.net', 'nxdomain');
export const node = (subject: string): Facts => [['node', `${host}:${subject.split(':')[1] ?? ''}`]];
export const silent = (subject: string): HopResult => fails('tcp', subject, 'timeout', ...node(subject));
export const open = (subject: string): HopResult => passes('tcp', subject, ...node(subject));
/** DNS gives addresses, by way of the name of an endpoint in AWS where there is one. */
export const resolved = (addresses: readonly string[], vpcEndpoint?: string): readonly HopResult[] => [
  passes('cname', host, ...(vpcEndpoint === undefined ? [] : [['vpcEndpoint', vpcEndpoint] as const])),
  passes('addresses', host, ['answeredBy', '10.0.0.2:53'], ...addresses.map((one) => ['address', one] as const)),
];
export const primary = passes('hello', here1024, ['role', 'primary']);

// ---------------------------------------------------------------- Atlas

/** `vpce-own` is the endpoint of the string, `vpce-other` one of another string. */
export const own = endpointAt('vpce-own');
export const other = endpointAt('vpce-other');

export function endpointAt(id: string, status = 'AVAILABLE', errorMessage?: string): AwsEndpoint {
  return { provider: 'AWS', ...endpointFields(id, 'service-AWS-US_EAST_1', status, errorMessage) };
}

export function azureEndpoint(id: string, ipAddress?: string): AzureEndpoint {
  const fields = endpointFields(id, 'service-AZURE-US_EAST_2', 'AVAILABLE');
  return { provider: 'AZURE', ...fields, ...(ipAddress === undefined ? {} : { ipAddress }) };
}

export function gcpEndpoint(id: string, ...addresses: readonly string[]): GcpEndpoint {
  return {
    ...{ provider: 'GCP', portMappingEnabled: true },
    ...endpointFields(id, 'service-GCP-US_EAST_4', 'AVAILABLE'),
    addresses: addresses.map((ipAddress) => ({ name: 'rule', ipAddress })),
  };
}

function endpointFields(
  id: string,
  serviceId: string,
  status: string,
  errorMessage?: string,
): Pick<AwsEndpoint, 'id' | 'serviceId' | 'projectId' | 'status' | 'errorMessage' | 'deleteRequested'> {
  const said = errorMessage === undefined ? {} : { errorMessage };
  return { id, serviceId, projectId: 'project', status, deleteRequested: false, ...said };
}

/** The strings that Atlas gives out for a cluster, each through one endpoint. */
export function stringsThrough(...endpointIds: readonly string[]): Pick<Deployment, 'strings'> {
  return {
    strings: {
      standardSrv: 'mongodb+srv://cluster0.ab1cd.mongodb.net',
      privateEndpoint: endpointIds.map((endpointId, index) => ({
        type: 'MONGOD',
        endpoints: [{ endpointId, provider: 'AWS', region: 'US_EAST_1' }],
        srv: `mongodb+srv://cluster0-pl-${index}.ab1cd.mongodb.net`,
        standard: `mongodb://pl-${index}-us-east-1.ab1cd.mongodb.net:1024,pl-${index}-us-east-1.ab1cd.mongodb.net:1025/?ssl=true`,
      })),
    },
  };
}

export const cluster0 = (changes: Partial<Deployment> = {}): Deployment =>
  cluster('Cluster0', { ...stringsThrough(own.id), ...changes });
export const awsService = (status = 'AVAILABLE', errorMessage?: string): EndpointService =>
  serviceWith('AWS', 'US_EAST_1', 1, { status, ...(errorMessage === undefined ? {} : { errorMessage }) });

/** A project in which all is well: one cluster, one service, one endpoint. */
export const atlas = (changes: Partial<AtlasEvidence> = {}): Partial<AtlasEvidence> => ({
  ...{ cluster: cluster0(), services: [awsService()], endpoints: [own] },
  ...changes,
});
export const atlasWith = (endpoint: Endpoint): Partial<AtlasEvidence> => atlas({ endpoints: [endpoint] });

// ---------------------------------------------------------------- AWS

export const rule = (cidrs: readonly string[], more: Partial<AwsRule> = {}): AwsRule => ({
  ...{ protocol: 'tcp', fromPort: 1024, toPort: 65535, groupIds: [], prefixListIds: [] },
  cidrs,
  ...more,
});
export const acl = (number: number, allow: boolean, cidr: string, more: Partial<AwsAclEntry> = {}): AwsAclEntry => ({
  ...{ number, allow, cidr, outbound: false, protocol: '-1' },
  ...more,
});
export const group = (
  id: string,
  inbound: readonly AwsRule[],
  outbound: readonly AwsRule[] = [],
): AwsEvidence['securityGroups'][number] => ({ id, name: id, vpcId: 'vpc-1', inbound, outbound });

interface AwsChanges extends Partial<Omit<AwsEvidence, 'endpoint' | 'subnets'>> {
  readonly endpoint?: Partial<AwsVpcEndpoint>;
  readonly subnets?: readonly { readonly zone: string; readonly privateIp?: string; readonly acl?: AwsAclEntry[] }[];
}

const twoZones = [
  { zone: 'us-east-1a', privateIp: '10.0.20.54' },
  { zone: 'us-east-1b', privateIp: '10.0.30.194' },
];

/** An interface endpoint in which all is well: two zones, every private address let in. */
export function aws({ endpoint, subnets = twoZones, ...more }: AwsChanges = {}): AwsEvidence {
  return {
    ...awsWithoutEndpoint,
    endpoint: {
      ...{ id: own.id, vpcId: 'vpc-1', serviceName: 'service', state: 'available', privateDnsEnabled: false, tags: {} },
      ...{ subnetIds: ['subnet-0', 'subnet-1'], securityGroupIds: ['sg-endpoint'] },
      ...{ networkInterfaceIds: [], dnsNames: [] },
      ...endpoint,
    },
    subnets: subnets.map(({ zone, privateIp, acl: aclEntries = [] }, index) => ({
      subnet: { id: `subnet-${index}`, vpcId: 'vpc-1', zone, cidr: '10.0.0.0/16' },
      ...(privateIp === undefined ? {} : { privateIp }),
      ...{ aclId: 'acl-1', aclEntries, routes: [] },
    })),
    securityGroups: [group('sg-endpoint', [rule(['10.0.0.0/8'])])],
    ...more,
  };
}

/** The account was asked and has no such endpoint. */
export const awsWithoutEndpoint: AwsEvidence = {
  identity: { accountId: '123456789012', arn: 'arn:aws:iam::123456789012:user/x' },
  ...{ region: 'us-east-1', subnets: [], securityGroups: [], notPermitted: [] },
};

/** A machine in the VPC of {@link aws} that may connect to everything. */
export function client(changes: Partial<AwsClientEvidence> = {}): AwsClientEvidence {
  return {
    ...{ region: 'us-east-1', address: '10.0.30.10', interfaceIds: ['eni-1'], vpcId: 'vpc-1' },
    securityGroups: [group('sg-client', [], [rule(['0.0.0.0/0'], { protocol: '-1' })])],
    ...{ endpointIds: [], routes: [], notPermitted: [] },
    ...changes,
  };
}
