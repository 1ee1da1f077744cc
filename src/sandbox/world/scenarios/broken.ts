import {
  addCluster,
  addEndpoint,
  addOrganization,
  addProject,
  addService,
  addVpcEndpoint,
  azureEndpointId,
  longAgo,
  region,
} from '../build';
import type { NetworkFault } from '../../network/faults';
import { always } from '../lifecycle';
import type { AwsSecurityGroup, SandboxProject, SandboxService, Timeline, World } from '../world';
import type { SandboxNetwork, SandboxVpc } from './network';
import { addSandboxNetwork, addSandboxVpc } from './network';

interface Case {
  readonly world: World;
  readonly network: SandboxNetwork;
  readonly project: SandboxProject;
  /** A byte of its own for addresses. */
  readonly byte: number;
}

interface Healthy {
  /** Zones by number; both of the first two unless told otherwise. */
  readonly zones?: readonly number[];
  readonly group?: AwsSecurityGroup;
  /** The usual one unless told otherwise. */
  readonly place?: SandboxVpc;
  readonly awsState?: string;
  readonly timeline?: Timeline<string>;
  readonly service?: SandboxService;
}

/** An endpoint on AWS with its VPC endpoint; healthy but for what is given. */
function endpoint({ world, network, project, byte }: Case, more: Healthy = {}): SandboxService {
  const east = more.place ?? network.east;
  const service = more.service ?? addService(world, project, 'AWS', 'US_EAST_1');
  const zones = more.zones ?? [0, 1];
  const interfaces = east.subnets
    .filter((_, index) => zones.includes(index))
    .map((subnet) => ({ subnet, ip: subnet.cidr.replace(/\.0\/24$/, `.${byte}`) }));
  const groups = [more.group ?? east.endpointGroup];
  const { id } = addVpcEndpoint(world, east.place, east.vpc, service.cloudName, interfaces, groups, {
    name: project.name,
    timeline: always(more.awsState ?? 'available'),
  });
  addEndpoint(world, service, id, { timeline: more.timeline ?? [{ at: longAgo(world), status: 'AVAILABLE' }] });
  return service;
}

/** A healthy cluster behind a healthy endpoint whose nodes or names have a fault switched on. */
function faulty(fault: NetworkFault, cluster: Parameters<typeof addCluster>[3] = {}): (item: Case) => void {
  return (item) => {
    addCluster(item.world, item.project, 'Cluster0', cluster);
    endpoint(item);
    const { domainLabel } = item.project;
    const host = `pl-0-us-east-1.${domainLabel}.mongodb.net`;
    // By name, by seedlist and by address: each room looks at what it knows.
    item.world.faults.set(fault, true, host);
    item.world.faults.set(fault, true, `cluster0-pl-0.${domainLabel}.mongodb.net`);
    item.world.faults.set(fault, true, `_mongodb._tcp.cluster0-pl-0.${domainLabel}.mongodb.net`);
    item.world.faults.set(fault, true, `cluster0-pl-0-lb.${domainLabel}.mongodb.net`);
    item.world.faults.set(fault, true, `10.0.30.${item.byte}`);
    item.world.faults.set(fault, true, `10.0.20.${item.byte}`);
  };
}

function withService(timeline: string, errorMessage?: string): (item: Case) => void {
  return ({ world, project }) => {
    addCluster(world, project, 'Cluster0');
    addService(world, project, 'AWS', 'US_EAST_1', {
      timeline: always(timeline),
      ...(errorMessage === undefined ? {} : { errorMessage }),
    });
  };
}

function withEndpoint(status: string, awsState: string): (item: Case) => void {
  return (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { timeline: always(status), awsState });
  };
}

/** One project per failure, by the code that the diagnosis has for it. */
const cases: Readonly<Record<string, (item: Case) => void>> = {
  STRING_PORTS_PINNED: (item) => {
    addCluster(item.world, item.project, 'Cluster0', { portOffset: 16 });
    endpoint(item);
  },
  SERVICE_INITIATING: withService('INITIATING'),
  SERVICE_WAITING_FOR_USER: withService('WAITING_FOR_USER'),
  SERVICE_FAILED: withService('FAILED', 'A system failure has occurred.'),
  SERVICE_DELETING: withService('DELETING'),
  ENDPOINT_NOT_CONFIGURED: withEndpoint('NONE', 'pendingAcceptance'),
  ENDPOINT_PENDING_ACCEPTANCE: withEndpoint('PENDING_ACCEPTANCE', 'pendingAcceptance'),
  ENDPOINT_PENDING: withEndpoint('PENDING', 'pending'),
  ENDPOINT_FAILED: withEndpoint('REJECTED', 'rejected'),
  ENDPOINT_DELETING: withEndpoint('DELETING', 'deleting'),
  ENDPOINT_NO_DNS: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { zones: [] });
  },
  REGION_WITHOUT_ENDPOINT: (item) => {
    const regions = [region('AWS', 'US_EAST_1', 2), region('AWS', 'EU_WEST_1', 1, 6)];
    addCluster(item.world, item.project, 'Cluster0', { regions });
    endpoint(item);
  },
  TIER_UNSUPPORTED: ({ world, project }) => {
    addCluster(world, project, 'Free', { kind: 'shared', tier: 'M0' });
    addCluster(world, project, 'Flexible', { kind: 'flex', tier: 'FLEX' });
  },
  CLUSTER_PAUSED: (item) => {
    addCluster(item.world, item.project, 'Cluster0', { paused: true });
    endpoint(item);
  },
  CLUSTER_UPDATING: (item) => {
    addCluster(item.world, item.project, 'Cluster0', { state: always('UPDATING') });
    endpoint(item);
  },
  TARGETS_EXCEEDED: ({ world, project }) => {
    for (let number = 0; number < 18; number += 1) addCluster(world, project, `Cluster${number}`);
  },
  ONE_ZONE: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { zones: [0] });
  },
  SG_INBOUND: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { group: item.network.east.closedGroup });
  },
  TCP_TIMEOUT_SOME_PORTS: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { group: item.network.east.narrowGroup });
  },
  TCP_TIMEOUT_ONE_ZONE: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item);
    item.world.faults.set('tcp-drop', true, `10.0.20.${item.byte}`);
  },
  ADDRESS_WRONG: ({ world, project, byte }) => {
    addCluster(world, project, 'Cluster0', { regions: [region('AZURE', 'US_EAST_2')] });
    const service = addService(world, project, 'AZURE', 'US_EAST_2');
    const id = azureEndpointId('sandbox-wrong-address');
    addEndpoint(world, service, id, { addresses: [{ name: 'sandbox-wrong-address', ipAddress: `10.20.9.${byte}` }] });
    world.faults.set('tcp-unreachable', true, `10.20.9.${byte}`);
  },
  STRING_OTHER_ENDPOINT: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    // The first string is that of another network; the second one is of the endpoint here.
    const place = addSandboxVpc(item.world, 'us-east-1', 8, 'sandbox-far', true);
    const service = endpoint(item, { place });
    endpoint(item, { service });
  },
  ADDRESS_OVERLAP: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item, { place: addSandboxVpc(item.world, 'us-east-1', 0, 'sandbox-overlapping', true) });
  },
  TCP_TIMEOUT_ALL: faulty('tcp-drop'),
  TCP_REFUSED: faulty('tcp-refuse'),
  ADDRESS_UNROUTABLE: faulty('tcp-unreachable'),
  RESOLVER_NO_SRV: faulty('dns-no-srv'),
  SRV_NXDOMAIN: faulty('dns-nxdomain'),
  SRV_FOREIGN_DOMAIN: faulty('dns-foreign-target'),
  CNAME_LOOP: faulty('dns-cname-loop'),
  TARGET_NO_ADDRESS: faulty('dns-strip-private'),
  ADDRESS_PUBLIC: faulty('dns-public-address'),
  TLS_EXPIRED: faulty('tls-expired'),
  TLS_NAME: faulty('tls-wrong-name'),
  TLS_INTERCEPTED: faulty('tls-unknown-issuer'),
  TLS_STALL: faulty('tls-stall'),
  NOT_TLS: faulty('not-tls-http'),
  HELLO_WRONG_SET: faulty('hello-wrong-set'),
  HELLO_PUBLIC_HOSTS: faulty('hello-public-hosts'),
  NO_PRIMARY: faulty('no-primary'),
  SG_OUTBOUND: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    const place = addSandboxVpc(item.world, 'us-east-1', 7, 'sandbox-shut-in');
    endpoint(item, { place });
    item.world.faults.set('outbound-denied', true, place.vpc.id);
  },
  NACL: faulty('nacl-denies'),
  RESOLVER_UNREACHABLE: faulty('dns-silent'),
  RESOLVER_TRUNCATED: faulty('dns-truncated-no-tcp'),
  DNS_GARBAGE: faulty('dns-garbage'),
  TLS_CLOCK: faulty('tls-not-yet-valid'),
  HELLO_NOT_BALANCED: faulty('hello-not-balanced', { tier: 'M30', topology: 'SHARDED', shardCount: 2 }),
  AUTH_FAILED: faulty('auth-fails'),
  AUTH_NOT_ALLOWED: faulty('not-authorized'),
  RESOLVER_REFUSED: faulty('dns-refused'),
  SRV_TOO_MANY: faulty('dns-1000-srv'),
  TXT_INVALID: faulty('dns-txt-invalid'),
  SRV_INVALID: faulty('dns-port-zero'),
  RESOLVER_NO_TXT: faulty('dns-txt-fails'),
  TARGET_NXDOMAIN: (item) => {
    addCluster(item.world, item.project, 'Cluster0');
    endpoint(item);
    item.world.faults.set('dns-nxdomain', true, `pl-0-us-east-1.${item.project.domainLabel}.mongodb.net`);
  },
  ADDRESS_BLOCKED: faulty('dns-blocked-address'),
  TCP_RESET: faulty('tcp-reset'),
  TLS_CLOSED: faulty('tls-closes'),
  TLS_REFUSED: faulty('tls-refused'),
  HELLO_STALL: faulty('hello-stall'),
  HELLO_CLOSED: faulty('hello-closes'),
  HELLO_UNREADABLE: faulty('hello-garbage'),
  HELLO_REFUSED: faulty('hello-refused'),
  AUTH_TIMEOUT: faulty('auth-stalls'),
};

/** Every failure that has a project in this scenario. */
export const brokenCodes: readonly string[] = Object.keys(cases);

/** One project per failure, named after it. */
export function buildBroken(world: World): void {
  const network = addSandboxNetwork(world);
  const organization = addOrganization(world, 'broken-sandbox');
  let byte = 100;
  for (const [code, build] of Object.entries(cases)) {
    build({ world, network, byte, project: addProject(world, organization, `${code}-sandbox`) });
    byte += 1;
  }
}
