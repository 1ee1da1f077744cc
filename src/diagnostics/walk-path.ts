import type { SecureContext } from 'node:tls';
import { classify, type StringClass } from '../connection-string/classify';
import { isSocketPath, optionOf, type ConnectionString } from '../connection-string/parse';
import { usesTls } from '../connection-string/transport';
import type { Clock } from '../core/clock';
import { problem } from '../core/problem';
import { isOver } from './deadline';
import type { Asking } from './dns/ask';
import { bareName } from './dns/query';
import { resolveSeedList, type HostPort, type SeedListOptions } from './dns/seedlist';
import type { DnsServer } from './dns/servers';
import { facts } from './facts';
import type { SocksProxy } from './network/socks5';
import { reachNodes } from './reach-nodes';
import type { Recorder } from './recorder';
import { signInBesides, type LoadedDriver } from './sign-in-hop';
import type { SignIn } from './test-connection';

/** Everything that a test goes by. */
export interface Walk {
  readonly string: ConnectionString;
  readonly signIn: SignIn;
  readonly servers: readonly DnsServer[];
  readonly proxy: SocksProxy | undefined;
  /** Names are resolved beyond the proxy, not here. */
  readonly namesByProxy: boolean;
  readonly authorities: readonly string[] | undefined;
  readonly context: SecureContext;
  /** Absent when nobody signs in. */
  readonly driver: LoadedDriver | undefined;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly recorder: Recorder;
}

/** What string and seedlist say together: where to connect to and what to expect there. */
export interface Plan {
  readonly targets: readonly HostPort[];
  readonly kind: StringClass;
  readonly seedOptions: SeedListOptions;
  readonly tls: boolean;
  readonly replicaSet?: string;
  readonly loadBalanced: boolean;
}

const defaultPort = 27017;
/**
 * Part of the hop's time that a name lookup may take: the hops after it need theirs. Programs have more patience with a
 * slow server, of five seconds and longer; whoever has one gives the test more time.
 */
const lookupShare = 0.5;

/** Runs the hops in the order in which they depend on each other; hops of different hosts and ports side by side. */
export async function walkPath(walk: Walk): Promise<void> {
  const { string, recorder, signal } = walk;
  const kind = classify(string);
  const subject = string.hosts
    .map(({ host }) => host)
    .slice(0, 3)
    .join(', ');
  const sockets = string.hosts.some(({ host }) => isSocketPath(host));
  await recorder.hop('string', subject, () => ({
    facts: facts(
      ['scheme', string.scheme],
      ['network', kind.network],
      ['form', kind.form],
      ['tls', usesTls(string) ? 'on' : 'off'],
      ['database', string.database],
      ['authSource', optionOf(string, 'authSource')],
      ['replicaSet', optionOf(string, 'replicaSet')],
      ['directConnection', optionOf(string, 'directConnection')],
      ['readPreference', optionOf(string, 'readPreference')],
    ),
    ...(sockets ? { failure: 'socket-path' as const } : {}),
  }));
  if (sockets || isOver(signal)) return;
  const plan = await planOf(walk, kind);
  if (plan === undefined || isOver(signal)) return;
  const signing = signInBesides(walk, plan);
  await reachNodes(walk, plan, signing);
  await signing.finish();
}

export function askingOf({ servers, clock, timeoutMs, signal }: Walk): Asking {
  return { servers, clock, timeoutMs: timeoutMs * lookupShare, signal };
}

/** Whether names are those of this machine's programs: nobody named servers for the test, or a proxy to go through. */
export function asksSystem({ proxy, servers }: Walk): boolean {
  return proxy === undefined && servers.every(({ source }) => source !== 'route');
}

async function planOf(walk: Walk, kind: StringClass): Promise<Plan | undefined> {
  const { string, recorder } = walk;
  const tls = usesTls(string);
  if (string.scheme === 'mongodb') {
    const targets = string.hosts.map(({ host, port }) => ({ host: bareName(host), port: port ?? defaultPort }));
    return { kind, targets, tls, seedOptions: {}, ...expectations(string, {}) };
  }
  const name = bareName(string.hosts[0]?.host ?? '');
  const service = optionOf(string, 'srvServiceName') ?? 'mongodb';
  const seedList = await recorder.hop('srv', name, async () => {
    const found = await resolveSeedList(name, service, askingOf(walk));
    // The string alone is in order: the TXT record makes of it one that drivers refuse.
    if ('targets' in found && limitsHosts(string) && expectsOneSet(expectations(string, found.options))) {
      const reason = problem('STRING_MALFORMED', name, { reason: 'srv-max-hosts' });
      return { facts: found.facts, failure: 'malformed' as const, problem: reason };
    }
    return 'warning' in found ? { ...found, failure: found.warning, tolerable: true } : found;
  });
  if (!('targets' in seedList)) return undefined;
  const { targets, options } = seedList;
  return { kind, targets, tls, seedOptions: options, ...expectations(string, options) };
}

function limitsHosts(string: ConnectionString): boolean {
  return Number(optionOf(string, 'srvMaxHosts') ?? 0) > 0;
}

function expectsOneSet({ replicaSet, loadBalanced }: Pick<Plan, 'replicaSet' | 'loadBalanced'>): boolean {
  return replicaSet !== undefined || loadBalanced;
}

/** Options of the string come before those of the TXT record (initial DNS seedlist discovery specification). */
function expectations(
  string: ConnectionString,
  seedOptions: SeedListOptions,
): { readonly replicaSet?: string; readonly loadBalanced: boolean } {
  const replicaSet = optionOf(string, 'replicaSet') ?? seedOptions.replicaSet;
  const loadBalanced = (optionOf(string, 'loadBalanced') ?? seedOptions.loadBalanced) === 'true';
  return { loadBalanced, ...(replicaSet === undefined ? {} : { replicaSet }) };
}
