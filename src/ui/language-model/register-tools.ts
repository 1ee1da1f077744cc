import * as vscode from 'vscode';
import type { LanguageModelServices, Tools } from './tools';

/** Names as `package.json` declares them. */
const toolNames = {
  list: 'atlas-private-endpoints_list_endpoints',
  string: 'atlas-private-endpoints_get_connection_string',
  status: 'atlas-private-endpoints_explain_status',
  test: 'atlas-private-endpoints_test_connection',
} as const satisfies Record<keyof Tools, string>;

/** Offers the tools to agents in the editor; they are loaded when an agent first asks for one. */
export function registerLanguageModelTools(services: LanguageModelServices): vscode.Disposable {
  let loaded: Promise<Tools> | undefined;
  const tools = (): Promise<Tools> => (loaded ??= import('./tools').then(({ createTools }) => createTools(services)));
  // Each reads its input itself: here it is passed on unseen.
  const register = (name: keyof Tools): vscode.Disposable =>
    vscode.lm.registerTool<never>(toolNames[name], {
      prepareInvocation: async (options, token) => await (await tools())[name].prepareInvocation?.(options, token),
      invoke: async (options, token) => await (await tools())[name].invoke(options, token),
    });
  return vscode.Disposable.from(register('list'), register('string'), register('status'), register('test'));
}
