import * as vscode from 'vscode';
import type { Account } from '../../accounts/account';
import { hostIn, withoutPlaceholders } from '../../connection-string/credentials';
import { parseConnectionString } from '../../connection-string/parse';
import { isCancellation, problem, ProblemError } from '../../core/problem';
import type { Verdict } from '../../diagnostics/events';
import type { SignIn } from '../../diagnostics/test-connection';
import type { Notify } from '../notify';
import { withProgress } from '../progress';
import type { Prompts } from '../prompts/prompts';
import { longestAwsMs, openEvidenceRound, type EvidencePorts, type EvidenceRound } from '../test-run/gather-evidence';
import { knownUsers, type KnownUserPorts, type KnownWay } from '../test-run/known-users';
import { proxyOfString } from '../test-run/own-way';
import { accountOfString, routeOfString, type OwnerPorts } from '../test-run/owner-of-string';
import { testMachine, testString, type TestRun, type TestStringPorts } from '../test-run/run-test';
import { hostsToName } from '../test-run/tested-hosts';
import { stringsViewId } from './register-view';
import type { StringFiles } from './string-files';

export interface CheckAllPorts extends OwnerPorts, TestStringPorts, EvidencePorts, KnownUserPorts {
  readonly accounts: OwnerPorts['accounts'] & KnownUserPorts['accounts'];
  readonly store: OwnerPorts['store'];
  readonly prompts: Prompts;
  readonly notify: Notify;
}

/** Tests at the same time: each waits for the network most of the time. */
const atOnce = 4;
/** Hosts, and proxies, that are named before anything is connected to. */
const mostNamed = 8;

/** How many strings came to what. */
export type CheckSummary = Readonly<Record<Verdict['outcome'], number>>;

/**
 * Tests every connection string of the workspace that is whole, each once, after a question that names the hosts and the
 * machine, judged as a single test is: with what Atlas and the cloud account say, asked once for all of them. The results
 * are in the view; a summary is shown. Undefined when the person did not want it. Throws
 * `WORKSPACE_UNTRUSTED` and `EDITOR_NO_STRINGS`.
 */
export async function checkAll(ports: CheckAllPorts, files: StringFiles): Promise<CheckSummary | undefined> {
  const { t } = vscode.l10n;
  if (!vscode.workspace.isTrusted) {
    throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action: t('testing a connection') }));
  }
  await files.scanned();
  const strings = testableStrings(files);
  if (strings.length === 0) throw new ProblemError(problem('EDITOR_NO_STRINGS', ''));
  const proxies = await proxiesOf(ports, strings);
  const shownProxies = proxies.slice(0, mostNamed);
  const wanted = await ports.prompts.confirm({
    message: t('Test {0} connection strings of the workspace?', strings.length),
    detail: [
      t('From {0} to: {1}', testMachine().hostname, named(hostsToName(ports.store, strings))),
      ...(proxies.length === 0 ? [] : [t('Through SOCKS proxies that the strings name: {0}', named(proxies))]),
    ].join('\n'),
    action: t('Test'),
  });
  if (!wanted) return undefined;
  const summary = { connected: 0, 'reachable-not-signed-in': 0, failed: 0, cancelled: 0 };
  await withProgress(t('Testing the connection strings of the workspace'), async (tell, signal) => {
    const left = [...strings];
    let done = 0;
    const round = openEvidenceRound(ports, signal, { clock: ports.clock, ms: longestAwsMs });
    const work = async (): Promise<void> => {
      while (!signal.aborted) {
        const next = left.shift();
        if (next === undefined) return;
        tell(t('{0} of {1}: {2}', done + 1, strings.length, hostIn(next)));
        summary[await checkOne(ports, { round, shownProxies }, next, signal)] += 1;
        done += 1;
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, work));
    } finally {
      round.dispose();
    }
    summary.cancelled += left.length;
  });
  present(ports.notify, summary);
  return summary;
}

/** Whole and well-formed strings, each once. */
function testableStrings(files: StringFiles): readonly string[] {
  const values = files
    .all()
    .flatMap(({ strings }) => strings.flatMap(({ found }) => (found.isTemplate ? [] : [found.value])));
  return [...new Set(values)].filter((value) => parseConnectionString(value).ok);
}

function named(all: readonly string[]): string {
  const first = all.slice(0, mostNamed).join(', ');
  return all.length > mostNamed ? vscode.l10n.t('{0} and {1} more', first, all.length - mostNamed) : first;
}

/** The proxies that strings lead through by themselves, each once. Throws `SETTING_INVALID`. */
async function proxiesOf(ports: CheckAllPorts, strings: readonly string[]): Promise<readonly string[]> {
  const proxies = new Set<string>();
  for (const value of strings.filter((one) => proxyOfString(one, { dnsServers: [] }) !== undefined)) {
    const account = await accountOfString(ports, hostIn(value));
    const proxy = proxyOfString(value, await routeOfString(ports, account));
    if (proxy !== undefined) proxies.add(proxy);
  }
  return [...proxies];
}

/** One that cannot be tested at all counts as failed: the log says why. */
async function checkOne(
  ports: CheckAllPorts,
  { round, shownProxies }: { readonly round: EvidenceRound; readonly shownProxies: readonly string[] },
  value: string,
  signal: AbortSignal,
): Promise<Verdict['outcome']> {
  const { text, hasPassword } = withoutPlaceholders(value);
  const host = hostIn(text);
  try {
    const account = await accountOfString(ports, host);
    const route = await routeOfString(ports, account);
    const signIn: SignIn = hasPassword
      ? { kind: 'from-string' }
      : await knownSignIn(ports, account, text, { route, shownProxies });
    const evidence: TestRun['evidence'] = (_, { clientAddresses }) => round.gather(text, account, clientAddresses);
    const run = { connectionString: text, signIn, route, host, evidence };
    return (await testString(ports, run, () => undefined, signal)).verdict.outcome;
  } catch (error) {
    if (isCancellation(error) || signal.aborted) return 'cancelled';
    ports.log.error(error instanceof Error ? error.message : String(error));
    return 'failed';
  }
}

/** With a user whose password is known; nobody is asked for one. */
async function knownSignIn(
  ports: CheckAllPorts,
  account: Account | undefined,
  text: string,
  way: KnownWay,
): Promise<SignIn> {
  const { remembered, sandbox } = await knownUsers(ports, account, text, way);
  const user = remembered ?? sandbox;
  return user === undefined ? { kind: 'skip' } : { kind: 'password', ...user };
}

function present(notify: Notify, summary: CheckSummary): void {
  const { t } = vscode.l10n;
  const words = [
    [summary.connected, t('{0} connected', summary.connected)],
    [summary['reachable-not-signed-in'], t('{0} reachable, not signed in', summary['reachable-not-signed-in'])],
    [summary.failed, t('{0} failed', summary.failed)],
    [summary.cancelled, t('{0} not tested', summary.cancelled)],
  ] as const;
  const text = t(
    'Connection strings of the workspace: {0}.',
    words.flatMap(([count, word]) => (count === 0 ? [] : [word])).join(', '),
  );
  const show = {
    title: t('Show Strings'),
    run: () => vscode.commands.executeCommand(`${stringsViewId}.focus`),
  };
  if (summary.failed > 0) notify.warning(text, show);
  else notify.message(text, show);
}
