import assert from 'node:assert/strict';
import Module from 'node:module';
import * as vscode from 'vscode';
import { extension, extensionId } from './extension';

describe('activation', () => {
  before(extension);

  it('registers every command that the manifest declares', async () => {
    const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(registered.has(command), command);
  });

  it('loads no driver, no AWS code and no sandbox', () => {
    const root = `${vscode.extensions.getExtension(extensionId)?.extensionPath ?? '?'}/dist/`;
    // The extension host keeps every CommonJS module that was loaded in this table.
    const { _cache: cache } = Module as unknown as { _cache: Readonly<Record<string, unknown>> };
    const loaded = Object.keys(cache).filter((path) => path.startsWith(root));
    assert.ok(
      loaded.some((path) => path.endsWith('extension.js')),
      'the extension itself is in the table',
    );
    const heavy = loaded.filter((path) => /mongodb|driver|aws|sandbox|helper/i.test(path.slice(root.length)));
    assert.deepEqual(heavy, []);
  });
});
