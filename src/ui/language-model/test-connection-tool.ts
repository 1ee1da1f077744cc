import { t } from '@vscode/l10n';
import type { Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import { hostIn, distinctSecretsIn, withoutPlaceholders } from '../../connection-string/credentials';
import type { NetworkRoute } from '../../core/network';
import type { TestReport } from '../../diagnostics/events';
import type { SignIn } from '../../diagnostics/test-connection';
import { describeProblem } from '../../messages/problem-text';
import { hopTitle, verdictSentence } from '../../messages/test-text';
import { knownUsers, type KnownUserPorts } from '../test-run/known-users';
import { proxyOfString } from '../test-run/own-way';
import { hostsToName } from '../test-run/tested-hosts';
import { findConnectionString, type StringInput } from './get-connection-string';
import { bounded, type Found, type ToolAnswer, type ToolPorts } from './tool-answer';

export interface TestInput extends Partial<StringInput> {
  /** Instead of project and cluster. */
  readonly connectionString?: string;
  /** Sign in as the user that the editor remembers for the host; otherwise the test ends before it. */
  readonly signIn?: boolean;
}

export interface TestToolPorts extends ToolPorts {
  readonly accounts: Pick<AccountStore, 'list' | 'get' | 'databaseUser'>;
  readonly sandbox: KnownUserPorts['sandbox'];
  readonly accountOf: (host: string) => Promise<Account | undefined>;
  readonly routeOf: (account: Account | undefined) => Promise<NetworkRoute>;
  readonly machine: () => { readonly hostname: string; readonly kind: string };
  readonly onSecret: (secret: string) => void;
  readonly run: (
    test: {
      readonly connectionString: string;
      readonly signIn: SignIn;
      readonly host: string;
      readonly account: Account | undefined;
      readonly route: NetworkRoute;
    },
    signal: AbortSignal,
  ) => Promise<TestReport>;
}

/** What would be tested, in words for the question that comes before. */
export interface TestQuestion {
  readonly title: string;
  readonly hosts: readonly string[];
  /** That the string names for itself. */
  readonly proxy?: string;
  readonly machine: string;
  readonly signIn: string;
}

interface Subject {
  /** Without placeholders. */
  readonly text: string;
  readonly host: string;
  readonly account: Account | undefined;
  readonly route: NetworkRoute;
  readonly hasPassword: boolean;
}

/** The question before a test: which hosts, from which machine, signing in as whom. Throws problems of Atlas. */
export async function questionBeforeTest(ports: TestToolPorts, input: TestInput): Promise<Found<TestQuestion>> {
  const subject = await subjectOf(ports, input);
  if (subject.found === undefined) return subject;
  const { text, route } = subject.found;
  const proxy = proxyOfString(text, route);
  const { hostname, kind } = ports.machine();
  const signIn = await signInOf(ports, subject.found, input);
  return {
    found: {
      title: t('Test a connection from this machine?'),
      hosts: hostsToName(ports.store, [text]),
      ...(proxy === undefined ? {} : { proxy }),
      machine: kind === 'local' ? hostname : `${hostname} (${kind})`,
      signIn: describeSignIn(signIn),
    },
  };
}

/** Runs the test that was asked for. Throws problems of Atlas. */
export async function testConnectionTool(
  ports: TestToolPorts,
  input: TestInput,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const subject = await subjectOf(ports, input);
  if (subject.found === undefined) return subject.answer;
  const { text, host, account, route } = subject.found;
  const signIn = await signInOf(ports, subject.found, input);
  const report = await ports.run({ connectionString: text, signIn, host, account, route }, signal);
  return reportAnswer(report, host);
}

async function subjectOf(ports: TestToolPorts, input: TestInput): Promise<Found<Subject>> {
  const { project, cluster } = input;
  let given = input.connectionString?.trim() ?? '';
  if (given === '') {
    if (project === undefined || cluster === undefined) {
      return { answer: { sentence: t('Give a connection string, or project and cluster.'), data: {} } };
    }
    const found = await findConnectionString(ports, { ...input, project, cluster });
    if (found.found === undefined) return found;
    given = found.found.text;
  }
  for (const secret of distinctSecretsIn(given)) ports.onSecret(secret);
  const { text, hasPassword } = withoutPlaceholders(given);
  const host = hostIn(text);
  const account = await ports.accountOf(host);
  return { found: { text, host, hasPassword, account, route: await ports.routeOf(account) } };
}

/**
 * Nobody is asked for a password here: a model must not be the way it comes in. Nor does one that is remembered go
 * through a proxy of the string: whoever has the editor always allow this tool sees no question any more.
 */
async function signInOf(ports: TestToolPorts, subject: Subject, input: TestInput): Promise<SignIn> {
  if (input.signIn !== true) return { kind: 'skip' };
  const { account, text, hasPassword, route } = subject;
  if (hasPassword) return { kind: 'from-string' };
  const { remembered, sandbox } = await knownUsers(ports, account, text, { route, shownProxies: [] });
  const user = remembered ?? sandbox;
  return user === undefined ? { kind: 'skip' } : { kind: 'password', ...user };
}

function describeSignIn(signIn: SignIn): string {
  switch (signIn.kind) {
    case 'password':
      return t('Signs in to the database as {0}, with the password that the editor remembers.', signIn.username);
    case 'from-string':
      return t('Signs in to the database with user and password of the string.');
    case 'skip':
    case 'aws':
    case 'x509':
      return t('Does not sign in to the database.');
  }
}

function reportAnswer({ verdict, hops, context, durationMs }: TestReport, host: string): ToolAnswer {
  return {
    sentence: verdictSentence(verdict, host),
    data: {
      outcome: verdict.outcome,
      ...(verdict.failedHop === undefined ? {} : { failedHop: hopTitle(verdict.failedHop) }),
      problems: verdict.problems.map((found) => {
        const { title, detail, fixes } = describeProblem(found);
        return { code: found.code, title, ...(detail === undefined ? {} : { detail }), fixes };
      }),
      ranOn: context.where,
      durationMs: Math.round(durationMs),
      hops: bounded(hops).items.map(({ hop, subject, outcome, facts }) => ({
        hop,
        subject,
        outcome,
        facts: facts.slice(0, 20).map(({ name, value }) => `${name} ${value}`),
      })),
    },
  };
}
