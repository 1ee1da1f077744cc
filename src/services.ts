import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isSandbox, sandboxAccountId, type Account } from './accounts/account';
import { createAccountStore, type AccountStore } from './accounts/account-store';
import { createSandbox, sandboxRoute, type Sandbox } from './accounts/sandbox-process';
import { createAtlasConnections } from './accounts/atlas-connections';
import { createAwsSessions } from './cloud/aws/sessions';
import type { CommandServices } from './commands/command-services';
import { problem } from './core/problem';
import { createRedactor } from './connection-string/redact';
import { systemClock, type Clock } from './core/clock';
import { createAtlasStore, type AtlasStore } from './store/atlas-store';
import { createPoller, type Poller } from './store/poller';
import type { SnapshotStorage } from './store/snapshot';
import { setContextKey } from './ui/context-keys';
import { registerEditorFeatures } from './ui/editor/register-editor';
import type { StringChecks } from './ui/editor/string-checks';
import { registerLanguageModelTools } from './ui/language-model/register-tools';
import { terminalScripts } from './ui/elsewhere/script-runner';
import { createLog, type Log } from './ui/log';
import { createNotify } from './ui/notify';
import { editorPrompts } from './ui/prompts/editor-prompts';
import type { Prompts } from './ui/prompts/prompts';
import { createRecentChoices } from './ui/prompts/recent-choices';
import { registerServicePages } from './ui/page/register-pages';
import { createTestReports } from './ui/report/report-documents';
import { createAwsProfiles } from './ui/test-run/aws-profiles';
import { createTestResults } from './ui/test-run/test-results';
import type { TreeElement } from './ui/tree/elements';
import { motion } from './ui/tree/status-look';
import { createAtlasTree, treeViewId, type AtlasTree } from './ui/tree/tree-provider';
import { registerStringsView } from './ui/workspace-strings/register-view';

/** Everything that lives as long as the extension does. */
export interface Services {
  dispose(): void;
  readonly commands: CommandServices;
  readonly accounts: AccountStore;
  readonly sandbox: Sandbox;
  readonly store: AtlasStore;
  readonly poller: Poller;
  readonly tree: AtlasTree;
  readonly view: vscode.TreeView<TreeElement>;
  readonly log: Log;
  /** The questions that commands ask; tests replace its functions. */
  readonly prompts: { -readonly [K in keyof Prompts]: Prompts[K] };
  /** What everything waits by; tests replace its functions. */
  readonly clock: { -readonly [K in keyof Clock]: Clock[K] };
  /** Writes what is not stored yet and ends what runs. */
  readonly end: () => Promise<void>;
}

/** Names the file with the line of a sandbox that runs already. */
const handedOverVariable = 'ATLAS_PRIVATE_ENDPOINTS_SANDBOX_FILE';

/** Builds everything; touches no network and no file. */
export function createServices(context: vscode.ExtensionContext): Services {
  const redactor = createRedactor();
  const redact = (text: string): string => redactor.redact(text);
  const onSecret = (secret: string): void => {
    redactor.register(secret);
  };
  const log = createLog(redact);
  const notify = createNotify(log, () => log.show(), redact);
  const prompts = { ...editorPrompts };
  const clock = { ...systemClock };

  const accounts = createAccountStore({
    state: context.globalState,
    secrets: { ...secretsOf(context) },
    newId: randomUUID,
    onSecret,
    logger: log,
    clock,
  });
  const handedOverFile = process.env[handedOverVariable];
  const sandbox = createSandbox({
    spawn: () =>
      spawn(process.execPath, [context.asAbsolutePath('dist/sandbox.js'), '--json', '--exit-with-stdin'], {
        // In the desktop editor the executable is Electron: this makes it plain Node.
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
        stdio: ['pipe', 'pipe', 'pipe'],
      }),
    handedOverFile: handedOverFile === '' ? undefined : handedOverFile,
    readFile: (path) => readFile(path, 'utf8'),
    onSecret,
    logger: log,
    clock,
  });
  // Only named here: its file is read when the account is first opened.
  if (sandbox.handedOver) void accounts.addSandbox(sandboxAccount(), false);
  const connections = createAtlasConnections({ accounts, sandbox, clock, logger: log, onSecret });
  const store = createAtlasStore({
    apiOf: connections.apiOf,
    clock,
    logger: log,
    isKept: (accountId) => accounts.get(accountId) !== undefined,
    storageOf: (accountId) =>
      accountId === sandboxAccountId ? undefined : snapshotFile(context.globalStorageUri, accountId),
  });
  const poller = createPoller(store, motion, clock);
  const tree = createAtlasTree({
    accounts,
    store,
    clock,
    onState: (state) => setContextKey('atlasPrivateEndpoints.state', state),
  });
  const view = vscode.window.createTreeView(treeViewId, {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  const reportPages = () => import('./ui/report/report-page');
  const reports = createTestReports({
    redactor,
    html: async (kept) => await (await reportPages()).reportPage(kept, store),
    commands: async () => await (await reportPages()).commandsOfReports(),
  });
  const setSandboxKey = (): void =>
    setContextKey(
      'atlasPrivateEndpoints.sandbox',
      accounts.list().some((account) => isSandbox(account)),
    );
  setSandboxKey();
  const awsSessions = createAwsSessions();
  const subscriptions = [
    accounts.onDidChange(({ removed }) => {
      for (const { id } of removed) {
        awsSessions.forget(id);
        // Also of one that another window has signed out of.
        void store.forget(id);
      }
    }),
    accounts.onDidChange(setSandboxKey),
    sandbox.onDidEnd(() => void store.forget(sandboxAccountId)),
    sandbox.onDidGiveUp(() => {
      notify.problem(problem('SANDBOX_KEEPS_ENDING', 'sandbox'), 'error', {
        title: vscode.l10n.t('Start Again'),
        run: async () => {
          sandbox.allowStart();
          await store.refresh(sandboxAccountId, { kind: 'directory' });
        },
      });
    }),
  ];
  let pageIsVisible = false;
  const tellVisible = (): void => poller.setVisible(view.visible || pageIsVisible);
  const lifetime = vscode.Disposable.from(
    view,
    view.onDidChangeVisibility(tellVisible),
    tree,
    poller,
    reports,
    connections,
    accounts,
    ...subscriptions.map((stop) => ({ dispose: stop })),
    { dispose: () => sandbox.stop() },
    log,
  );
  tellVisible();

  const testResults = createTestResults();
  const recent = createRecentChoices(context.globalState);
  let checking: Promise<StringChecks> | undefined;
  const checks = (): Promise<StringChecks> =>
    (checking ??= import('./ui/editor/string-checks').then(({ createStringChecks }) =>
      createStringChecks({ store, clock }),
    ));
  const strings = registerStringsView({ store, testResults, clock, checks, onSecret });
  const editor = registerEditorFeatures({
    accounts,
    store,
    testResults,
    clock,
    recent,
    sandbox,
    checks,
    foundStrings: (near) => strings.found(near),
  });

  const openAws: CommandServices['openAws'] = async (account, profile, region) => {
    const { openAwsCloud } = await import('./cloud/aws/open-aws-cloud');
    if (!isSandbox(account)) {
      const askMfaCode = (device: string): Promise<string | undefined> => askForMfaCode(prompts, device);
      const session = awsSessions.of(account.id, profile);
      return openAwsCloud({ region, ...(profile === '' ? {} : { profile }) }, { askMfaCode, session });
    }
    const { ec2Endpoint, awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = await sandbox.details();
    const endpoints = { ec2: ec2Endpoint, sts: ec2Endpoint };
    return openAwsCloud({ region, endpoints, credentials: { accessKeyId, secretAccessKey } });
  };
  const listAwsProfiles: CommandServices['listAwsProfiles'] = async () =>
    await (await import('./cloud/aws/list-profiles')).listAwsProfiles();
  const pages = registerServicePages(context, {
    accounts,
    store,
    reports,
    notify,
    prompts,
    clock,
    logger: log,
    apiOf: connections.apiOf,
    listAwsProfiles,
    openAws,
    onVisible: (visible) => {
      pageIsVisible = visible;
      tellVisible();
    },
  });

  const commands: CommandServices = {
    pages: pages.pages,
    openPage: pages.open,
    log,
    notify,
    prompts,
    accounts,
    sandbox,
    store,
    tree,
    reports,
    testResults,
    strings,
    recent,
    apiOf: connections.apiOf,
    routeOf: async (account) => (isSandbox(account) ? sandboxRoute(await sandbox.details()) : undefined),
    checkCredentials: connections.checkCredentials,
    cliProfiles: connections.cliProfiles,
    awsCredentials: async (profile) => {
      const { awsCredentials } = await import('./cloud/aws/credentials');
      return await awsCredentials(profile);
    },
    listAwsProfiles,
    awsProfiles: createAwsProfiles(),
    openAws,
    helperFile: context.asAbsolutePath('dist/helper.js'),
    findingsPage: vscode.Uri.joinPath(context.extensionUri, 'docs', 'findings.md'),
    scriptFolder: vscode.Uri.joinPath(context.globalStorageUri, 'other-machines').fsPath,
    scripts: { ...terminalScripts },
    clock,
    selection: () => view.selection[0],
    onSecret,
  };
  const tools = registerLanguageModelTools({ ...commands, redact });
  return {
    commands,
    accounts,
    sandbox,
    store,
    poller,
    tree,
    view,
    log,
    prompts,
    clock,
    end: () => store.dispose(),
    dispose: () => {
      tools.dispose();
      editor.dispose();
      strings.dispose();
      void checking?.then((loaded) => loaded.dispose());
      pages.dispose();
      lifetime.dispose();
    },
  };
}

async function askForMfaCode(prompts: Prompts, device: string): Promise<string | undefined> {
  const answer = await prompts.input({
    title: vscode.l10n.t('AWS'),
    prompt: vscode.l10n.t('Code of the MFA device {0}', device),
    validate: (text) => (/^\d{6}$/.test(text.trim()) ? undefined : vscode.l10n.t('Six digits')),
  });
  return typeof answer === 'string' ? answer.trim() : undefined;
}

function sandboxAccount(): Account {
  return { id: sandboxAccountId, label: vscode.l10n.t('Sandbox'), kind: 'sandbox', baseUrl: '' };
}

function secretsOf({ secrets }: vscode.ExtensionContext) {
  return {
    get: (key: string) => secrets.get(key),
    store: (key: string, value: string) => secrets.store(key, value),
    delete: (key: string) => secrets.delete(key),
    onDidChange: (listener: (change: { readonly key: string }) => void) => secrets.onDidChange(listener),
  };
}

function snapshotFile(folder: vscode.Uri, accountId: string): SnapshotStorage {
  const file = vscode.Uri.joinPath(folder, 'snapshots', `${encodeURIComponent(accountId)}.json`);
  return {
    read: async () => {
      try {
        return new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      } catch (error) {
        if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
        throw error;
      }
    },
    write: async (text) => {
      await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    },
    delete: async () => {
      try {
        await vscode.workspace.fs.delete(file);
      } catch (error) {
        if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
      }
    },
  };
}
