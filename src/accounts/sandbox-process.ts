import type { ChildProcess } from 'node:child_process';
import type { Clock } from '../core/clock';
import { createEmitter, type Stop } from '../core/emitter';
import type { Logger } from '../core/logger';
import type { NetworkRoute } from '../core/network';
import { problem, ProblemError } from '../core/problem';

/** What a running sandbox says about itself in its first line. */
export interface SandboxDetails {
  readonly atlasBaseUrl: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ec2Endpoint: string;
  readonly awsAccessKeyId: string;
  readonly awsSecretAccessKey: string;
  readonly dnsServer: string;
  readonly socksProxy: string;
  /** Addresses beyond the proxy that connections come from; absent from a sandbox of an earlier version. */
  readonly clientAddresses?: readonly string[];
  readonly caFile: string;
  readonly dbUsername: string;
  readonly dbPassword: string;
  readonly scenario: string;
}

/** The sandbox of this window: handed over by whoever started the editor, or a process of our own. */
export interface Sandbox {
  /** Fires when a sandbox that was running is gone. */
  readonly onDidEnd: (listener: () => void) => Stop;
  /**
   * Fires once when it has ended by itself {@link mostEnds} times within {@link endsWithinMs}: it is not started any more
   * until {@link allowStart}. Whatever asks for it would start it for ever otherwise.
   */
  readonly onDidGiveUp: (listener: () => void) => Stop;
  /** Starts it when it is not running yet. Rejects with `SANDBOX_NOT_STARTED`, or `SANDBOX_KEEPS_ENDING`. */
  details(): Promise<SandboxDetails>;
  /** A person wants it: what ended before does not count any more. Starts nothing. */
  allowStart(): void;
  /** True when it was handed over: it is then not ours to end. */
  readonly handedOver: boolean;
  /** Ends a process of our own; does nothing else. */
  stop(): void;
}

export interface SandboxPorts {
  /** Starts `dist/sandbox.js` with an open standard input; it ends when that closes. */
  readonly spawn: () => ChildProcess;
  /** A file with the line of a sandbox that is running already. */
  readonly handedOverFile: string | undefined;
  readonly readFile: (path: string) => Promise<string>;
  readonly onSecret: (secret: string) => void;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** So many ends, or starts that failed, in so many milliseconds are no accident. */
export const mostEnds = 3;
export const endsWithinMs = 60_000;

const secretFields = ['privateKey', 'clientSecret', 'awsSecretAccessKey', 'dbPassword'] as const;
const requiredFields = ['atlasBaseUrl', 'clientId', 'clientSecret', 'dnsServer', 'socksProxy', 'caFile'] as const;

interface Running {
  readonly details: Promise<SandboxDetails>;
  /** Absent until the one before has ended, and of one that was handed over. */
  child?: ChildProcess;
}

/** A sandbox that starts when it is first asked for, once, and ends with `stop` or with this process. */
export function createSandbox(ports: SandboxPorts): Sandbox {
  const ended = createEmitter<undefined>();
  const gaveUp = createEmitter<undefined>();
  let running: Running | undefined;
  /** When those ended that nobody had told to. */
  let ends: readonly number[] = [];
  const stopped = new WeakSet<ChildProcess>();
  /** The end of the latest child. */
  let lastEnd: Promise<void> = Promise.resolve();

  function countEnd(): void {
    const now = ports.clock.monotonic();
    ends = [...ends.filter((at) => now - at < endsWithinMs), now];
    if (ends.length === mostEnds) gaveUp.fire(undefined);
  }

  function startChild(): { readonly details: Promise<SandboxDetails>; readonly child: ChildProcess } {
    const child = ports.spawn();
    let isUp = false;
    lastEnd = new Promise((resolve) => {
      child.once('exit', (code) => {
        ports.logger.info(`Sandbox ended with exit code ${String(code)}`);
        if (running?.child === child) running = undefined;
        if (!stopped.has(child)) countEnd();
        if (isUp) ended.fire(undefined);
        resolve();
      });
      // One that could not be started has no exit.
      child.once('error', () => resolve());
    });
    const details = firstLine(child).then((line) => {
      const parsed = parseDetails(line, ports.onSecret);
      isUp = true;
      return parsed;
    });
    return { details, child };
  }

  function start(): Running {
    if (ports.handedOverFile !== undefined) return { details: readHandedOver(ports, ports.handedOverFile) };
    const starting: Running = {
      // The end of the one before is told before there is a next one.
      details: lastEnd.then(() => {
        if (running !== starting) throw new ProblemError(problem('SANDBOX_NOT_STARTED', 'sandbox'));
        const { details, child } = startChild();
        starting.child = child;
        return details;
      }),
    };
    return starting;
  }

  return {
    onDidEnd: ended.event,
    onDidGiveUp: gaveUp.event,
    allowStart: () => {
      ends = [];
    },
    handedOver: ports.handedOverFile !== undefined,
    details: () => {
      if (running === undefined) {
        if (ends.length >= mostEnds) {
          return Promise.reject(new ProblemError(problem('SANDBOX_KEEPS_ENDING', 'sandbox')));
        }
        const started = start();
        running = started;
        started.details.catch(() => {
          started.child?.kill();
          if (running === started) running = undefined;
        });
      }
      return running.details;
    },
    stop: () => {
      if (running === undefined || ports.handedOverFile !== undefined) return;
      const { child } = running;
      running = undefined;
      if (child === undefined) return;
      stopped.add(child);
      child.stdin?.end();
      child.kill();
    },
  };
}

/** Starts it while the person waits: an aborted signal ends it again. Rejects with the signal's reason then. */
export async function startWhile(
  sandbox: Pick<Sandbox, 'allowStart' | 'details' | 'stop'>,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  sandbox.allowStart();
  const stop = (): void => sandbox.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await sandbox.details();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  signal.throwIfAborted();
}

async function readHandedOver(ports: SandboxPorts, file: string): Promise<SandboxDetails> {
  let text: string;
  try {
    text = await ports.readFile(file);
  } catch (error) {
    const evidence = error instanceof Error ? error.message : String(error);
    throw new ProblemError(problem('SANDBOX_NOT_STARTED', 'sandbox', {}, { evidence }));
  }
  return parseDetails(text, ports.onSecret);
}

/** The way into the sandbox's VPC. */
export function sandboxRoute(details: SandboxDetails): NetworkRoute {
  const { dnsServer, socksProxy, clientAddresses, caFile } = details;
  return { dnsServers: [dnsServer], socksProxy, caFile, ...(clientAddresses === undefined ? {} : { clientAddresses }) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    let complaint = '';
    let isComplete = false;
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      if (isComplete) return;
      output += chunk;
      const end = output.indexOf('\n');
      if (end < 0) return;
      isComplete = true;
      resolve(output.slice(0, end));
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      complaint = (complaint + chunk).slice(-500);
    });
    const refuse = (evidence: string): void => {
      reject(new ProblemError(problem('SANDBOX_NOT_STARTED', 'sandbox', {}, { evidence })));
    };
    child.once('error', (error) => refuse(error.message));
    // After `close` nothing more comes from its error output.
    child.once('close', (code) => refuse(complaint.trim() || `exit code ${String(code)}`));
  });
}

function parseDetails(line: string, onSecret: (secret: string) => void): SandboxDetails {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  const details = value as Readonly<Record<string, unknown>> | null | undefined;
  const missing = requiredFields.filter((field) => typeof details?.[field] !== 'string');
  if (missing.length > 0) {
    throw new ProblemError(
      problem('SANDBOX_NOT_STARTED', 'sandbox', {}, { evidence: `missing: ${missing.join(', ')}` }),
    );
  }
  for (const field of secretFields) {
    const secret = details?.[field];
    if (typeof secret === 'string' && secret !== '') onSecret(secret);
  }
  return value as SandboxDetails;
}
