import * as vscode from 'vscode';
import type { Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { Sandbox } from '../../accounts/sandbox-process';
import type { AtlasApi } from '../../core/atlas-api';
import type { NetworkRoute } from '../../core/network';
import { isCancellation, problem, ProblemError, problemOf } from '../../core/problem';
import { describeProblem } from '../../messages/problem-text';
import type { AtlasStore } from '../../store/atlas-store';
import { gatherEvidence, longestAwsMs, type EvidencePorts } from '../test-run/gather-evidence';
import { proxySentence } from '../test-run/own-way';
import { accountOfString, routeOfString } from '../test-run/owner-of-string';
import { runTest, testMachine, type TestRun, type TestRunPorts } from '../test-run/run-test';
import { explainStatus, type StatusInput } from './explain-status';
import { getConnectionString, type StringInput } from './get-connection-string';
import { listEndpoints, type ListInput } from './list-endpoints';
import { questionBeforeTest, testConnectionTool, type TestInput, type TestToolPorts } from './test-connection-tool';
import type { ToolAnswer } from './tool-answer';

export interface LanguageModelServices extends TestRunPorts, EvidencePorts {
  readonly accounts: AccountStore;
  readonly store: AtlasStore;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly sandbox: Sandbox;
  readonly routeOf: (account: Account) => Promise<NetworkRoute | undefined>;
  readonly onSecret: (secret: string) => void;
  readonly redact: (text: string) => string;
}

/** The tools by their short names. None writes to Atlas or a cloud, none answers with a secret. */
export interface Tools {
  readonly list: vscode.LanguageModelTool<ListInput>;
  readonly string: vscode.LanguageModelTool<StringInput>;
  readonly status: vscode.LanguageModelTool<StatusInput>;
  readonly test: vscode.LanguageModelTool<TestInput>;
}

export function createTools(services: LanguageModelServices): Tools {
  const ports = toolPorts(services);
  // Atlas's strings hold no credentials; the redactor would take the placeholders out.
  const asItIs = { ...services, redact: (text: string) => text };
  const { t } = vscode.l10n;
  /** Tests whose question could not name what they connect to. */
  const unnamed = new Set<string>();
  return {
    list: reader<ListInput>(services, t('Reading private endpoints from Atlas'), (input) =>
      listEndpoints(ports, input),
    ),
    string: reader<StringInput>(asItIs, t('Looking up a connection string'), (input) =>
      getConnectionString(ports, input),
    ),
    status: reader<StatusInput>(services, t('Looking up a status'), (input) => explainStatus(ports, input)),
    test: {
      prepareInvocation: async ({ input }) => {
        const { isNamed, prepared } = await prepareTest(ports, input);
        if (isNamed) unnamed.delete(JSON.stringify(input));
        else unnamed.add(JSON.stringify(input));
        return prepared;
      },
      invoke: ({ input }, token) =>
        answered(services, token, async (signal) => {
          needTrust();
          // A yes to a question that named nobody is none.
          if (!unnamed.delete(JSON.stringify(input))) return testConnectionTool(ports, input, signal);
          const question = await questionBeforeTest(ports, input);
          if (question.found === undefined) return question.answer;
          return {
            sentence: t('Not tested: what to connect to was not known yet when it was asked. Ask for the test again.'),
            data: {},
          };
        }),
    },
  };
}

/** A tool that only reads what Atlas says: nothing to ask the person. */
function reader<T>(
  services: Pick<LanguageModelServices, 'redact' | 'log'>,
  invocationMessage: string,
  run: (input: T) => Promise<ToolAnswer>,
): vscode.LanguageModelTool<T> {
  return {
    prepareInvocation: () => ({ invocationMessage }),
    invoke: ({ input }, token) => answered(services, token, () => run(input)),
  };
}

function toolPorts(services: LanguageModelServices): TestToolPorts {
  return {
    accounts: services.accounts,
    store: services.store,
    clock: services.clock,
    onSecret: services.onSecret,
    machine: testMachine,
    accountOf: (host) => accountOfString(services, host),
    sandbox: services.sandbox,
    routeOf: (account) => routeOfString(services, account),
    run: async ({ account, ...run }, signal) => {
      const { connectionString } = run;
      const evidence: TestRun['evidence'] = (ended, { clientAddresses }) =>
        gatherEvidence(services, connectionString, account, clientAddresses, ended, {
          clock: services.clock,
          ms: longestAwsMs,
        });
      const { report } = await runTest(services, { ...run, evidence }, () => undefined, signal);
      return report;
    },
  };
}

function needTrust(): void {
  if (vscode.workspace.isTrusted) return;
  const action = vscode.l10n.t('testing a connection');
  throw new ProblemError(problem('WORKSPACE_UNTRUSTED', '', { action }));
}

/** Asks before anything is connected to; what cannot be worked out now is told as it was asked for. */
async function prepareTest(
  ports: TestToolPorts,
  input: TestInput,
): Promise<{ readonly isNamed: boolean; readonly prepared: vscode.PreparedToolInvocation }> {
  const { t } = vscode.l10n;
  const { hostname } = ports.machine();
  const title = t('Test a connection from this machine?');
  try {
    const { found } = await questionBeforeTest(ports, input);
    if (found !== undefined) {
      const message = [
        t(
          'DNS lookups and connections from {0} to {1}, and to the hosts that its DNS records name.',
          code(found.machine),
          found.hosts.slice(0, hostsNamed).map(code).join(', '),
        ),
        ...(found.hosts.length > hostsNamed ? [t('And {0} more.', found.hosts.length - hostsNamed)] : []),
        ...(found.proxy === undefined ? [] : [proxySentence(code(found.proxy))]),
        found.signIn,
      ].join('\n\n');
      return {
        isNamed: true,
        prepared: {
          invocationMessage: t('Testing {0}', found.hosts[0] ?? ''),
          confirmationMessages: { title: found.title, message: new vscode.MarkdownString(message) },
        },
      };
    }
  } catch (error) {
    if (isCancellation(error)) throw error;
    // The invocation says why.
  }
  const message = t('DNS lookups and connections from {0} to {1}.', code(hostname), code(input.cluster ?? '?'));
  return { isNamed: false, prepared: { confirmationMessages: { title, message: new vscode.MarkdownString(message) } } };
}

const hostsNamed = 10;

/** A name as data: nothing in it is markup. */
function code(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ')}\``;
}

/** A sentence and JSON, redacted. Problems become errors whose message a model can act on. */
async function answered(
  { redact, log }: Pick<LanguageModelServices, 'redact' | 'log'>,
  token: vscode.CancellationToken,
  run: (signal: AbortSignal) => Promise<ToolAnswer>,
): Promise<vscode.LanguageModelToolResult> {
  const abort = new AbortController();
  const watch = token.onCancellationRequested(() => abort.abort());
  if (token.isCancellationRequested) abort.abort();
  try {
    abort.signal.throwIfAborted();
    const { sentence, data } = await orAborted(run(abort.signal), abort.signal);
    const text = redact(`${sentence}\n${JSON.stringify(data, undefined, 1)}`);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (isCancellation(error)) throw error;
    const known = problemOf(error);
    if (known === undefined) log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const { title, fixes } = describeProblem(known ?? problem('UNEXPECTED', vscode.l10n.t('language model tool')));
    throw new Error(redact([title, ...fixes].join(' ')));
  } finally {
    watch.dispose();
  }
}

/**
 * Waits for an answer no longer than until somebody cancels. What the store asks Atlas goes on: others may wait for the
 * same.
 */
async function orAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  // When it is not waited for any more, nobody else hears that it failed.
  answer.catch(() => undefined);
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')), {
      signal: stop.signal,
    });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    stop.abort();
  }
}
