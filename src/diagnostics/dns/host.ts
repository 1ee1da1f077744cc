import { lookup } from 'node:dns/promises';
import type { Answer } from 'dns-packet';
import ipaddr from 'ipaddr.js';
import type { Fact } from '../events';
import { facts } from '../facts';
import type { FailureKind } from '../../core/hop';
import { askAll, failureOfAnswers, resolverFacts, type Answers, type Asking } from './ask';
import { bareName, followCnames } from './query';

/** A host's way from its name to its addresses. */
export interface HostResult {
  /** The names that CNAME records lead through, without the host's own. */
  readonly chain: readonly string[];
  readonly addresses: readonly string[];
  /** The addresses are the operating system's, and DNS has others at the end of the chain. */
  readonly offChain?: boolean;
  readonly facts: readonly Fact[];
  /** Absent when there are addresses. */
  readonly failure?: FailureKind;
}

const longestChain = 16;
const mostAddresses = 16;

/**
 * Resolves a host over the wire (A and AAAA), and beside it as the operating system does it, where that is how this
 * machine's programs do it (`withSystem`): it knows VPNs, `hosts` files and split DNS. What the system says is what
 * programs connect to, and so does the test: DNS is told beside it where it has other addresses.
 */
export async function resolveHost(host: string, asking: Asking, withSystem: boolean): Promise<HostResult> {
  const byWire = resolveOverWire(host, asking);
  if (!withSystem) return limited(await byWire);
  const [wire, system] = await Promise.all([byWire, lookUp(host, asking)]);
  const known = facts(['resolver', `operating-system ${'addresses' in system ? 'records' : system.code}`]);
  const seen = [...wire.facts, ...known];
  if (wire.failure === 'cname-loop') return { ...wire, facts: seen };
  const inDns = wire.addresses.slice(0, mostAddresses).map((value): Fact => ({ name: 'dnsAddress', value }));
  if (!('addresses' in system)) {
    if (wire.failure !== undefined || system.code !== 'ENOTFOUND') return limited({ ...wire, facts: seen });
    const unknownTo = facts(['unknownTo', 'operating-system']);
    return { chain: wire.chain, addresses: [], facts: [...unknownTo, ...inDns, ...seen], failure: 'not-found-here' };
  }
  const bySystem = new Set(system.addresses.map(plainAddress));
  const common = wire.addresses.filter((address) => bySystem.has(plainAddress(address)));
  if (common.length === bySystem.size) return limited({ ...wire, addresses: common, facts: seen });
  return limited({
    chain: wire.chain,
    addresses: system.addresses,
    offChain: true,
    facts: [...facts(['answeredBy', 'operating-system']), ...inDns, ...seen],
  });
}

function limited(result: HostResult): HostResult {
  return { ...result, addresses: result.addresses.slice(0, mostAddresses) };
}

/** One spelling for each address. */
function plainAddress(address: string): string {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

async function lookUp(
  host: string,
  { clock, timeoutMs, signal }: Asking,
): Promise<{ readonly addresses: readonly string[] } | { readonly code: string }> {
  return new Promise((resolve) => {
    const end = (result: { readonly addresses: readonly string[] } | { readonly code: string }): void => {
      stop();
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => end({ code: 'timeout' });
    // The system's own call cannot be cancelled: it ends by itself, and nobody waits for it.
    const stop = clock.after(timeoutMs, onAbort);
    signal.addEventListener('abort', onAbort, { once: true });
    lookup(host, { all: true }).then(
      (found) => end({ addresses: found.map(({ address }) => address) }),
      (error: unknown) => end({ code: error instanceof Error && 'code' in error ? String(error.code) : 'failed' }),
    );
  });
}

async function resolveOverWire(host: string, asking: Asking): Promise<HostResult> {
  const chain: string[] = [];
  let name = host;
  const seen: Fact[] = [];
  const { clock, timeoutMs } = asking;
  const until = clock.monotonic() + timeoutMs;
  // Each round asks where the last answer ended, as most servers follow a chain to its end by themselves.
  for (let round = 0; round < longestChain; round++) {
    // The limit is for the name, however many questions it takes.
    const rest = { ...asking, timeoutMs: Math.max(0, until - clock.monotonic()) };
    const [v4, v6] = await Promise.all([askAll({ name, type: 'A' }, rest), askAll({ name, type: 'AAAA' }, rest)]);
    seen.push(...resolverFacts(v4));
    const records = [...recordsOf(v4), ...recordsOf(v6)];
    const step = follow(name, records);
    chain.push(...step.chain);
    if (step.loop || chain.length > longestChain || new Set(chain.map(bareName)).size < chain.length) {
      return { chain, addresses: [], facts: seen, failure: 'cname-loop' };
    }
    if (step.addresses.length > 0) return { chain, addresses: step.addresses, facts: seen };
    if (step.chain.length === 0 || isNameless(v4)) {
      // Records, and none of them is of the name that was asked for.
      const failure = v4.best === undefined ? failureOfAnswers(v4) : 'dns-garbage';
      return { chain, addresses: [], facts: seen, failure };
    }
    name = step.chain.at(-1) ?? name;
    // The answer named the end of the chain and no address of it: when asking again changes nothing, there is none.
    if (round > 0 && step.chain.length === 0) break;
  }
  return { chain, addresses: [], facts: seen, failure: 'no-data' };
}

/** The name, or the one that it leads to, does not exist: nothing more is to be asked. */
function isNameless(answers: Answers): boolean {
  return answers.best === undefined && failureOfAnswers(answers) === 'nxdomain';
}

/** The records to go on with; where the name leads to one that does not exist, those on the way to it. */
function recordsOf({ best, all }: Answers): readonly Answer[] {
  return best?.records ?? all.find(({ records }) => records.length > 0)?.records ?? [];
}

/** Follows the CNAMEs of an answer from `name` on, and gathers the addresses at their end. */
function follow(
  name: string,
  records: readonly Answer[],
): { readonly chain: readonly string[]; readonly addresses: readonly string[]; readonly loop: boolean } {
  const { chain, loop } = followCnames(name, records);
  if (loop) return { chain, addresses: [], loop };
  const current = chain.at(-1) ?? bareName(name);
  const addresses = records.flatMap((record) =>
    (record.type === 'A' || record.type === 'AAAA') && bareName(record.name) === current ? [record.data] : [],
  );
  return { chain, addresses: [...new Set(addresses)], loop: false };
}
