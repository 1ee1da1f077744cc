// npm run test:host -- [--grep TEXT] [--verbose]
//
// Runs test/host/suite inside VS Code, with the extension from dist/ and a sandbox handed over to it:
//   VSCODE_EXECUTABLE=/path/to/code  in that desktop VS Code
//   VSCODE_VERSION=1.101.0|stable    in a desktop VS Code that @vscode/test-electron downloads
//   neither                          in the VS Code of the npm registry, served to a browser
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '../../scripts/build-if-needed';
import { root } from '../../scripts/root';
import { sandboxVariable, startBuiltSandbox } from '../vscode/start-sandbox';
import { runInServedVscode } from './run-in-served-vscode';
import type { HostTestResult } from './suite/index';

const { values: flags } = parseArgs({
  options: { grep: { type: 'string', default: '' }, verbose: { type: 'boolean', default: false } },
});

/** What one run needs to know, whatever VS Code it happens in. */
export interface HostRun {
  readonly extension: string;
  readonly tests: string;
  readonly workspace: string;
  /** For user data and the like; removed afterwards. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
  readonly verbose: boolean;
}

/** One bundle per test file, below `out/` so that they find mocha. */
async function bundleTests(): Promise<string> {
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/host-'));
  const suite = join(import.meta.dirname, 'suite');
  await build({
    entryPoints: readdirSync(suite, { recursive: true, encoding: 'utf8' })
      .filter((name) => name === 'index.ts' || name.endsWith('.test.ts'))
      .map((name) => join(suite, name)),
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // As in the extension's own bundle: a UMD module requires what nobody bundles.
    mainFields: ['module', 'main'],
    target: 'node20',
    external: ['vscode', 'mocha', 'mongodb'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return folder;
}

function show({ title, outcome, durationMs, reason }: HostTestResult): void {
  const mark = { passed: '✔', failed: '✖', skipped: '-' }[outcome];
  console.log(`  ${mark} ${title} (${durationMs.toFixed(0)} ms)`);
  if (reason !== undefined) console.log(reason.replace(/^/gm, '      '));
}

/** Prints results as they come; `finish` tells how many there were. */
function follow(file: string) {
  let shown = 0;
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const read = (): void => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(shown)) {
      const result = JSON.parse(line) as HostTestResult;
      counts[result.outcome]++;
      show(result);
    }
    shown = lines.length;
  };
  const timer = setInterval(read, 500);
  return {
    finish: () => {
      clearInterval(timer);
      read();
      return counts;
    },
  };
}

async function runInDesktop(run: HostRun): Promise<void> {
  const { VSCODE_EXECUTABLE: executable = '', VSCODE_VERSION: version = '' } = process.env;
  await runTests({
    ...(executable === '' ? { version } : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: join(run.tests, 'index.js'),
    extensionTestsEnv: run.env,
    launchArgs: [
      run.workspace,
      `--user-data-dir=${join(run.scratch, 'user-data')}`,
      `--extensions-dir=${join(run.scratch, 'extensions')}`,
      '--disable-workspace-trust',
    ],
  });
}

async function main(): Promise<number> {
  buildIfNeeded();
  const scratch = mkdtempSync(join(tmpdir(), 'private-endpoints-host-'));
  const results = join(scratch, 'results.jsonl');
  const workspace = join(scratch, 'workspace');
  cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
  const tests = await bundleTests();
  const sandbox = await startBuiltSandbox(scratch);
  const following = follow(results);
  let complaint: string | undefined;
  try {
    const isDesktop = (process.env.VSCODE_EXECUTABLE ?? process.env.VSCODE_VERSION ?? '') !== '';
    await (isDesktop ? runInDesktop : runInServedVscode)({
      extension: root,
      tests,
      workspace,
      scratch,
      env: { [sandboxVariable]: sandbox.file, HOST_TEST_RESULTS: results, HOST_TEST_GREP: flags.grep },
      verbose: flags.verbose,
    });
  } catch (error) {
    complaint = error instanceof Error ? error.message : String(error);
  }
  const { passed, failed, skipped } = following.finish();
  await sandbox.close();
  rmSync(tests, { recursive: true, force: true });
  rmSync(scratch, { recursive: true, force: true });
  // A run that broke off is a failure, whatever the tests said until then.
  const brokeOff = failed === 0 && (complaint !== undefined || passed === 0) ? 1 : 0;
  if (brokeOff === 1) console.error(`  ✖ The tests in VS Code broke off: ${complaint ?? 'no test ran'}`);
  console.log(
    `\n${String(passed)} passed, ${String(failed + brokeOff)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`,
  );
  return failed + brokeOff === 0 ? 0 : 1;
}

process.exitCode = await main();
