import { hostname } from 'node:os';
import * as vscode from 'vscode';
import { isSandbox, type Account } from '../accounts/account';
import type { NetworkRoute } from '../core/network';
import { problem, ProblemError } from '../core/problem';
import type { HopResult, TestReport } from '../diagnostics/events';
import type { SignIn } from '../diagnostics/test-connection';
import { setContextKey } from '../ui/context-keys';
import { problemLine } from '../ui/notify';
import { withProgress } from '../ui/progress';
import { back } from '../ui/prompts/prompts';
import { hopTitle, reportMarkdown, verdictSentence } from '../ui/report/report-markdown';
import { hopTimeoutMs, routeFromSettings } from '../ui/settings';
import { hostIn, secretsIn, stringAt, withoutPlaceholders } from '../ui/strings/find-string';
import { knowsHost } from '../store/known-hosts';
import { elementOf } from './arguments';
import { askSignIn } from './ask-sign-in';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { choose } from './strings';

export const testCommands = {
  testConnection: async (services, argument) => {
    if (!vscode.workspace.isTrusted) {
      const action = vscode.l10n.t('testing a connection');
      throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
    }
    const given = await stringToTest(services, argument);
    if (given === undefined) return undefined;
    for (const secret of secretsIn(given)) services.onSecret(secret);
    const { text, username, hasPassword } = withoutPlaceholders(given);
    const host = hostIn(text);
    const account = await accountOfString(services, host);
    const signIn = await askSignIn(services, { title: testTitle(), host, account, username, hasPassword });
    if (signIn === undefined) return undefined;
    const route = await routeFor(services, account);
    return await runTest(services, { connectionString: text, signIn, route, host });
  },
  showLastReport: async ({ reports }) => {
    const latest = reports.latest();
    if (latest === undefined) throw new ProblemError(problem('REPORT_NONE', ''));
    await reports.show(latest);
  },
} satisfies CommandTable;

const testTitle = (): string => vscode.l10n.t('Test Connection');

/** From the argument, the editor's selection, the string under the cursor, or what the person is asked for. */
async function stringToTest(services: CommandServices, argument: unknown): Promise<string | undefined> {
  if (typeof argument === 'string') return argument.trim();
  if (elementOf(argument) !== undefined) return (await choose(services, testTitle(), argument))?.text;
  const inEditor = stringInEditor(vscode.window.activeTextEditor);
  if (inEditor !== undefined) return inEditor;
  const { t } = vscode.l10n;
  const source = await services.prompts.pick<'atlas' | 'paste'>({
    title: testTitle(),
    placeholder: t('Which connection string?'),
    choices: [
      { label: t('Choose from Atlas'), detail: t('By cluster, endpoint and form'), value: 'atlas' },
      { label: t('Paste a connection string'), value: 'paste' },
    ],
  });
  if (source === undefined || source === back) return undefined;
  if (source === 'atlas') return (await choose(services, testTitle(), undefined))?.text;
  const pasted = await services.prompts.input({
    title: testTitle(),
    prompt: t('Connection string. It is hidden here because it may hold a password.'),
    placeholder: 'mongodb+srv://…',
    password: true,
    validate: (text) => (text.trim() === '' ? t('Needed: {0}', t('Connection string')) : undefined),
  });
  return pasted === undefined || pasted === back ? undefined : pasted.trim();
}

function stringInEditor(editor: vscode.TextEditor | undefined): string | undefined {
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  if (!selection.isEmpty) {
    const selected = document.getText(selection);
    return stringAt(selected, 0) ?? selected.trim();
  }
  return stringAt(document.lineAt(selection.active.line).text, selection.active.character);
}

/**
 * The account whose cluster a host name belongs to, by what is known of its projects. An account that has a route of
 * its own is looked through to the end: without its route its names lead nowhere.
 */
async function accountOfString(services: CommandServices, host: string): Promise<Account | undefined> {
  const { accounts, store } = services;
  const owner = (): Account | undefined => accounts.list().find((account) => knowsHost(store, account.id, host));
  if (host === '') return undefined;
  const known = owner();
  if (known !== undefined) return known;
  for (const account of accounts.list().filter(isSandbox)) {
    await store.ensure(account.id, { kind: 'directory' });
    const projects = store.known<'directory'>(account.id, { kind: 'directory' }).value?.projects ?? [];
    await Promise.all(
      projects
        .slice(0, sandboxProjectsSearched)
        .map(({ id: projectId }) => store.ensure(account.id, { kind: 'project', projectId })),
    );
  }
  return owner();
}

const sandboxProjectsSearched = 30;

async function routeFor(services: CommandServices, account: Account | undefined): Promise<NetworkRoute> {
  const own = account === undefined ? undefined : await services.routeOf(account);
  return own ?? routeFromSettings();
}

interface TestInput {
  readonly connectionString: string;
  readonly signIn: SignIn;
  readonly route: NetworkRoute;
  readonly host: string;
}

async function runTest(services: CommandServices, input: TestInput): Promise<TestReport> {
  const { log, reports, clock } = services;
  // Loaded when the first test runs: the driver is larger than the whole rest.
  const { testConnection } = await import('../diagnostics/test-connection');
  const report = await withProgress(vscode.l10n.t('Testing {0}', input.host), (tell, signal) =>
    testConnection(
      {
        connectionString: input.connectionString,
        signIn: input.signIn,
        route: input.route,
        hopTimeoutMs: hopTimeoutMs(),
        where: { hostname: hostname(), kind: vscode.env.remoteName ?? 'local' },
      },
      { clock, logger: log },
      (event) => {
        if (event.type === 'hop-started') tell(`${hopTitle(event.hop)} ${event.subject}`);
        if (event.type === 'hop-finished') log.info(hopLine(event));
      },
      signal,
    ),
  );
  const address = reports.add(input.host, reportMarkdown(report, input.host));
  setContextKey('atlasPrivateEndpoints.tested', true);
  present(services, report, verdictSentence(report.verdict, input.host), address);
  return report;
}

/** One finished hop on a line of the log. */
function hopLine({ hop, subject, outcome, durationMs, problem: found }: HopResult): string {
  const reason = found === undefined ? '' : `: ${problemLine(found)}`;
  return `Test ${hop} ${subject}: ${outcome} after ${durationMs.toFixed(0)} ms${reason}`;
}

function present(services: CommandServices, report: TestReport, verdict: string, address: vscode.Uri): void {
  const show = { title: vscode.l10n.t('Show Report'), run: () => services.reports.show(address) };
  switch (report.verdict.outcome) {
    case 'connected':
    case 'reachable-not-signed-in':
      services.notify.message(verdict, show);
      break;
    case 'failed':
      services.notify.warning(verdict, show);
      break;
    case 'cancelled':
      break;
  }
}
