import * as vscode from 'vscode';
import type { Account } from '../accounts/account';
import { unassignedId } from '../accounts/account-store';
import { hostIn } from '../connection-string/credentials';
import type { NetworkRoute } from '../core/network';
import type { SignIn } from '../diagnostics/test-connection';
import { back, type Choice } from '../ui/prompts/prompts';
import { knownUsers } from '../ui/test-run/known-users';
import { isPlainAtAtlas, proxyOfString, proxySentence } from '../ui/test-run/own-way';
import type { CommandServices } from './command-services';

/** What is known of the string that will be tested. */
export interface SignInQuestion {
  readonly title: string;
  /** Without placeholders. */
  readonly text: string;
  /** The account whose cluster it is. */
  readonly account: Account | undefined;
  /** User name that stands in the string. */
  readonly username: string | undefined;
  readonly hasPassword: boolean;
  readonly route: NetworkRoute;
}

type Way = 'string' | 'sandbox' | 'remembered' | 'password' | 'aws' | 'x509' | 'skip';

/** Asks how to sign in at the end of a test. Undefined when the person gave up. */
export async function askSignIn(services: CommandServices, question: SignInQuestion): Promise<SignIn | undefined> {
  const { account, text, title, route } = question;
  const { t } = vscode.l10n;
  const proxy = proxyOfString(text, route);
  const isPlain = isPlainAtAtlas(text);
  const shownProxies = proxy === undefined ? [] : [proxy];
  const { remembered, sandbox, mayRemember } = await knownUsers(services, account, text, { route, shownProxies });
  const way = await services.prompts.pick<Way>({
    title,
    placeholder: [
      ...shownProxies.map(proxySentence),
      ...(isPlain
        ? [t('The connection string goes without TLS, which Atlas does not take: no password is asked for.')]
        : []),
      t('How shall the test sign in to the database?'),
    ].join(' '),
    choices: [
      ...(question.hasPassword ? [choiceOf('string', question.username)] : []),
      ...(sandbox === undefined ? [] : [choiceOf('sandbox', sandbox.username)]),
      ...(remembered === undefined ? [] : [choiceOf('remembered', remembered.username)]),
      ...(isPlain ? [] : (['password', 'aws', 'x509'] as const).map((one) => choiceOf(one, undefined))),
      choiceOf('skip', undefined),
    ],
  });
  switch (way) {
    case undefined:
    case back:
      return undefined;
    case 'string':
      return { kind: 'from-string' };
    case 'sandbox':
      return sandbox === undefined ? undefined : { kind: 'password', ...sandbox };
    case 'remembered':
      return remembered === undefined ? undefined : { kind: 'password', ...remembered };
    case 'password':
      return await askPassword(services, question, { mayRemember, proxy });
    case 'aws':
      return await askAws(services, title);
    case 'x509':
      return await askCertificate(services, title);
    case 'skip':
      return { kind: 'skip' };
  }
}

function choiceOf(value: Way, description: string | undefined): Choice<Way> {
  const { t } = vscode.l10n;
  const texts: Readonly<Record<Way, { readonly label: string; readonly detail: string }>> = {
    string: { label: t('User and password of the string'), detail: t('As they stand in it') },
    sandbox: { label: t('Database user of the sandbox'), detail: t('Accepted by the sandbox and nowhere else') },
    remembered: { label: t('Remembered user'), detail: t('From the secret storage of the editor') },
    password: { label: t('User and password'), detail: t('SCRAM; asked for now') },
    aws: { label: t('AWS IAM'), detail: t('MONGODB-AWS with the AWS credentials of this machine') },
    x509: { label: t('X.509'), detail: t('With a certificate and key in a PEM file') },
    skip: { label: t('Do not sign in'), detail: t('The test then ends with "reachable, not signed in"') },
  };
  return { ...texts[value], ...(description === undefined ? {} : { description }), value };
}

async function askPassword(
  services: CommandServices,
  { title, text, account, username }: SignInQuestion,
  { mayRemember, proxy }: { readonly mayRemember: boolean; readonly proxy: string | undefined },
): Promise<SignIn | undefined> {
  const { prompts, accounts } = services;
  const { t } = vscode.l10n;
  const totalSteps = mayRemember ? 3 : 2;
  const needed = (typed: string): string | undefined => (typed === '' ? t('Needed to sign in') : undefined);
  const name = await prompts.input({
    title,
    step: 1,
    totalSteps,
    prompt: t('Name of the database user'),
    value: username ?? '',
    validate: needed,
  });
  if (name === undefined || name === back) return undefined;
  const password = await prompts.input({
    title,
    step: 2,
    totalSteps,
    prompt: [t('Password of {0}', name), ...(proxy === undefined ? [] : [proxySentence(proxy)])].join('. '),
    password: true,
    validate: needed,
  });
  if (password === undefined || password === back) return undefined;
  services.onSecret(password);
  if (!mayRemember) return { kind: 'password', username: name, password };
  const remember = await prompts.pick<boolean>({
    title,
    step: 3,
    totalSteps,
    placeholder: t('Remember the password?'),
    choices: [
      { label: t('Only for this test'), value: false },
      { label: t('Remember'), detail: t('In the secret storage of the editor, until you sign out'), value: true },
    ],
  });
  if (remember === undefined || remember === back) return undefined;
  if (remember) {
    await accounts.rememberDatabaseUser(account?.id ?? unassignedId, [hostIn(text)], { username: name, password });
  }
  return { kind: 'password', username: name, password };
}

async function askAws(
  { prompts, onSecret, awsCredentials }: CommandServices,
  title: string,
): Promise<SignIn | undefined> {
  const { t } = vscode.l10n;
  const profile = await prompts.input({
    title,
    prompt: t('AWS profile. Leave it empty for the usual chain: environment, default profile, instance role.'),
    placeholder: 'default',
  });
  if (profile === undefined || profile === back) return undefined;
  return {
    kind: 'aws',
    credentials: async () => {
      const credentials = await awsCredentials(profile.trim() === '' ? undefined : profile.trim());
      onSecret(credentials.secretAccessKey);
      if (credentials.sessionToken !== undefined) onSecret(credentials.sessionToken);
      return credentials;
    },
  };
}

async function askCertificate({ prompts, onSecret }: CommandServices, title: string): Promise<SignIn | undefined> {
  const { t } = vscode.l10n;
  const file = await prompts.file({ title: t('Certificate and private key'), extensions: ['pem', 'crt', 'key'] });
  if (file === undefined) return undefined;
  const passphrase = await prompts.input({
    title,
    prompt: t('Passphrase of the private key. Leave it empty when it has none.'),
    password: true,
  });
  if (passphrase === undefined || passphrase === back) return undefined;
  if (passphrase !== '') onSecret(passphrase);
  return { kind: 'x509', certificateKeyFile: file, ...(passphrase === '' ? {} : { passphrase }) };
}
