import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/root';
import { runInServedVscode } from '../host/run-in-served-vscode';
import { sandboxVariable, startBuiltSandbox } from '../vscode/start-sandbox';
import { least, median, type Bench } from './figure';
import type { MeasuredInVscode } from './vscode/index';

const folders = 200;
const filesInFolder = 100;
/** One file in so many holds a connection string. */
const stringsEvery = 50;
const filesWithString = (folders * filesInFolder) / stringsEvery;

/** What a person waits for while typing, and what a look through a large workspace costs others, inside VS Code. */
export const bench: Bench = {
  title: 'Editor features in VS Code',
  run: async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
    const workspace = join(scratch, 'workspace');
    const results = join(scratch, 'results.json');
    writeWorkspace(workspace);
    const tests = await bundle();
    const sandbox = await startBuiltSandbox(scratch, '--projects', '20');
    try {
      await runInServedVscode({
        extension: root,
        tests,
        workspace,
        isTrusted: true,
        scratch,
        env: { [sandboxVariable]: sandbox.file, BENCH_RESULTS: results, BENCH_FILES: String(filesWithString) },
        verbose: false,
      });
      return figuresOf(JSON.parse(readFileSync(results, 'utf8')) as MeasuredInVscode);
    } finally {
      await sandbox.close();
      rmSync(tests, { recursive: true, force: true });
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};

function figuresOf(measured: MeasuredInVscode) {
  const {
    completions,
    emptyCompletions,
    provided,
    offered,
    clusters,
    rescans,
    idleBlock,
    scanBlock,
    shownBlock,
    scan,
    found,
  } = measured;
  const { first, pages, emptyWebviews } = measured.page;
  const [cold = 0, ...warm] = completions;
  const files = folders * filesInFolder;
  if (found < filesWithString) throw new Error(`Strings were found in ${String(found)} files only.`);
  return [
    {
      name: 'completion, from the question to the list',
      value: median(warm),
      unit: 'ms',
      limit: 50,
      note: `median of ${String(warm.length)}, least ${least(warm).toFixed(0)}, the first of the window ${cold.toFixed(0)}; ${String(clusters)} clusters known, ${String(offered)} offered`,
    },
    {
      name: 'the same where nothing is offered: the editor’s own part',
      value: median(emptyCompletions.slice(1)),
      unit: 'ms',
      note: `by turns with it, least ${least(emptyCompletions.slice(1)).toFixed(0)}`,
    },
    {
      name: 'completion, what the extension does of it',
      value: median(provided.slice(1)),
      unit: 'ms',
      note: `least ${least(provided.slice(1)).toFixed(1)}, the first ${(provided[0] ?? 0).toFixed(1)}`,
    },
    { name: '10,000 lines looked through after an edit', value: median(rescans), unit: 'ms', limit: 10 },
    {
      name: 'longest block while a workspace is looked through',
      value: scanBlock,
      unit: 'ms',
      limit: 20,
      note: `${idleBlock.toFixed(0)} ms without`,
    },
    { name: 'longest block while the view shows what is found', value: shownBlock, unit: 'ms', limit: 20 },
    {
      name: `${String(files)} files looked through`,
      value: scan,
      unit: 'ms',
      note: `strings in ${String(found)}; the second half with the view open`,
    },
    {
      name: 'set-up page ready, from its command',
      value: median(pages),
      unit: 'ms',
      limit: 300,
      note: `median of ${String(pages.length)}, least ${least(pages).toFixed(0)}; the first of the window ${first.toFixed(0)}`,
    },
    {
      name: 'the same of an empty webview: the editor’s own part',
      value: median(emptyWebviews),
      unit: 'ms',
      note: `by turns with it, least ${least(emptyWebviews).toFixed(0)}`,
    },
  ] as const;
}

function writeWorkspace(workspace: string): void {
  const text = 'export const answer = 42; // nothing of interest in this line\n'.repeat(60);
  const string = "connect('mongodb+srv://app:<db_password>@cluster0-pl-0-k45tj.mongodb.net/');\n";
  for (let folder = 0; folder < folders; folder += 1) {
    const path = join(workspace, `src/part-${String(folder)}`);
    mkdirSync(path, { recursive: true });
    for (let file = 0; file < filesInFolder; file += 1) {
      const hasString = (folder * filesInFolder + file) % stringsEvery === 0;
      writeFileSync(join(path, `file-${String(file)}.ts`), hasString ? text + string : text);
    }
  }
}

/** Below `out/`, where the editor finds what it needs. */
async function bundle(): Promise<string> {
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/bench-'));
  await build({
    entryPoints: [join(root, 'test/bench/vscode/index.ts')],
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return folder;
}
