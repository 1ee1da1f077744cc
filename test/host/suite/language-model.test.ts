import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sandboxAccountId } from '../../../src/accounts/account';
import { systemClock } from '../../../src/core/clock';
import type { Services } from '../../../src/services';
import { createTools } from '../../../src/ui/language-model/tools';
import { sandbox, signedIn, switchFault } from './extension';

const prefix = 'atlas-private-endpoints_';

const invocation = { toolInvocationToken: undefined };

/** What a tool answers, as an agent gets it. */
async function invoke(name: string, input: object): Promise<string> {
  return textOf(await vscode.lm.invokeTool(prefix + name, { input, ...invocation }));
}

function textOf(result: vscode.LanguageModelToolResult | null | undefined): string {
  const parts = result?.content ?? [];
  return parts.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

/** Resolves when the store waits for an answer of Atlas. */
async function loading(store: Services['store']): Promise<void> {
  const isLoading = (): boolean => store.elements().some(({ accountId, ref }) => store.known(accountId, ref).loading);
  if (isLoading()) return;
  await new Promise<void>((resolve) => {
    const stop = store.onDidChange(() => {
      if (!isLoading()) return;
      stop();
      resolve();
    });
  });
}

describe('language model tools', () => {
  before(() => signedIn());

  it('are offered with a schema and a description', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith(prefix));
    assert.deepEqual(ours.map(({ name }) => name.slice(prefix.length)).sort(), [
      'explain_status',
      'get_connection_string',
      'list_endpoints',
      'test_connection',
    ]);
    for (const { name, description, inputSchema } of ours) {
      assert.ok(description.length > 80, name);
      assert.ok(inputSchema, name);
    }
  });

  it('list endpoints and give a string without a secret', async () => {
    const listed = await invoke('list_endpoints', { project: 'storefront-sandbox' });
    assert.match(listed, /vpce-024f5b57108c8d3ed/);
    const text = await invoke('get_connection_string', { project: 'storefront-sandbox', cluster: 'Cluster0' });
    assert.match(text, /mongodb\+srv:\/\/<db_username>:<db_password>@cluster0-pl-0-k45tj\.mongodb\.net\//);
    const explained = await invoke('explain_status', { status: 'PENDING_ACCEPTANCE' });
    assert.match(explained, /Pending acceptance/);
    const { dbPassword, clientSecret, privateKey } = await sandbox();
    for (const secret of [dbPassword, clientSecret, privateKey]) assert.ok(!`${listed}${text}`.includes(secret));
  });

  it('end at once when the agent cancels, while Atlas has not answered', async () => {
    const { commands, store } = await signedIn();
    const tools = createTools({ ...commands, redact: (text) => text });
    const project = 'storefront-sandbox';
    await switchFault('atlas-silent', true, '*');
    try {
      // Known from before, and asked for again because it is old.
      commands.clock.now = () => systemClock.now() + 3_600_000;
      for (const invoke of [
        (token: vscode.CancellationToken) => tools.list.invoke({ input: {}, ...invocation }, token),
        (token: vscode.CancellationToken) => tools.list.invoke({ input: { project }, ...invocation }, token),
        (token: vscode.CancellationToken) =>
          tools.string.invoke({ input: { project, cluster: 'Cluster0' }, ...invocation }, token),
        (token: vscode.CancellationToken) =>
          tools.status.invoke({ input: { project, id: 'Cluster0' }, ...invocation }, token),
      ]) {
        const source = new vscode.CancellationTokenSource();
        const answer = Promise.resolve(invoke(source.token));
        await loading(store);
        source.cancel();
        await assert.rejects(answer, { name: 'AbortError' });
        await assert.rejects(Promise.resolve(invoke(source.token)), { name: 'AbortError' });
      }
    } finally {
      commands.clock.now = () => systemClock.now();
      await switchFault('atlas-silent', false, '*');
      await store.forget(sandboxAccountId);
    }
  });

  it('test nothing when the question before could not name a host, though one is known by now', async () => {
    const { commands, store } = await signedIn();
    const tools = createTools({ ...commands, redact: (text) => text });
    const token = new vscode.CancellationTokenSource().token;
    const input = { project: 'storefront-sandbox', cluster: 'Cluster0' };
    const before = commands.reports.kept()[0]?.address.toString();
    await store.forget(sandboxAccountId);
    await switchFault('atlas-forbidden', true, '*');
    try {
      const prepared = await tools.test.prepareInvocation?.({ input }, token);
      const message = prepared?.confirmationMessages?.message;
      assert.ok(message instanceof vscode.MarkdownString);
      assert.doesNotMatch(message.value, /mongodb\.net/);
    } finally {
      await switchFault('atlas-forbidden', false, '*');
      await store.forget(sandboxAccountId);
    }
    const refused = await tools.test.invoke({ input, ...invocation }, token);
    assert.match(textOf(refused), /^Not tested: what to connect to was not known yet/);
    assert.equal(commands.reports.kept()[0]?.address.toString(), before, 'nothing was tested');
    // Asked again, the question names it.
    await tools.test.prepareInvocation?.({ input }, token);
    assert.match(textOf(await tools.test.invoke({ input, ...invocation }, token)), /Reachable/);
  });

  it('test nothing before the person agreed', async () => {
    const { commands } = await signedIn();
    const before = commands.reports.kept()[0]?.address.toString();
    // The editor agrees to every question by itself while tests run: so this looks at the question.
    const { test } = createTools({ ...commands, redact: (text) => text });
    const token = new vscode.CancellationTokenSource().token;
    const input = { project: 'storefront-sandbox', cluster: 'Cluster0' };
    const prepared = await test.prepareInvocation?.({ input }, token);
    const message = prepared?.confirmationMessages?.message;
    assert.ok(message instanceof vscode.MarkdownString);
    assert.match(message.value, /cluster0-pl-0-k45tj\.mongodb\.net/);
    assert.equal(commands.reports.kept()[0]?.address.toString(), before);
  });
});
