import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/extension';
import type { Services } from '../../../src/services';
import { completeString } from '../../../src/ui/editor/completion';
import { placeStrings } from '../../../src/ui/editor/document-strings';
import { stringsViewId } from '../../../src/ui/workspace-strings/register-view';
import { findStrings } from '../../../src/workspace/find-strings';
import { extensionId } from '../../host/suite/extension';
import { measurePage, type MeasuredPage } from './measure-page';

/** What is measured inside of VS Code, in milliseconds unless it says otherwise. */
export interface MeasuredInVscode {
  /** Each time completion was asked for, as the editor asks; the first time its code is loaded. */
  readonly completions: readonly number[];
  /** The same where nothing is offered: the editor's own part, and that of its own providers. */
  readonly emptyCompletions: readonly number[];
  /** What the extension does of it. */
  readonly provided: readonly number[];
  readonly offered: number;
  readonly clusters: number;
  /** Each time a document of 10,000 lines was looked through after an edit. */
  readonly rescans: readonly number[];
  /** The longest time in which nobody else had a turn, without and with the scan. */
  readonly idleBlock: number;
  readonly scanBlock: number;
  /** The same in its second half, while the view shows what is found. */
  readonly shownBlock: number;
  readonly scan: number;
  readonly found: number;
  readonly page: MeasuredPage;
}

/** What the editor calls as if it were tests. */
export async function run(): Promise<void> {
  const { BENCH_RESULTS: file = '', BENCH_FILES: expected = '' } = process.env;
  const found = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  const services = (await found?.activate())?.testing;
  if (services === undefined) throw new Error('The extension is not here.');
  await atRest();
  // First, while nothing else is open.
  const page = await measurePage(services);
  const blocks = await measureScan(services, Number(expected) / 2);
  const typing = await measureTyping(services);
  const measured: MeasuredInVscode = { ...blocks, ...typing, rescans: await measureRescan(), page };
  writeFileSync(file, JSON.stringify(measured));
}

/** The whole workspace, while others want their turn: the view is opened when half of what is there was found. */
async function measureScan({ commands }: Services, halfOfFiles: number) {
  const idleBlock = await atRest();
  const started = performance.now();
  const files = await commands.strings.files();
  const over = new AbortController();
  const scanned = files.scanned().then(() => over.abort());
  const scanBlock = await longestBlock(async () => {
    while (!over.signal.aborted && files.all().length < halfOfFiles)
      await new Promise((resolve) => setTimeout(resolve, 500));
  });
  // The other view beside it asks Atlas when it is first seen, for which the editor reads the system's certificates.
  await vscode.commands.executeCommand(`${stringsViewId}.focus`);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  if (over.signal.aborted) throw new Error('The workspace was looked through before the view was open.');
  const shownBlock = await longestBlock(() => scanned);
  return { idleBlock, scanBlock, shownBlock, scan: performance.now() - started, found: files.all().length };
}

/** The longest block of a window that rests. One that has work of its own is waited for, up to half a minute. */
async function atRest(): Promise<number> {
  let block = Infinity;
  for (let count = 0; count < 15 && block > 5; count += 1) {
    block = await longestBlock(() => new Promise((resolve) => setTimeout(resolve, 2000)));
  }
  return block;
}

/**
 * The longest time between two turns of a timer. In time of this thread, where Node tells it, because on a busy machine
 * the thread itself waits for its turn.
 */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => { readonly user: number; readonly system: number } };
  const now = (): number => {
    if (threadCpuUsage === undefined) return performance.now();
    const { user, system } = threadCpuUsage.call(process);
    return (user + system) / 1000;
  };
  let longest = 0;
  let last = now();
  const timer = setInterval(() => {
    const here = now();
    longest = Math.max(longest, here - last);
    last = here;
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

/** Completion with the clusters of many projects known. */
async function measureTyping({ store, accounts, tree, commands }: Services) {
  await tree.getChildren();
  const accountId = accounts.list()[0]?.id ?? '';
  await store.refresh(accountId, { kind: 'directory' });
  const { projects = [] } = store.known<'directory'>(accountId, { kind: 'directory' }).value ?? {};
  await Promise.all(projects.map(({ id: projectId }) => store.ensure(accountId, { kind: 'project', projectId })));
  const clusters = projects.flatMap(({ id: projectId }) => {
    return store.known<'project'>(accountId, { kind: 'project', projectId }).value?.clusters ?? [];
  }).length;
  const content = "const client = new MongoClient('mongodb');\n";
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
  const at = new vscode.Position(0, content.indexOf("');"));
  const ask = async (position: vscode.Position): Promise<{ readonly ms: number; readonly offered: number }> => {
    const started = performance.now();
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    return { ms: performance.now() - started, offered: list.items.length };
  };
  const completions: number[] = [];
  const emptyCompletions: number[] = [];
  const provided: number[] = [];
  let offered = 0;
  for (let count = 0; count < 22; count += 1) {
    const asked = await ask(at);
    completions.push(asked.ms);
    ({ offered } = asked);
    // By turns with it.
    emptyCompletions.push((await ask(new vscode.Position(0, 'const client'.length))).ms);
    const started = performance.now();
    completeString({ store, recent: commands.recent, foundStrings: () => [], warmUp: () => undefined }, document, at);
    provided.push(performance.now() - started);
  }
  return { completions, emptyCompletions, provided, offered, clusters };
}

/** What is done with a document after each edit, before anything is drawn. */
async function measureRescan(): Promise<readonly number[]> {
  const line = '  const greeting = `hello ${name}`; // a line of code like any other in this file\n';
  const string = "  connect('mongodb+srv://app:<db_password>@cluster0-pl-0-k45tj.mongodb.net/?retryWrites=true');\n";
  const content = Array.from({ length: 10_000 }, (_, index) => (index % 500 === 0 ? string : line)).join('');
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content });
  const rescans: number[] = [];
  for (let count = 0; count < 12; count += 1) {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(5000, 0), ' ');
    await vscode.workspace.applyEdit(edit);
    const started = performance.now();
    const text = document.getText();
    const strings = placeStrings(text, findStrings(text));
    rescans.push(performance.now() - started);
    if (strings.length !== 20) throw new Error(`${String(strings.length)} strings were found.`);
  }
  return rescans.slice(2);
}
