// npm start -- [--no-open] [--port N] [--scenario NAME] [--projects N] [--latency MS] [--pace NAME]
//
// Opens VS Code on a small workspace with the packaged extension and a sandbox that it is signed in to: the desktop's
// where there is one (VSCODE_EXECUTABLE or `code`), else one that is served to a browser. Its settings, extensions and
// files are its own, and gone when this ends.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseArgs } from 'node:util';
import { sandboxVariable, startBuiltSandbox } from '../test/vscode/start-sandbox';
import { remoteAddress, serveVscode } from '../test/vscode/serve-vscode';
import { packageIfNeeded } from './build-if-needed';
import { root } from './root';

const usage = `Usage: npm start -- [--no-open] [--port N] [--scenario NAME] [--projects N] [--latency MS] [--pace NAME]`;

interface Arguments {
  readonly noOpen: boolean;
  /** 0 is any free port. */
  readonly port: number;
  /** What the sandbox is to know. */
  readonly sandbox: readonly string[];
}

/** What the command line asks for, or what is wrong with it. What only the sandbox knows, it judges itself. */
function readArguments(list: readonly string[]): Arguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...list],
      options: {
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string', default: '0' },
        scenario: { type: 'string' },
        projects: { type: 'string' },
        latency: { type: 'string' },
        pace: { type: 'string' },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) return '--port takes a number from 0 to 65535.';
  const { 'no-open': noOpen, ...all } = values;
  const sandbox = (['scenario', 'projects', 'latency', 'pace'] as const).flatMap((name) =>
    all[name] === undefined ? [] : [`--${name}`, all[name]],
  );
  return { noOpen, port, sandbox };
}

/** Why a port of this machine cannot be listened on; undefined when it can. */
async function whyNotFree(port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    probe.close();
  }
}

interface Place {
  readonly scratch: string;
  readonly workspace: string;
  readonly packageFile: string;
  readonly env: Readonly<Record<string, string>>;
}

/** The desktop editor's command line, when this is a desktop. */
function desktopExecutable(): string | undefined {
  const { VSCODE_EXECUTABLE: chosen = '', VSCODE_IPC_HOOK_CLI: remote = '', PATH: path = '' } = process.env;
  if (chosen !== '') return chosen;
  // In the terminal of a remote window `code` leads to the editor on another machine.
  const hasScreen = process.platform !== 'linux' || hasLinuxScreen();
  if (remote !== '' || !hasScreen) return undefined;
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  return path
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

function hasLinuxScreen(): boolean {
  const { DISPLAY: x11 = '', WAYLAND_DISPLAY: wayland = '' } = process.env;
  return x11 !== '' || wayland !== '';
}

/** Opens a window of the desktop editor; `closed` settles when the person closes it. */
function openDesktop(executable: string, { scratch, workspace, packageFile, env }: Place) {
  const own = ['--user-data-dir', join(scratch, 'user-data'), '--extensions-dir', join(scratch, 'extensions')];
  const options = { env: { ...process.env, ...env }, shell: process.platform === 'win32' };
  const { status, stderr, error } = spawnSync(executable, [...own, '--install-extension', packageFile], {
    ...options,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${executable} did not install the extension: ${error?.message ?? stderr}`);
  const args = [
    ...own,
    '--disable-workspace-trust',
    '--new-window',
    '--wait',
    workspace,
    join(workspace, 'src/app.js'),
  ];
  const child = spawn(executable, args, { ...options, stdio: 'ignore' });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { ready: `the VS Code window on ${workspace}`, closed, close: () => Promise.resolve(void child.kill()) };
}

/** Serves the editor's window, and opens it in the person's browser when there is a screen. */
async function openServed({ scratch, workspace, packageFile, env }: Place, { noOpen, port }: Arguments) {
  const vscode = await serveVscode({
    dataFolder: join(scratch, 'server-data'),
    packages: [packageFile],
    env,
    port,
  });
  const url = vscode.windowUrl(workspace, [['openFile', remoteAddress(vscode, join(workspace, 'src/app.js'))]]);
  if (!noOpen) openInBrowser(url);
  return { ready: url, closed: new Promise<void>(() => undefined), close: () => vscode.close() };
}

function openInBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  if (process.platform === 'linux' && !hasLinuxScreen()) return;
  // Without such a command the person opens the address that is printed.
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => undefined)
    .unref();
}

async function main(asked: Arguments): Promise<void> {
  const taken = await whyNotFree(asked.port);
  if (taken !== undefined) throw new Error(`VS Code cannot be served on port ${String(asked.port)}: ${taken}`);
  const packageFile = packageIfNeeded();
  const scratch = mkdtempSync(join(tmpdir(), 'private-endpoints-'));
  const closers: (() => Promise<void>)[] = [];
  let ending: Promise<void> | undefined;
  const end = (): Promise<void> =>
    (ending ??= (async () => {
      for (const close of closers.reverse()) await close();
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    })());
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  });
  try {
    const workspace = join(scratch, 'orders-service');
    cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
    const sandbox = await startBuiltSandbox(scratch, ...asked.sandbox);
    closers.push(() => sandbox.close());
    const place: Place = { scratch, workspace, packageFile, env: { [sandboxVariable]: sandbox.file } };
    const executable = asked.noOpen ? undefined : desktopExecutable();
    const opened = executable === undefined ? await openServed(place, asked) : openDesktop(executable, place);
    closers.push(() => opened.close());
    console.log(`Ready: ${opened.ready}`);
    console.log('The view "Private Endpoints" is in the activity bar. Press Ctrl+C to end VS Code and the sandbox.');
    await Promise.race([interrupted, opened.closed]);
  } finally {
    await end();
  }
}

const asked = readArguments(process.argv.slice(2));
if (typeof asked === 'string') {
  console.error(`${asked}\n${usage}`);
  process.exit(2);
}
main(asked).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
