import * as vscode from 'vscode';
import {
  atlasBaseUrls,
  isSandbox,
  publicPartOf,
  sandboxAccountId,
  secretPartOf,
  type Account,
  type AccountCredentials,
} from '../accounts/account';
import { startWhile } from '../accounts/sandbox-process';
import type { CliProfile } from '../atlas/cli-profile';
import { problem, ProblemError } from '../core/problem';
import { describeProblem } from '../messages/problem-text';
import { withProgress } from '../ui/progress';
import { askInSeries, back, type Answer, type Choice, type Step } from '../ui/prompts/prompts';
import { customBaseUrl } from '../ui/settings';
import { accountOf } from './arguments';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const accountCommands = {
  signIn: (services) => signIn(services),
  signOut: async (services, argument) => {
    const account = await chooseAccount(services, argument, vscode.l10n.t('Sign out of which account?'));
    if (account === undefined) return;
    const confirmed = await services.prompts.confirm({
      message: vscode.l10n.t('Sign out of {0}?', account.label),
      detail: vscode.l10n.t('Its key, what was read from Atlas, and remembered database users are removed from here.'),
      action: vscode.l10n.t('Sign Out'),
    });
    if (confirmed) await signOut(services, account.id);
  },
  trySandbox: (services) => trySandbox(services),
  stopSandbox: async (services) => {
    if (services.accounts.get(sandboxAccountId) !== undefined) await signOut(services, sandboxAccountId);
  },
} satisfies CommandTable;

type Method = 'service-account' | 'api-key' | 'cli-profile' | 'sandbox';

interface SignInState {
  readonly method?: Method;
  readonly baseUrl?: string;
  readonly publicPart?: string;
  readonly credentials?: AccountCredentials;
  readonly cliProfile?: string;
}

/** Asks for what signs in, checks it against Atlas, and remembers it. Undefined when the person gave up. */
export async function signIn(services: CommandServices): Promise<Account | undefined> {
  const { prompts } = services;
  const title = vscode.l10n.t('Sign In to Atlas');
  const answers = await askInSeries<SignInState>({}, [
    async (state, at) =>
      extend(
        state,
        await prompts.pick({ title, ...at, placeholder: vscode.l10n.t('How do you sign in?'), choices: methods() }),
        (method) => ({ method }),
      ),
    async (state, at) => {
      if (state.method === 'sandbox') return state;
      if (state.method === 'cli-profile') return await askCliProfile(services, state, { title, ...at });
      const choices = baseUrlChoices();
      const placeholder = vscode.l10n.t('Which Atlas?');
      return extend(state, await prompts.pick({ title, ...at, placeholder, choices }), (baseUrl) => ({ baseUrl }));
    },
    async (state, at, before) => {
      if (state.method === 'sandbox' || state.credentials !== undefined) return state;
      const isKey = state.method === 'api-key';
      const prompt = isKey ? vscode.l10n.t('Public key') : vscode.l10n.t('Client ID of the service account');
      const answer = await prompts.input({
        title,
        ...at,
        prompt,
        placeholder: isKey ? 'abcdefgh' : 'mdb_sa_id_…',
        value: before?.method === state.method ? (before?.publicPart ?? '') : '',
        validate: (text) => complaintAbout(text, prompt),
      });
      return extend(state, answer, (text) => ({ publicPart: text.trim() }));
    },
    async (state, at, before) => {
      if (state.method === 'sandbox' || state.credentials !== undefined) return state;
      const isSame = before?.method === state.method && before?.publicPart === state.publicPart;
      const prompt =
        state.method === 'api-key'
          ? vscode.l10n.t('Private key')
          : vscode.l10n.t('Client secret of the service account');
      const answer = await prompts.input({
        title,
        ...at,
        prompt,
        value: isSame && before?.credentials !== undefined ? secretPartOf(before.credentials) : '',
        password: true,
        validate: (text) => complaintAbout(text, prompt),
      });
      return extend(state, answer, (text) => {
        services.onSecret(text.trim());
        const publicPart = state.publicPart ?? '';
        const credentials: AccountCredentials =
          state.method === 'api-key'
            ? { kind: 'api-key', publicKey: publicPart, privateKey: text.trim() }
            : { kind: 'service-account', clientId: publicPart, clientSecret: text.trim() };
        return { credentials };
      });
    },
  ]);
  if (answers === undefined) return undefined;
  if (answers.method === 'sandbox') return await trySandbox(services);
  const { credentials, baseUrl = atlasBaseUrls.commercial, cliProfile } = answers;
  if (credentials === undefined) return undefined;
  return await verifyAndStore(services, baseUrl, credentials, cliProfile);
}

/** Puts what an answer says into the state; passes "back" and "dismissed" on. */
function extend<S extends object, T>(state: S, answer: Answer<T>, more: (value: T) => Partial<S>): Answer<S> {
  if (answer === undefined) return undefined;
  if (answer === back) return back;
  return { ...state, ...more(answer) };
}

function methods(): readonly Choice<Method>[] {
  const { t } = vscode.l10n;
  return [
    {
      label: t('Service account'),
      description: t('recommended'),
      detail: t('Client ID and secret of an Atlas service account'),
      value: 'service-account',
    },
    { label: t('API key'), detail: t('Public and private key of a programmatic API key'), value: 'api-key' },
    {
      label: t('Atlas CLI profile'),
      detail: t('Take over what the Atlas CLI on this machine is signed in with'),
      value: 'cli-profile',
    },
    { label: t('Sandbox'), detail: t('A simulated Atlas on this machine; needs no account'), value: 'sandbox' },
  ];
}

function baseUrlChoices(): readonly Choice<string>[] {
  const custom = customBaseUrl();
  return [
    ...(custom === undefined
      ? []
      : [{ label: vscode.l10n.t('From the settings'), description: custom, value: custom }]),
    { label: 'MongoDB Atlas', description: 'cloud.mongodb.com', value: atlasBaseUrls.commercial },
    {
      label: vscode.l10n.t('MongoDB Atlas for Government'),
      description: 'cloud.mongodbgov.com',
      value: atlasBaseUrls.government,
    },
  ];
}

function complaintAbout(text: string, field: string): string | undefined {
  if (text.trim() === '') return vscode.l10n.t('Needed: {0}', field);
  return /\s/.test(text.trim()) ? vscode.l10n.t('There is a space or line break in it. Copy it again.') : undefined;
}

async function verifyAndStore(
  services: CommandServices,
  baseUrl: string,
  credentials: AccountCredentials,
  cliProfile: string | undefined,
): Promise<Account> {
  services.onSecret(secretPartOf(credentials));
  const { label } = await withProgress(vscode.l10n.t('Signing in to Atlas…'), (_report, signal) =>
    services.checkCredentials(baseUrl, credentials, signal),
  );
  const { account, persisted } = await services.accounts.add(
    {
      label: label ?? publicPartOf(credentials),
      kind: credentials.kind,
      baseUrl,
      ...(cliProfile === undefined ? {} : { cliProfile }),
    },
    credentials,
  );
  if (persisted) services.notify.done(vscode.l10n.t('Signed in: {0}', account.label));
  else services.notify.problem(problem('ACCOUNT_NOT_PERSISTED', account.label), 'warning');
  return account;
}

async function askCliProfile(services: CommandServices, state: SignInState, step: Step): Promise<Answer<SignInState>> {
  const profiles = await services.cliProfiles();
  if (profiles.length === 0) {
    throw new ProblemError(problem('ATLAS_CLI_PROFILE_UNUSABLE', 'Atlas CLI', { reason: 'no-credentials' }));
  }
  const answer = await services.prompts.pick<CliProfile | undefined>({
    ...step,
    placeholder: vscode.l10n.t('Which profile of the Atlas CLI?'),
    choices: profiles.map((profile): Choice<CliProfile | undefined> => {
      if (!profile.ok) {
        const { title } = describeProblem(profile.problem);
        return { label: profile.problem.subject, detail: title, unavailable: true, value: undefined };
      }
      const { name, baseUrl, credentials } = profile.value;
      return { label: name, description: publicPartOf(credentials), detail: baseUrl, value: profile.value };
    }),
  });
  return extend<SignInState, CliProfile | undefined>(state, answer, (profile) =>
    profile === undefined
      ? {}
      : { cliProfile: profile.name, baseUrl: profile.baseUrl, credentials: profile.credentials },
  );
}

async function trySandbox({ accounts, sandbox, notify }: CommandServices): Promise<Account> {
  const existing = accounts.get(sandboxAccountId);
  if (existing !== undefined) {
    // Nothing to do but to show where it is.
    void vscode.commands.executeCommand('atlasPrivateEndpoints.tree.focus');
    return existing;
  }
  // Started first: an account that cannot be opened would be the newcomer's first sight of it.
  await withProgress(vscode.l10n.t('Starting the sandbox…'), (_report, signal) => startWhile(sandbox, signal));
  const account: Account = { id: sandboxAccountId, label: vscode.l10n.t('Sandbox'), kind: 'sandbox', baseUrl: '' };
  await accounts.addSandbox(account, !sandbox.handedOver);
  notify.done(vscode.l10n.t('The sandbox runs on this machine'));
  void vscode.commands.executeCommand('atlasPrivateEndpoints.tree.focus');
  return account;
}

/** Forgets an account with everything that is known of it: secrets, snapshot, database users. */
export async function signOut(services: CommandServices, accountId: string): Promise<void> {
  const account = services.accounts.get(accountId);
  if (account === undefined) return;
  await services.accounts.remove(accountId);
  await services.store.forget(accountId);
  await services.recent.forget(placesOf(services, services.accounts.list()));
  if (isSandbox(account)) services.sandbox.stop();
  services.notify.done(vscode.l10n.t('Signed out: {0}', account.label));
}

/** Ids of accounts and of their projects. */
function placesOf({ store }: CommandServices, accounts: readonly Account[]): readonly string[] {
  return accounts.flatMap(({ id }) => {
    const projects = store.known<'directory'>(id, { kind: 'directory' }).value?.projects ?? [];
    return [id, ...projects.map((project) => project.id)];
  });
}

/** The account of the argument, the only one, or the one that the person chooses. Throws `ACCOUNT_NONE`. */
export async function chooseAccount(
  services: CommandServices,
  argument: unknown,
  placeholder: string,
): Promise<Account | undefined> {
  const given = accountOf(services, argument);
  if (given !== undefined) return given;
  const accounts = services.accounts.list();
  if (accounts.length === 0) throw new ProblemError(problem('ACCOUNT_NONE', ''));
  if (accounts.length === 1) return accounts[0];
  const answer = await services.prompts.pick({
    title: vscode.l10n.t('Private Endpoints'),
    placeholder,
    choices: accounts.map((account) => ({
      label: account.label,
      description: isSandbox(account) ? vscode.l10n.t('sandbox') : account.baseUrl,
      value: account,
    })),
  });
  return answer === back ? undefined : answer;
}
