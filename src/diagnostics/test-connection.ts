import { setMaxListeners } from 'node:events';
import { withHiddenCredentials } from '../connection-string/credentials';
import { parseConnectionString, type ConnectionString } from '../connection-string/parse';
import { proxyIn } from '../connection-string/transport';
import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { NetworkRoute } from '../core/network';
import { problem, ProblemError } from '../core/problem';
import { serversToAsk } from './dns/servers';
import type { TestContext, TestEvent, TestReport } from './events';
import type { Evidence } from './evidence';
import { ownAddresses } from './network/own-addresses';
import { createContextCache, trustedAuthorities } from './network/roots';
import { readSocksUrl, type SocksProxy } from './network/socks5';
import { createRecorder, type Recorder } from './recorder';
import type { LoadedDriver } from './sign-in-hop';
import { verdictOf } from './verdict';
import { walkPath } from './walk-path';

/** How to sign in at the end of a test. Secrets live here for the duration of one test only. */
export type SignIn =
  | { readonly kind: 'skip' }
  /** User and password that stand in the string itself. */
  | { readonly kind: 'from-string' }
  | { readonly kind: 'password'; readonly username: string; readonly password: string; readonly authSource?: string }
  | {
      readonly kind: 'aws';
      readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
    }
  | { readonly kind: 'x509'; readonly certificateKeyFile: string; readonly passphrase?: string };

export interface TestRequest {
  readonly connectionString: string;
  readonly signIn: SignIn;
  readonly route: NetworkRoute;
  /** Longest wait for one hop and one subject, in milliseconds. */
  readonly hopTimeoutMs: number;
  readonly where: { readonly hostname: string; readonly kind: string };
  /** What Atlas and the cloud account say; gathered while the test runs. A rejection counts as nothing said. */
  readonly evidence?: (signal: AbortSignal, context: TestContext) => Promise<Evidence>;
}

export interface TestPorts {
  readonly clock: Clock;
  readonly logger: Logger;
}

const contextFor = createContextCache();
let driverLoaded: Promise<LoadedDriver> | undefined;
const loadDriver = (): Promise<LoadedDriver> => (driverLoaded ??= import('./mongo/driver'));

/**
 * Tests a connection string hop by hop and tells every step to `onEvent`. Resolves with the report, also when a hop
 * failed or `signal` was aborted (outcome `cancelled`); afterwards no socket, timer or file is open. Rejects with a
 * {@link ProblemError} before anything is asked of the network when the route cannot be used: `PROXY_INVALID`,
 * `CA_FILE_UNREADABLE`.
 */
export async function testConnection(
  request: TestRequest,
  ports: TestPorts,
  onEvent: (event: TestEvent) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<TestReport> {
  const { clock, logger } = ports;
  const parsed = parseConnectionString(request.connectionString);
  const string = parsed.ok ? parsed.value : undefined;
  const proxy = proxyOf(request.route, string);
  const [authorities, servers, driver] = await Promise.all([
    authoritiesOf(request.route),
    serversToAsk(request.route.dnsServers),
    // The driver is large, and loading it holds everything up: better now than between two hops that are timed.
    string === undefined || request.signIn.kind === 'skip' ? undefined : loadDriver(),
  ]);
  const editorServers = servers.filter(({ source }) => source === 'editor').map(({ address }) => address);
  const clientAddresses = request.route.clientAddresses ?? (proxy === undefined ? ownAddresses() : undefined);
  const context: TestContext = {
    connectionString: withHiddenCredentials(request.connectionString),
    where: request.where,
    dnsServers: servers.map(({ address }) => address),
    ...(editorServers.length === 0 ? {} : { editorServers }),
    ...(proxy === undefined ? {} : { socksProxy: `${proxy.host}:${proxy.port}` }),
    ...(clientAddresses === undefined ? {} : { clientAddresses }),
    startedAt: new Date(clock.now()).toISOString(),
  };
  // Ends with the test: whatever is still under way then is cut off.
  const ended = new AbortController();
  // All addresses and ports listen at once: more than Node's guess at a leak.
  setMaxListeners(0, ended.signal);
  const onAbort = (): void => ended.abort(signal.reason);
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  const recorder = createRecorder(clock, logger, onEvent, signal);
  try {
    recorder.begin(context);
    const gathered = gather(request, recorder, context, ended.signal);
    if (string === undefined) {
      const reason = parsed.ok ? undefined : parsed.problem;
      await recorder.hop('string', reason?.subject ?? '', () => ({ facts: [], failure: 'malformed', problem: reason }));
    } else {
      await walkPath({
        string,
        signIn: request.signIn,
        servers,
        proxy,
        namesByProxy: proxy !== undefined && request.route.dnsServers.length === 0,
        authorities,
        context: contextFor(authorities),
        driver,
        clock,
        timeoutMs: request.hopTimeoutMs,
        signal: ended.signal,
        recorder,
      });
    }
    await gathered;
  } finally {
    signal.removeEventListener('abort', onAbort);
    ended.abort();
  }
  if (signal.aborted) recorder.emit({ type: 'test-cancelled', at: recorder.elapsed() });
  const verdict = verdictOf(recorder.events);
  const durationMs = recorder.elapsed();
  recorder.emit({ type: 'test-finished', at: durationMs, verdict });
  return { context, hops: recorder.hops, verdict, durationMs };
}

/** The proxy of the route, else the one that the string itself names (SOCKS5 options of connection strings). */
function proxyOf({ socksProxy }: NetworkRoute, string: ConnectionString | undefined): SocksProxy | undefined {
  if (socksProxy !== undefined) {
    const proxy = readSocksUrl(socksProxy);
    // The value stays out of it: it may hold a password.
    if (proxy === undefined) throw new ProblemError(problem('PROXY_INVALID', 'socks5://…'));
    return proxy;
  }
  return string === undefined ? undefined : proxyIn(string);
}

async function authoritiesOf({ caFile }: NetworkRoute): Promise<readonly string[] | undefined> {
  try {
    return await trustedAuthorities(caFile);
  } catch (error) {
    const { syscall, code } = error as NodeJS.ErrnoException;
    throw new ProblemError(
      problem('CA_FILE_UNREADABLE', caFile ?? '', {}, { evidence: syscall === undefined ? 'PEM' : String(code) }),
    );
  }
}

/** What callers know from Atlas and the cloud, as an event. That it could not be had is no reason to fail. */
async function gather(
  { evidence }: TestRequest,
  recorder: Recorder,
  context: TestContext,
  signal: AbortSignal,
): Promise<void> {
  if (evidence === undefined) return;
  try {
    recorder.emit({ type: 'evidence', at: recorder.elapsed(), evidence: await evidence(signal, context) });
  } catch {
    recorder.emit({
      type: 'evidence',
      at: recorder.elapsed(),
      evidence: { missing: [{ from: 'atlas', reason: 'unreachable' }] },
    });
  }
}
