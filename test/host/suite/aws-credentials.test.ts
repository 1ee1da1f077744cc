import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Account } from '../../../src/accounts/account';
import type { Services } from '../../../src/services';
import { answer, sandbox, signedIn } from './extension';

const regions = ['us-east-1', 'us-east-2', 'eu-west-1'];
const profile = 'mfa';
const code = '123456';

describe('credentials of an AWS profile that assumes a role with an MFA device', () => {
  let services: Services;
  let folder: string;
  const saved = new Map<string, string | undefined>();
  const signedInHere: Account[] = [];

  const set = (name: string, value: string | undefined): void => {
    if (!saved.has(name)) saved.set(name, process.env[name]);
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };

  before(async () => {
    services = await signedIn();
    const { atlasBaseUrl, ec2Endpoint, awsAccessKeyId, awsSecretAccessKey } = await sandbox();
    const settings = vscode.workspace.getConfiguration('atlasPrivateEndpoints');
    await settings.update('atlas.baseUrl', atlasBaseUrl, vscode.ConfigurationTarget.Global);
    const own = services.accounts.list().find(({ kind }) => kind === 'sandbox');
    assert.ok(own);
    const aws = await services.commands.openAws(own, '', 'us-east-1');
    const { accountId } = await aws.whoAmI();
    aws.dispose();
    folder = await mkdtemp(join(tmpdir(), 'aws-profile-'));
    const role = `arn:aws:iam::${accountId}:role/sandbox-admin`;
    await writeFile(
      join(folder, 'config'),
      `[profile ${profile}]\nrole_arn = ${role}\ncredential_source = Environment\nmfa_serial = arn:aws:iam::1:mfa/me\n`,
    );
    set('AWS_CONFIG_FILE', join(folder, 'config'));
    set('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
    set('AWS_ACCESS_KEY_ID', awsAccessKeyId);
    set('AWS_SECRET_ACCESS_KEY', awsSecretAccessKey);
    for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_REGION', 'NO_PROXY', 'no_proxy']) set(name, undefined);
    // The account is one like any other: where AWS is, the SDK is told by its own variable. What would go anywhere else
    // is encrypted, and gets no further than this machine.
    set('AWS_ENDPOINT_URL', ec2Endpoint);
    for (const name of ['HTTPS_PROXY', 'https_proxy']) set(name, 'http://127.0.0.1:9');
  });
  after(async () => {
    for (const [name, value] of saved) set(name, value);
    for (const account of signedInHere) await signOut(account);
    await vscode.workspace
      .getConfiguration('atlasPrivateEndpoints')
      .update('atlas.baseUrl', undefined, vscode.ConfigurationTarget.Global);
    await rm(folder, { recursive: true });
    await signedIn();
  });

  async function signIn(...replies: readonly string[]): Promise<Account> {
    const before = new Set(services.accounts.list().map(({ id }) => id));
    const prompts = answer(services, ...replies);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.signIn');
    prompts.done();
    const account = services.accounts.list().find(({ id }) => !before.has(id));
    assert.ok(account);
    signedInHere.push(account);
    return account;
  }

  async function signOut(account: Account): Promise<void> {
    const element = (await services.tree.getChildren()).find(({ accountId }) => accountId === account.id);
    const prompts = answer(services, true);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.signOut', element);
    prompts.done();
    signedInHere.splice(signedInHere.indexOf(account), 1);
  }

  /** Asks AWS in each of these regions at once, with that many codes at hand: fails unless all are asked for. */
  async function ask(account: Account, where: readonly string[], codes: number): Promise<void> {
    const prompts = answer(services, ...Array.from({ length: codes }, () => code));
    const opened = await Promise.all(where.map((region) => services.commands.openAws(account, profile, region)));
    try {
      const found = await Promise.all(opened.map(async (aws) => [await aws.whoAmI(), await aws.listVpcs()] as const));
      for (const [{ arn }] of found) assert.match(arn, /:assumed-role\/sandbox-admin\//);
      assert.ok(prompts.asked.every(({ kind, text }) => kind === 'input' && text.includes('arn:aws:iam::1:mfa/me')));
    } finally {
      for (const aws of opened) aws.dispose();
      prompts.done();
    }
  }

  it('are asked for once for all regions of an account, by itself, until it is signed out', async function () {
    this.timeout(60_000);
    const { clientId, clientSecret, publicKey, privateKey } = await sandbox();
    const one = await signIn('Service account', 'From the settings', clientId, clientSecret);
    await ask(one, regions, 1);
    await ask(one, regions, 0);
    const other = await signIn('API key', 'From the settings', publicKey, privateKey);
    await ask(other, ['us-east-1'], 1);
    await signOut(one);
    await ask(other, regions, 0);
    await ask(one, ['us-east-1'], 1);
    await signOut(other);
  });
});
