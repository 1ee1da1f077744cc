import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startNode } from './child-process';
import { installVscode, type ServedVersion } from './install-vscode';

/** A VS Code that serves its window on a port of this machine. */
export interface ServingVscode {
  /** `127.0.0.1:port`, the authority of its `vscode-remote:` addresses. */
  readonly authority: string;
  /**
   * The address of a window on a folder or a .code-workspace file, or on nothing. Whoever knows it may open it, and
   * nobody else.
   */
  windowUrl(opened: string | undefined, payload?: readonly (readonly [string, string])[]): string;
  close(): Promise<void>;
}

/** Serves VS Code with all of its data in `dataFolder` and packages of extensions installed. */
export async function serveVscode(options: {
  readonly dataFolder: string;
  readonly packages?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** 0, and none, is any free port. */
  readonly port?: number;
  /** False: nothing is trusted until the person says so. Everything is otherwise. */
  readonly isTrusted?: boolean;
  readonly version?: ServedVersion;
}): Promise<ServingVscode> {
  const vscode = installVscode(options.version);
  const data = ['--server-data-dir', options.dataFolder, '--accept-server-license-terms'];
  for (const file of options.packages ?? []) {
    const { stdout, stderr } = spawnSync(vscode.node, [vscode.server, '--install-extension', file, ...data], {
      encoding: 'utf8',
    });
    if (!stdout.includes('was successfully installed'))
      throw new Error(`${file} was not installed: ${stdout}${stderr}`);
  }
  // Whoever reaches the port could run programs here otherwise; a command line is seen by everybody on the machine.
  const token = randomBytes(16).toString('hex');
  mkdirSync(options.dataFolder, { recursive: true });
  const tokenFile = join(options.dataFolder, 'connection-token');
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const server = await startNode(
    vscode.node,
    [
      vscode.server,
      ...data,
      ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token-file', tokenFile],
      ...['--telemetry-level', 'off'],
      ...(options.isTrusted === false ? [] : ['--disable-workspace-trust']),
      // Lets the address name the tests to run; a VS Code that is built ignores them otherwise.
      '--enable-smoke-test-driver',
    ],
    /listening on (\d+)/,
    { env: { ...process.env, ...options.env } },
  );
  const authority = `127.0.0.1:${server.told}`;
  return {
    authority,
    windowUrl: (opened, payload = []) => {
      const query = new URLSearchParams({
        tkn: token,
        ...(opened === undefined
          ? { ew: 'true' }
          : { [opened.endsWith('.code-workspace') ? 'workspace' : 'folder']: opened }),
        payload: JSON.stringify([['skipWelcome', 'true'], ...payload]),
      });
      return `http://${authority}/?${query.toString()}`;
    },
    close: () => server.close(),
  };
}

/** A file of this machine as a window of a served VS Code names it. */
export function remoteAddress({ authority }: ServingVscode, path: string): string {
  return `vscode-remote://${authority}${join('/', path)}`;
}
