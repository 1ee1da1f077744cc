import { t } from '@vscode/l10n';
import { askInSeries, back, type Answer, type Choice, type Prompts, type Step } from '../prompts/prompts';
import { databaseNameFault, lifetimes, roleChoices, usernameFault, type RoleChoice } from './roles';

/** What becomes of the generated password. Nothing else ever shows or keeps it. */
export type PasswordFate = 'remember' | 'show-once';

/** A database user as the person wants it, before there is a password. */
export interface NewUserWish {
  readonly username: string;
  readonly role: string;
  readonly database: string;
  /** The only cluster it is for; undefined: all clusters of the project. */
  readonly cluster: string | undefined;
  readonly lifetimeHours: number | undefined;
  readonly fate: PasswordFate;
}

interface State {
  readonly username?: string;
  readonly role?: RoleChoice;
  readonly database?: string;
  readonly scope?: { readonly cluster: string | undefined };
  readonly lifetime?: { readonly hours: number | undefined };
  readonly fate?: PasswordFate;
}

/** What is known before the questions. */
export interface NewUserPlace {
  /** The cluster that the string is for, proposed as the only one the user may use. */
  readonly cluster: string | undefined;
  /** Names that are taken. */
  readonly taken: ReadonlySet<string>;
}

/** Asks for a new database user. Undefined when the person gave up; nothing is created then. */
export async function askNewUser(prompts: Prompts, place: NewUserPlace): Promise<NewUserWish | undefined> {
  const title = t('Create Database User');
  const answers = await askInSeries<State>({}, [
    (state, at, before) => askName(prompts, state, before, place, { title, ...at }),
    (state, at, before) => askRole(prompts, state, before, { title, ...at }),
    (state, at, before) => askDatabase(prompts, state, before, { title, ...at }),
    (state, at) => askScope(prompts, state, place, { title, ...at }),
    (state, at) => askLifetime(prompts, state, { title, ...at }),
    (state, at) => askFate(prompts, state, { title, ...at }),
  ]);
  const { username, role, database, scope, lifetime, fate } = answers ?? {};
  if (username === undefined || role === undefined || database === undefined) return undefined;
  if (scope === undefined || lifetime === undefined || fate === undefined) return undefined;
  return { username, role: role.role, database, cluster: scope.cluster, lifetimeHours: lifetime.hours, fate };
}

async function askName(
  prompts: Prompts,
  state: State,
  before: State | undefined,
  { taken }: NewUserPlace,
  step: Step,
): Promise<Answer<State>> {
  const answer = await prompts.input({
    ...step,
    prompt: t('Name of the database user. A password is generated.'),
    value: before?.username ?? '',
    validate: (text) => usernameFault(text, taken),
  });
  return answer === undefined || answer === back ? answer : { ...state, username: answer };
}

async function askRole(prompts: Prompts, state: State, before: State | undefined, step: Step): Promise<Answer<State>> {
  const answer = await prompts.pick<RoleChoice>({
    ...step,
    placeholder: t('What may the user do?'),
    choices: roleChoices.map((role, index) => ({
      ...role.describe(),
      description: [role.role, ...(index === 0 ? [t('recommended')] : [])].join(' · '),
      value: role,
    })),
    active: (role) => role.role === before?.role?.role,
  });
  return answer === undefined || answer === back ? answer : { ...state, role: answer };
}

async function askDatabase(
  prompts: Prompts,
  state: State,
  before: State | undefined,
  step: Step,
): Promise<Answer<State>> {
  const fixed = state.role?.database;
  // The same object: a role for all databases leaves nothing to ask.
  if (fixed !== undefined) return Object.assign(state, { database: fixed });
  const answer = await prompts.input({
    ...step,
    prompt: t('Name of the database. It need not exist yet.'),
    value: before?.role?.database === undefined ? (before?.database ?? '') : '',
    validate: databaseNameFault,
  });
  return answer === undefined || answer === back ? answer : { ...state, database: answer };
}

async function askScope(prompts: Prompts, state: State, { cluster }: NewUserPlace, step: Step): Promise<Answer<State>> {
  if (cluster === undefined) return Object.assign(state, { scope: { cluster } });
  const choices: readonly Choice<{ readonly cluster: string | undefined }>[] = [
    { label: t('Only {0}', cluster), description: t('recommended'), value: { cluster } },
    { label: t('All clusters of the project'), value: { cluster: undefined } },
  ];
  const placeholder = t('Which clusters may the user sign in to?');
  const answer = await prompts.pick({ ...step, placeholder, choices });
  return answer === undefined || answer === back ? answer : { ...state, scope: answer };
}

async function askLifetime(prompts: Prompts, state: State, step: Step): Promise<Answer<State>> {
  const answer = await prompts.pick<{ readonly hours: number | undefined }>({
    ...step,
    placeholder: t('How long shall the user last?'),
    choices: lifetimes.map(({ hours, describe }) => ({ label: describe(), value: { hours } })),
  });
  return answer === undefined || answer === back ? answer : { ...state, lifetime: answer };
}

async function askFate(prompts: Prompts, state: State, step: Step): Promise<Answer<State>> {
  const answer = await prompts.pick<PasswordFate>({
    ...step,
    placeholder: t('The user is created now. What shall become of its password?'),
    choices: [
      {
        label: t('Keep it in the secret storage'),
        detail: t('Connection tests can sign in with it, until you sign out of the account'),
        value: 'remember',
      },
      { label: t('Show it once'), detail: t('To be copied now; nothing keeps it'), value: 'show-once' },
    ],
  });
  return answer === undefined || answer === back ? answer : { ...state, fate: answer };
}
