// The entry of dist/helper.js: one file that runs on plain Node 18 or newer, with nothing installed beside it.
import { webcrypto } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { secretsIn } from '../connection-string/credentials';
import { optionOf, parseConnectionString, type ConnectionString } from '../connection-string/parse';
import { proxyIn } from '../connection-string/transport';
import { createRedactor, type Redactor } from '../connection-string/redact';
import { isAnglePlaceholder } from '../connection-string/render';
import { systemClock } from '../core/clock';
import { silentLogger } from '../core/logger';
import { problemOf } from '../core/problem';
import type { TestEvent, TestReport } from '../diagnostics/events';
import { redactEvent, redactReport } from '../diagnostics/report/redact-report';
import { reportJson } from '../diagnostics/report/report-json';
import { writeReportBlock } from '../diagnostics/report/report-block';
import { reportJunit } from '../diagnostics/report/report-junit';
import { headLines, hopLine, verdictLines } from '../diagnostics/report/report-text';
import { testConnection, type SignIn } from '../diagnostics/test-connection';
import { weightOf } from '../diagnostics/verdict';
import { describeProblem } from '../messages/problem-text';
import { askPassword } from './ask-password';
import { readArguments, usage, type Arguments } from './arguments';

/** Wrong usage: its message is for the person at the command line. */
class UsageError extends Error {}

const exitCodes = { well: 0, failed: 1, usage: 2 };

const oldestNode = 18;

async function main(): Promise<number> {
  const { node } = process.versions;
  if (parseInt(node, 10) < oldestNode) {
    process.stderr.write(`Node.js ${oldestNode} or newer is needed. This is ${node}.\n`);
    return exitCodes.usage;
  }
  const read = readArguments(process.argv.slice(2));
  if (typeof read === 'string') {
    if (read === '') process.stdout.write(usage);
    else complain(`${read}\n\n${usage}`);
    return read === '' ? exitCodes.well : exitCodes.usage;
  }
  try {
    return await run(read);
  } catch (error) {
    const found = problemOf(error);
    if (found === undefined && !(error instanceof UsageError)) throw error;
    const lines =
      found === undefined
        ? [(error as UsageError).message]
        : [describeProblem(found).title, ...describeProblem(found).fixes];
    complain(`${lines.join('\n')}\n`);
    return exitCodes.usage;
  }
}

/** Repeats what was given where a file or an option was awaited: a string that came there by mistake has its password. */
function complain(text: string): void {
  process.stderr.write(createRedactor().redact(text));
}

async function run(wanted: Arguments): Promise<number> {
  const connectionString = wanted.connectionString ?? process.env[wanted.stringVariable];
  if (connectionString === undefined || connectionString === '') {
    throw new UsageError(`Give a connection string, or set the environment variable ${wanted.stringVariable}.`);
  }
  const redactor = createRedactor();
  const parsed = parseConnectionString(connectionString);
  const proxy = parsed.ok && wanted.proxy === undefined ? proxyIn(parsed.value) : undefined;
  const way = proxy === undefined ? '' : ` (through ${proxy.host}:${proxy.port})`;
  const signIn = await signInOf(wanted, parsed.ok ? parsed.value : undefined, redactor, way);
  const host = parsed.ok ? (parsed.value.hosts[0]?.host ?? '') : '';
  const inString = parsed.ok ? (parsed.value.password ?? '') : '';
  for (const secret of [inString, ...secretsIn(connectionString)]) redactor.register(secret);
  limitSystemLookups(wanted.timeoutMs);
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort();
  process.once('SIGINT', cancel);
  process.once('SIGTERM', cancel);
  const found = await testConnection(
    {
      connectionString,
      signIn,
      route: {
        dnsServers: wanted.dnsServers,
        ...(wanted.proxy === undefined ? {} : { socksProxy: wanted.proxy }),
        ...(wanted.caFile === undefined ? {} : { caFile: wanted.caFile }),
      },
      hopTimeoutMs: wanted.timeoutMs,
      where: { hostname: hostname(), kind: wanted.where },
    },
    { clock: systemClock, logger: silentLogger },
    (event) => {
      if (wanted.output === 'text') tell(redactEvent(event, redactor), host);
    },
    cancelled.signal,
  );
  process.off('SIGINT', cancel);
  process.off('SIGTERM', cancel);
  const report = redactReport(found, redactor);
  const json = reportJson(report);
  if (wanted.output === 'json') print(JSON.stringify(json, null, 2));
  const junit = reportJunit(report, host);
  if (wanted.output === 'junit') process.stdout.write(junit);
  if (wanted.junitFile !== undefined) await writeOutput('JUnit', wanted.junitFile, junit);
  if (wanted.reportFile !== undefined) {
    const block = writeReportBlock(JSON.stringify(json));
    if (wanted.reportFile === '-') process.stdout.write(`\n${block}`);
    else await writeOutput('report', wanted.reportFile, block);
  }
  return isWell(report) ? exitCodes.well : exitCodes.failed;
}

/**
 * The operating system's own name lookup cannot be called off: with a server that is silent it would hold this process ten
 * seconds beyond its verdict. glibc takes limits from this variable (resolv.conf(5)); elsewhere it means nothing.
 */
function limitSystemLookups(timeoutMs: number): void {
  process.env.RES_OPTIONS ??= `attempts:1 timeout:${Math.ceil(timeoutMs / 2000)}`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a test while it runs. */
function tell(event: TestEvent, host: string): void {
  switch (event.type) {
    case 'test-started':
      for (const line of [...headLines(event), '']) print(line);
      break;
    case 'hop-finished':
      print(hopLine(event));
      break;
    case 'test-finished':
      for (const line of ['', ...verdictLines({ verdict: event.verdict, durationMs: event.at }, host)]) print(line);
      break;
    case 'hop-started':
    case 'evidence':
    case 'test-cancelled':
      break;
  }
}

/** All that was asked for has worked, and nothing was found that keeps an application from working. */
function isWell({ verdict }: TestReport): boolean {
  const reached = verdict.outcome === 'connected' || verdict.outcome === 'reachable-not-signed-in';
  return reached && !verdict.problems.some(({ code }) => weightOf(code) === 'error');
}

/** By the options, and what they leave open by the string; one that cannot be read is not signed in with. */
async function signInOf(
  wanted: Arguments,
  string: ConnectionString | undefined,
  redactor: Redactor,
  way: string,
): Promise<SignIn> {
  const { authSource, certificateFile } = wanted;
  if (wanted.skipSignIn) return { kind: 'skip' };
  const aws: SignIn = { kind: 'aws', credentials: () => Promise.resolve(awsCredentials(redactor)) };
  if (wanted.aws) return aws;
  const ask = async (username?: string): Promise<string | undefined> => {
    const password = await passwordOf(wanted, username, way);
    if (password !== undefined) redactor.register(password);
    return password;
  };
  if (certificateFile !== undefined) {
    const passphrase = await ask();
    const given = passphrase !== undefined && passphrase !== '';
    return { kind: 'x509', certificateKeyFile: certificateFile, ...(given ? { passphrase } : {}) };
  }
  if (wanted.username === undefined) {
    if (string === undefined) return { kind: 'from-string' };
    const mechanism = (optionOf(string, 'authMechanism') ?? '').toUpperCase();
    // An access key may stand in the string as user and password.
    if (mechanism === 'MONGODB-AWS') return string.password === undefined ? aws : { kind: 'from-string' };
    if (mechanism === 'MONGODB-X509') {
      throw new UsageError('The connection string signs in with MONGODB-X509. Use --certificate FILE.');
    }
    if (mechanism !== '' && !takesPassword(mechanism)) return { kind: 'from-string' };
  }
  const username = wanted.username ?? string?.username;
  const isMeant = wanted.passwordGiven || authSource !== undefined;
  if (username === undefined) {
    if (isMeant)
      throw new UsageError('There is no user to sign in as: the connection string has none. Use --username.');
    return { kind: 'from-string' };
  }
  if (wanted.username === undefined && isAnglePlaceholder(username)) {
    throw new UsageError(`The connection string has a placeholder for the user: ${username}. Use --username.`);
  }
  const inString = wanted.username === undefined ? string?.password : undefined;
  const isPlaceholder = inString !== undefined && isAnglePlaceholder(inString);
  if (inString !== undefined && !isPlaceholder && !isMeant) return { kind: 'from-string' };
  const password = inString === undefined || isPlaceholder || wanted.passwordGiven ? await ask(username) : inString;
  if (password === undefined) {
    const reason = isPlaceholder ? `The connection string has a placeholder for the password: ${inString}. ` : '';
    throw new UsageError(`${reason}Set the environment variable ${wanted.passwordVariable}, or use --password-stdin.`);
  }
  return { kind: 'password', username, password, ...(authSource === undefined ? {} : { authSource }) };
}

/** Whether a user of this mechanism has a password. */
function takesPassword(mechanism: string): boolean {
  return mechanism === 'DEFAULT' || mechanism === 'PLAIN' || mechanism.startsWith('SCRAM-');
}

/** `way` stands in the question: a proxy that the string names is not seen by its hosts. */
async function passwordOf(wanted: Arguments, username: string | undefined, way: string): Promise<string | undefined> {
  if (wanted.passwordFromStdin) return await firstLineOfStdin();
  if (!wanted.passwordPrompt) return process.env[wanted.passwordVariable];
  if (!process.stdin.isTTY) throw new UsageError('--password-prompt needs a terminal. Use --password-stdin.');
  const password = await askPassword(`Password of ${username ?? 'the certificate'}${way}: `);
  if (password === undefined) throw new UsageError('No password was entered.');
  return password;
}

function awsCredentials(redactor: Redactor): { accessKeyId: string; secretAccessKey: string; sessionToken?: string } {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN } = process.env;
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set');
  }
  redactor.register(secretAccessKey);
  if (AWS_SESSION_TOKEN === undefined || AWS_SESSION_TOKEN === '') return { accessKeyId, secretAccessKey };
  redactor.register(AWS_SESSION_TOKEN);
  return { accessKeyId, secretAccessKey, sessionToken: AWS_SESSION_TOKEN };
}

const longestPassword = 64 * 1024;

async function firstLineOfStdin(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.includes('\n') || text.length > longestPassword) break;
  }
  return text.split(/\r?\n/, 1)[0] ?? '';
}

async function writeOutput(what: string, file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    throw new UsageError(`The ${what} file cannot be written (${code}): ${file}`);
  }
}

// The official driver takes it for given; Node 18 has it only as a module.
if (!('crypto' in globalThis)) Object.defineProperty(globalThis, 'crypto', { value: webcrypto });

// Who reads no further (`| head -1`) still gets the status and the files; anything else that keeps it from writing ends it.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

// Node ends with 0 when nothing is left to wait for, even amid a test: whoever reads the status would take it for well.
process.exitCode = exitCodes.failed;
const runDry = (): void => complain('The test ended without a verdict.\n');
process.once('beforeExit', runDry);

main().then(
  (code) => {
    process.off('beforeExit', runDry);
    process.exitCode = code;
  },
  (error: unknown) => {
    process.off('beforeExit', runDry);
    // The kind only: what an unforeseen error says may hold what it worked on.
    process.stderr.write(`Unforeseen error: ${error instanceof Error ? error.name : 'unknown'}\n`);
    process.exitCode = exitCodes.failed;
  },
);
