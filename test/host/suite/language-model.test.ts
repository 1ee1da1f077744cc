import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createTools } from '../../../src/ui/language-model/tools';
import { sandbox, signedIn } from './extension';

const prefix = 'atlas-private-endpoints_';

/** What a tool answers, as an agent gets it. */
async function invoke(name: string, input: object): Promise<string> {
  const result = await vscode.lm.invokeTool(prefix + name, { input, toolInvocationToken: undefined });
  return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
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

  it('test nothing before the person agreed', async () => {
    const { commands } = await signedIn();
    const before = commands.reports.latest()?.toString();
    // The editor agrees to every question by itself while tests run: so this looks at the question.
    const { test } = createTools({ ...commands, redact: (text) => text });
    const token = new vscode.CancellationTokenSource().token;
    const input = { project: 'storefront-sandbox', cluster: 'Cluster0' };
    const prepared = await test.prepareInvocation?.({ input }, token);
    const message = prepared?.confirmationMessages?.message;
    assert.ok(message instanceof vscode.MarkdownString);
    assert.match(message.value, /cluster0-pl-0-k45tj\.mongodb\.net/);
    assert.equal(commands.reports.latest()?.toString(), before);
  });
});
