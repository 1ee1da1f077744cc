import * as vscode from 'vscode';
import { hostIn, distinctSecretsIn, withoutPlaceholders } from '../connection-string/credentials';
import { problem, ProblemError } from '../core/problem';
import type { TestReport } from '../diagnostics/events';
import { withProgress } from '../ui/progress';
import { back } from '../ui/prompts/prompts';
import { hopTitle, verdictSentence } from '../messages/test-text';
import { accountOfString, routeOfString } from '../ui/test-run/owner-of-string';
import type { KeptReport, TestReports } from '../ui/report/report-documents';
import { gatherEvidence, longestAwsMs } from '../ui/test-run/gather-evidence';
import { runTest, type TestRun } from '../ui/test-run/run-test';
import { stringAt } from '../workspace/find-strings';
import { elementOf } from './arguments';
import { askSignIn } from './ask-sign-in';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { choose } from './strings';

export const testCommands = {
  testConnection: async (services, argument) => {
    needTrustToTest();
    const given = await stringToTest(services, argument, testTitle());
    if (given === undefined) return undefined;
    for (const secret of distinctSecretsIn(given)) services.onSecret(secret);
    const { text, username, hasPassword } = withoutPlaceholders(given);
    const host = hostIn(text);
    const account = await accountOfString(services, host);
    const route = await routeOfString(services, account);
    const signIn = await askSignIn(services, { title: testTitle(), text, account, username, hasPassword, route });
    if (signIn === undefined) return undefined;
    const evidence: TestRun['evidence'] = (signal, { clientAddresses }) =>
      gatherEvidence(services, text, account, clientAddresses, signal, { clock: services.clock, ms: longestAwsMs });
    return await runWithProgress(services, { connectionString: text, signIn, route, host, evidence });
  },
  showLastReport: async ({ reports }) => {
    await reports.show(keptReport(reports).address);
  },
  showReportText: async ({ reports }, address) => {
    await reports.showText(keptReport(reports, address).address);
  },
  /** The page of findings at the one with the code given, else at its top. */
  explainFinding: async ({ findingsPage }, code) => {
    const fragment = typeof code === 'string' ? code.toLowerCase() : '';
    await vscode.commands.executeCommand('markdown.showPreview', findingsPage.with({ fragment }));
  },
  copyReport: async ({ reports, notify }, address) => {
    await vscode.env.clipboard.writeText(reports.markdown(keptReport(reports, address).address) ?? '');
    notify.done(vscode.l10n.t('Copied the report, without secrets'));
  },
} satisfies CommandTable;

/** The report of the address, else the last one. Throws `REPORT_NONE` when it is not kept any more. */
export function keptReport(reports: TestReports, address?: unknown): KeptReport {
  const kept = typeof address === 'string' ? reports.get(address) : reports.kept()[0];
  if (kept === undefined) throw new ProblemError(problem('REPORT_NONE', ''));
  return kept;
}

/** Throws `WORKSPACE_UNTRUSTED`. */
export function needTrustToTest(): void {
  if (vscode.workspace.isTrusted) return;
  const action = vscode.l10n.t('testing a connection');
  throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
}

const testTitle = (): string => vscode.l10n.t('Test Connection');

/** From the argument, the editor's selection, the string under the cursor, or what the person is asked for. */
export async function stringToTest(
  services: CommandServices,
  argument: unknown,
  title: string,
): Promise<string | undefined> {
  if (typeof argument === 'string') return argument.trim();
  if (elementOf(argument) !== undefined) return (await choose(services, title, argument))?.text;
  const inEditor = stringInEditor(vscode.window.activeTextEditor);
  if (inEditor !== undefined) return inEditor;
  const { t } = vscode.l10n;
  const source = await services.prompts.pick<'atlas' | 'paste'>({
    title,
    placeholder: t('Which connection string?'),
    choices: [
      { label: t('Choose from Atlas'), detail: t('By cluster, endpoint and form'), value: 'atlas' },
      { label: t('Paste a connection string'), value: 'paste' },
    ],
  });
  if (source === undefined || source === back) return undefined;
  if (source === 'atlas') return (await choose(services, title, undefined))?.text;
  const pasted = await services.prompts.input({
    title,
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

async function runWithProgress(services: CommandServices, run: TestRun): Promise<TestReport> {
  const { report, address } = await withProgress(vscode.l10n.t('Testing {0}', run.host), (tell, signal) =>
    runTest(
      services,
      run,
      (event) => {
        if (event.type === 'hop-started') tell(`${hopTitle(event.hop)} ${event.subject}`);
      },
      signal,
    ),
  );
  present(services, report, run.host, address);
  return report;
}

/** Tells the verdict, with the way to the report. */
export function present(services: CommandServices, report: TestReport, host: string, address: vscode.Uri): void {
  const verdict = verdictSentence(report.verdict, host);
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
