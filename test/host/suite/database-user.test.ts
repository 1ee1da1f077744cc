import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { answer, find, signedIn } from './extension';

describe('creating a database user', () => {
  it('keeps its password out of sight, and the string has its name percent-encoded', async () => {
    const services = await signedIn();
    const cluster = await find(services, 'Sandbox', 'acme-sandbox', 'storefront-sandbox', 'Clusters', 'Cluster0');
    const creating = answer(services, 'orders/app@1', /./, 'orders', /^Only /, /./, /secret storage/);
    const name = await vscode.commands.executeCommand('atlasPrivateEndpoints.createDatabaseUser', cluster);
    creating.done();
    assert.equal(name, 'orders/app@1');
    const copying = answer(services, /AWS/, 'DNS seedlist', 'orders/app@1');
    await vscode.commands.executeCommand('atlasPrivateEndpoints.copyConnectionString', cluster);
    copying.done();
    const text = await vscode.env.clipboard.readText();
    assert.match(text, /^mongodb\+srv:\/\/orders%2Fapp%401:<db_password>@/);
    const testing = answer(services, 'Remembered user');
    const report = await vscode.commands.executeCommand('atlasPrivateEndpoints.testConnection', text);
    testing.done();
    assert.equal((report as { verdict: { outcome: string } }).verdict.outcome, 'connected');
  });
});
