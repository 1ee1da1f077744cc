import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { hostIn, distinctSecretsIn, withoutCredentials } from '../connection-string/credentials';
import { parseConnectionString } from '../connection-string/parse';
import type { Account } from '../accounts/account';
import { isCancellation, problem, ProblemError, type Problem } from '../core/problem';
import type { Evidence } from '../diagnostics/evidence';
import { shellLanguages } from '../core/command-plan';
import { toCloudRegion } from '../core/region';
import type { TestReport } from '../diagnostics/events';
import { knownString } from '../store/known-strings';
import { setContextKey } from '../ui/context-keys';
import { askMachine } from '../ui/elsewhere/ask-machine';
import { machineTools, nameOfMachine } from '../ui/elsewhere/machine';
import {
  machineScript,
  machineSteps,
  type MachineScript,
  type MachineStep,
  type MachineTest,
} from '../ui/elsewhere/machine-script';
import { localShell } from '../ui/elsewhere/script-runner';
import { back } from '../ui/prompts/prompts';
import { withProgress } from '../ui/progress';
import { gatherEvidence } from '../ui/test-run/gather-evidence';
import { proxyOfString, proxySentence } from '../ui/test-run/own-way';
import { accountOfString } from '../ui/test-run/owner-of-string';
import { askedHere, testMachine } from '../ui/test-run/run-test';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { needTrustToTest, present, stringToTest } from './test';

export const anotherMachineCommands = {
  testFromAnotherMachine: async (services, argument) => {
    needTrustToTest();
    const title = vscode.l10n.t('Test from Another Machine');
    const given = await stringToTest(services, argument, title);
    if (given === undefined) return undefined;
    for (const secret of distinctSecretsIn(given)) services.onSecret(secret);
    const parsed = parseConnectionString(given);
    // What would be tested there is another string than this one, maybe with another host.
    if (!parsed.ok) throw new ProblemError(parsed.problem);
    const { text, username } = withoutCredentials(given);
    const host = hostIn(text);
    const account = await accountOfString(services, host);
    const endpoint = knownString(services.store, text)?.endpoints.find(({ provider }) => provider === 'AWS');
    const region = endpoint === undefined ? undefined : toCloudRegion('AWS', endpoint.region);
    const machine = await askMachine(services, title, region);
    if (machine === undefined) return undefined;
    const route = account === undefined ? undefined : await services.routeOf(account);
    const proxy = proxyOfString(text, route ?? { dnsServers: [] });
    const signIn = await askSignInThere(services, title, username, proxy);
    if (signIn === undefined) return undefined;
    const helper = { path: services.helperFile, content: await readFile(services.helperFile) };
    const token = randomBytes(12).toString('hex');
    const folder = join(await emptiedFolder(services.scriptFolder), token);
    const test: MachineTest = {
      ...{ machine, helper, connectionString: text, signIn, folder, token },
      route: [
        ...(route?.dnsServers ?? []).flatMap((server) => ['--dns', server]),
        ...(route?.socksProxy === undefined ? [] : ['--proxy', route.socksProxy]),
        ...(route?.caFile === undefined ? [] : ['--ca', route.caFile]),
      ],
    };
    const script = machineScript(test, localShell);
    const way = await askWay(services, title, nameOfMachine(machine));
    if (way === undefined) return undefined;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const { name, text: content } of [{ name: script.name, text: script.fileText }, ...script.files]) {
      await writeFile(join(folder, name), content, { mode: 0o600 });
    }
    if (way === 'show') {
      await vscode.window.showTextDocument(
        await vscode.workspace.openTextDocument({ language: shellLanguages[localShell], content: script.text }),
      );
      return undefined;
    }
    const name = vscode.l10n.t('Test from {0}', nameOfMachine(machine));
    const ended = await runThere(services, name, script, folder);
    services.log.info(`Test by ${machine.kind}: the script ended with status ${String(ended.status)}`);
    const { step, status } = ended;
    return await bringBack(
      services,
      ended.output,
      problem('MACHINE_TEST_FAILED', nameOfMachine(machine), {
        ...{ step: step ?? '', status: status === undefined ? '' : String(status) },
        tool: machineTools[machine.kind],
      }),
    );
  },
  readReport: async (services) => {
    const editor = vscode.window.activeTextEditor;
    const copied = await vscode.env.clipboard.readText();
    const texts = [
      ...(editor === undefined ? [] : [editor.document.getText(editor.selection), editor.document.getText()]),
      copied,
    ];
    const isReport = (text: string): boolean => /END PRIVATE ENDPOINT TEST REPORT|"schema":\s*1\b/.test(text);
    return await bringBack(services, texts.find(isReport) ?? copied);
  },
} satisfies CommandTable;

/** How a script went on this machine, and what it brought back. Nothing of it is left here. */
async function runThere(
  { scripts }: CommandServices,
  title: string,
  { name, reportFile, stepFile }: MachineScript,
  folder: string,
): Promise<{ readonly status: number | undefined; readonly output: string; readonly step: MachineStep | undefined }> {
  const read = async (file: string): Promise<string> => await readFile(file, 'utf8').catch(() => '');
  try {
    const status = await scripts.run(title, join(folder, name), localShell);
    const step = (await read(stepFile)).trim();
    return { status, output: await read(reportFile), step: machineSteps.find((one) => one === step) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Keeps the report that is in a text as one of this window, judged by what Atlas and the AWS account say when they are
 * asked from here, and shows it. Throws `REPORT_UNREADABLE`, or what is given for a text without a report.
 */
async function bringBack(services: CommandServices, text: string, without?: Problem): Promise<TestReport> {
  const [{ readReport }, { judge }] = await Promise.all([
    import('../diagnostics/report/read-report'),
    import('../diagnostics/verdict'),
  ]);
  const read = readReport(text);
  if (!read.ok) {
    const isNone = read.problem.parameters.reason === 'no-block';
    throw new ProblemError(isNone && without !== undefined ? without : read.problem);
  }
  const seen = { ...read.value, context: { ...read.value.context, where: placeFromHere(read.value.context.where) } };
  const { connectionString } = seen.context;
  const host = hostIn(connectionString);
  const account = await accountOfString(services, host);
  const evidence = await askHere(services, seen.context, account);
  const report = judge(seen, evidence, seen.verdict.outcome === 'cancelled');
  const address = await services.reports.add(host, report, evidence);
  services.testResults.add(connectionString, report, services.clock.now());
  setContextKey('atlasPrivateEndpoints.tested', true);
  present(services, report, host, address);
  await services.reports.show(address);
  return report;
}

/** What others say of a test that ran elsewhere; nothing when the person does not wait for it. */
async function askHere(
  services: CommandServices,
  { connectionString, clientAddresses }: TestReport['context'],
  account: Account | undefined,
): Promise<Evidence> {
  try {
    return await withProgress(vscode.l10n.t('Asking Atlas and the AWS account'), (_, signal) =>
      askedHere(services.clock, gatherEvidence(services, connectionString, account, clientAddresses, signal)),
    );
  } catch (error) {
    if (!isCancellation(error)) throw error;
    return {};
  }
}

/** A machine that calls itself this one is another one, unless it has this one's name. */
function placeFromHere(where: TestReport['context']['where']): TestReport['context']['where'] {
  const isElsewhere = where.kind === 'local' && where.hostname !== testMachine().hostname;
  return isElsewhere ? { ...where, kind: 'elsewhere' } : where;
}

async function askSignInThere(
  { prompts }: CommandServices,
  title: string,
  username: string | undefined,
  proxy: string | undefined,
): Promise<MachineTest['signIn'] | undefined> {
  const { t } = vscode.l10n;
  const kind = await prompts.pick<MachineTest['signIn']['kind']>({
    title,
    placeholder: [
      ...(proxy === undefined ? [] : [proxySentence(proxy)]),
      t('How shall the test sign in to the database?'),
    ].join(' '),
    choices: [
      {
        label: t('User and password'),
        detail: t('The password is asked for on that machine, in the terminal'),
        value: 'password',
      },
      { label: t('AWS IAM'), detail: t('MONGODB-AWS with the AWS variables of that machine'), value: 'aws' },
      { label: t('Do not sign in'), detail: t('The test then ends with "reachable, not signed in"'), value: 'skip' },
    ],
  });
  if (kind === undefined || kind === back) return undefined;
  if (kind !== 'password') return { kind };
  const name = await prompts.input({
    title,
    prompt: t('Name of the database user'),
    value: username ?? '',
    validate: (text) => (/^[^\p{Cc}"]+$/u.test(text) ? undefined : t('Needed to sign in')),
  });
  return name === undefined || name === back ? undefined : { kind, username: name };
}

async function askWay(
  { prompts }: CommandServices,
  title: string,
  machine: string,
): Promise<'run' | 'show' | undefined> {
  const { t } = vscode.l10n;
  const way = await prompts.pick<'run' | 'show'>({
    title,
    placeholder: t('The commands copy the helper to {0}, run the test there, and bring the report back', machine),
    choices: [
      { label: t('Run in the Terminal'), detail: t('The report then opens here'), value: 'run' },
      { label: t('Show the Commands'), detail: t('To look at, or to run them yourself'), value: 'show' },
    ],
  });
  return way === back ? undefined : way;
}

/** Longest that the files of a test wait for somebody who runs its commands by hand. */
const keptMs = 24 * 60 * 60 * 1000;

/** The folder of all scripts, without those that nobody has come back for. */
async function emptiedFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > keptMs) await rm(path, { recursive: true, force: true });
  }
  return folder;
}
