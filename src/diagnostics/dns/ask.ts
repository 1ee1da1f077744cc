import type { Clock } from '../../core/clock';
import type { Fact } from '../events';
import type { FailureKind } from '../../core/hop';
import { queryServer, type Question, type ServerAnswer, type ServerOutcome } from './query';
import type { DnsServer } from './servers';

/** What all servers together said to one question. */
export interface Answers {
  /** The answer to go on with: the first that had records. */
  readonly best?: ServerAnswer;
  /** Every server that said something, or that was waited for in vain, in the order of the servers. */
  readonly all: readonly ServerAnswer[];
}

export interface Asking {
  readonly servers: readonly DnsServer[];
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Milliseconds that slower servers are given after one has answered, so that those which disagree are noticed. */
const comparison = 30;

/**
 * Asks all servers at once. Goes on with the first that has records; without any it waits for the last one, since a
 * name may be known to one resolver and hidden by another.
 */
export async function askAll(question: Question, { servers, clock, timeoutMs, signal }: Asking): Promise<Answers> {
  const enough = new AbortController();
  const onAbort = (): void => enough.abort();
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  const settled: ServerAnswer[] = [];
  let stopComparison = (): void => undefined;
  await Promise.all(
    servers.map(async ({ address }) => {
      const answer = await queryServer(address, question, { clock, timeoutMs, signal: enough.signal });
      // Who was cut off because another one had the answer has said nothing.
      if (enough.signal.aborted) return;
      settled.push(answer);
      if (answer.outcome !== 'records' || settled.some((other) => other !== answer && other.outcome === 'records'))
        return;
      if (settled.length < servers.length) stopComparison = clock.after(comparison, () => enough.abort());
    }),
  );
  stopComparison();
  signal.removeEventListener('abort', onAbort);
  const order = servers.map(({ address }) => address);
  const all = [...settled].sort((one, other) => order.indexOf(one.server) - order.indexOf(other.server));
  const best = settled.find(({ outcome }) => outcome === 'records');
  return best === undefined ? { all } : { best, all };
}

/**
 * The server that ends the lookup of this machine's programs though another has records: they ask the servers in turn, and
 * go on to the next one only while there is no answer, an error, or a refusal. Undefined where the first that answers has
 * records, where that is not known, and for servers that were named for the test.
 */
export function endedBy({ best, all }: Answers, { servers }: Pick<Asking, 'servers'>): string | undefined {
  if (best === undefined) return undefined;
  const source = servers.some((server) => server.source === 'system') ? 'system' : 'editor';
  for (const { address } of servers.filter((server) => server.source === source)) {
    const outcome = all.find(({ server }) => server === address)?.outcome;
    if (outcome === 'nxdomain' || outcome === 'no-data') return address;
    if (outcome === undefined || outcome === 'records') return undefined;
  }
  return undefined;
}

const failureOf: Readonly<Record<Exclude<ServerOutcome, 'records'>, FailureKind>> = {
  nxdomain: 'nxdomain',
  'no-data': 'no-data',
  timeout: 'dns-timeout',
  unreachable: 'dns-unreachable',
  refused: 'dns-refused',
  servfail: 'dns-servfail',
  garbage: 'dns-garbage',
  truncated: 'dns-truncated',
};

/** What says most about the name comes first; what says only something about the way to the server, last. */
const mostTelling: readonly ServerOutcome[] = [
  'nxdomain',
  'no-data',
  'truncated',
  'garbage',
  'servfail',
  'refused',
  'timeout',
  'unreachable',
];

/** Why there is no answer, when no server had records. */
export function failureOfAnswers({ all }: Answers): FailureKind {
  const outcome = mostTelling.find((each) => all.some((answer) => answer.outcome === each));
  return outcome === undefined || outcome === 'records' ? 'dns-timeout' : failureOf[outcome];
}

/** One fact for each server that was asked, and one for the server whose answer was taken. */
export function resolverFacts({ best, all }: Answers): readonly Fact[] {
  return [
    ...(best === undefined ? [] : [{ name: 'answeredBy', value: best.server }]),
    ...all.map(({ server, outcome, code, durationMs }) => ({
      name: 'resolver',
      value: `${server} ${outcome}${code === undefined ? '' : ` (${code})`} ${durationMs.toFixed(0)} ms`,
    })),
  ];
}

/** Server and outcome out of a fact that {@link resolverFacts} wrote. */
export function readResolverFact(value: string): { readonly server: string; readonly outcome: string } {
  const [server = '', outcome = ''] = value.split(' ');
  return { server, outcome };
}
