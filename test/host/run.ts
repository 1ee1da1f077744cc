// npm run test:host -- [--grep TEXT] [--verbose] [--vscode oldest]
//
// Runs the suites of test/host inside VS Code, a window for each, with the extension from dist/ and a sandbox handed
// over to it:
//   VSCODE_EXECUTABLE=/path/to/code  in that desktop VS Code
//   VSCODE_VERSION=1.101.0|stable    in a desktop VS Code that @vscode/test-electron downloads
//   neither                          in the VS Code of the npm registry, served to a browser; with --vscode oldest in
//                                    the oldest one there that the extension supports
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildIfNeeded } from '../../scripts/build-if-needed';
import { root } from '../../scripts/root';
import type { SandboxDetails } from '../../src/accounts/sandbox-process';
import type { ServedVersion } from '../vscode/install-vscode';
import { sandboxVariable, startBuiltSandbox } from '../vscode/start-sandbox';
import { runInServedVscode } from './run-in-served-vscode';
import { filesWithSecrets, secretsIn, typedSecrets } from './secret-traces';
import type { HostTestResult } from './suite/index';

const { values: flags } = parseArgs({
  options: {
    grep: { type: 'string', default: '' },
    verbose: { type: 'boolean', default: false },
    vscode: { type: 'string', default: 'current' },
  },
});
const served: ServedVersion = flags.vscode === 'oldest' ? 'oldest' : 'current';

/** What one run needs to know, whatever VS Code it happens in. */
export interface HostRun {
  readonly extension: string;
  readonly tests: string;
  /** A folder, or a .code-workspace file. */
  readonly workspace: string;
  /** Without it the window asks the person first, as it does for what was downloaded. */
  readonly isTrusted: boolean;
  /** For user data and the like; removed afterwards. */
  readonly scratch: string;
  readonly env: Readonly<Record<string, string>>;
  /** Which one it is, where it is served to a browser. */
  readonly served?: ServedVersion;
  readonly verbose: boolean;
}

/** A folder of tests and the window that they run in. */
interface HostWindow {
  readonly suite: string;
  readonly isTrusted: boolean;
  /** Lays out what is opened, in an empty folder, and returns its path. */
  readonly layOut: (folder: string) => string;
}

/** The one of most people, with most tests, and others. */
const windows: readonly [HostWindow, ...HostWindow[]] = [
  {
    suite: 'suite',
    isTrusted: true,
    layOut: (folder) => {
      const workspace = join(folder, 'workspace');
      cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
      return workspace;
    },
  },
  {
    suite: 'multi-root-suite',
    isTrusted: true,
    layOut: (folder) => {
      for (const name of ['shop', 'reports'])
        cpSync(join(root, 'test/vscode/workspace'), join(folder, name), { recursive: true });
      const workspace = join(folder, 'both.code-workspace');
      writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'shop' }, { path: 'reports' }] }));
      return workspace;
    },
  },
  {
    suite: 'untrusted-suite',
    isTrusted: false,
    layOut: (folder) => {
      const workspace = join(folder, 'downloaded');
      cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
      const file = join(workspace, '.vscode/settings.json');
      const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...settings, ...hostileSettings }));
      return workspace;
    },
  },
];

/** What a stranger's workspace sets to have tests and sign-ins go to servers of theirs. */
const hostileSettings = {
  'atlasPrivateEndpoints.atlas.baseUrl': 'http://127.0.0.1:9',
  'atlasPrivateEndpoints.test.dnsServers': ['127.0.0.1:9'],
  'atlasPrivateEndpoints.test.socksProxy': 'socks5://127.0.0.1:9',
  'atlasPrivateEndpoints.test.caFile': '/downloaded/ca.pem',
  'atlasPrivateEndpoints.dotenv.file': 'taken.env',
  // Leads nowhere, so it holds: the tests see by it that the file is read.
  'atlasPrivateEndpoints.dotenv.variable': 'OF_THE_WORKSPACE',
};

/** One bundle per test file, below `out/` so that they find mocha. */
async function bundleTests(name: string): Promise<string> {
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/host-'));
  const suite = join(import.meta.dirname, name);
  await build({
    entryPoints: [
      join(import.meta.dirname, 'suite/index.ts'),
      ...readdirSync(suite, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.test.ts'))
        .map((file) => join(suite, file)),
    ],
    outdir: folder,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    // As in the extension's own bundle: a UMD module requires what nobody bundles.
    mainFields: ['module', 'main'],
    target: 'node20',
    external: ['vscode', 'mocha', 'mongodb', '@aws-sdk/client-ec2'],
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

type Counts = Record<HostTestResult['outcome'], number>;

/** Prints results as they come; `finish` tells how many there were. */
function follow(file: string): { readonly finish: () => Counts } {
  let shown = 0;
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
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
      ...(run.isTrusted ? ['--disable-workspace-trust'] : []),
    ],
  });
}

/** Opens a window, runs its tests there and counts them. A run that broke off is a failure of its own. */
async function runWindow(window: HostWindow, scratch: string, sandboxFile: string): Promise<Counts> {
  const isDesktop = (process.env.VSCODE_EXECUTABLE ?? process.env.VSCODE_VERSION ?? '') !== '';
  const own = join(scratch, window.suite);
  mkdirSync(own);
  const results = join(own, 'results.jsonl');
  const tests = await bundleTests(window.suite);
  const following = follow(results);
  const { clientSecret, privateKey } = JSON.parse(readFileSync(sandboxFile, 'utf8')) as SandboxDetails;
  const secrets = [...Object.values(typedSecrets), clientSecret, privateKey];
  const told: string[] = [];
  let complaint: string | undefined;
  try {
    const run: HostRun = {
      extension: root,
      tests,
      workspace: window.layOut(own),
      isTrusted: window.isTrusted,
      scratch: own,
      env: {
        [sandboxVariable]: sandboxFile,
        HOST_TEST_RESULTS: results,
        HOST_TEST_GREP: flags.grep,
        HOST_TEST_WINDOW: isDesktop ? 'local' : 'remote',
      },
      served,
      verbose: flags.verbose,
    };
    if (isDesktop) await runInDesktop(run);
    else await runInServedVscode(run, (text) => told.push(text));
  } catch (error) {
    complaint = error instanceof Error ? error.message : String(error);
  }
  const counts = following.finish();
  rmSync(tests, { recursive: true, force: true });
  const leaks = [
    // Results, logs, the states of extensions and workspaces, the workspace itself.
    ...filesWithSecrets(own, secrets),
    ...told.filter((text) => secretsIn(text, secrets).length > 0).map((text) => text.slice(0, 60)),
  ];
  const outcome = leaks.length === 0 && (isDesktop || told.length > 0) ? 'passed' : 'failed';
  const title = `${window.suite} › no secret that was typed is in a file, a title, a stored state or an output`;
  show({ title, outcome, durationMs: 0, ...(outcome === 'passed' ? {} : { reason: leaks.join('\n') }) });
  counts[outcome]++;
  if (complaint === undefined || counts.failed > 0) return counts;
  console.error(`  ✖ The tests of test/host/${window.suite} in VS Code broke off: ${complaint}`);
  return { ...counts, failed: 1 };
}

async function main(): Promise<number> {
  buildIfNeeded();
  const scratch = mkdtempSync(join(tmpdir(), 'private-endpoints-host-'));
  const sandbox = await startBuiltSandbox(scratch, '--pace', 'brisk');
  const [first, ...others] = windows;
  const counts = [await runWindow(first, scratch, sandbox.file)];
  // Side by side: these only read what the sandbox has.
  counts.push(...(await Promise.all(others.map((window) => runWindow(window, scratch, sandbox.file)))));
  await sandbox.close();
  rmSync(scratch, { recursive: true, force: true });
  const sum = (outcome: keyof Counts): number => counts.reduce((total, one) => total + one[outcome], 0);
  const [passed, skipped] = [sum('passed'), sum('skipped')];
  let failed = sum('failed');
  if (passed + failed === 0) {
    failed = 1;
    console.error('  ✖ No test ran');
  }
  console.log(
    `\n${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`,
  );
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main();
