import { t } from '@vscode/l10n';

/** A role that a new database user may get; `database` when it is limited to one that the person names. */
export interface RoleChoice {
  /** Atlas's name of the role. */
  readonly role: string;
  /** Undefined: the person names the database. */
  readonly database?: 'admin';
  readonly describe: () => { readonly label: string; readonly detail: string };
}

/** From the least privilege that an application works with upwards (Atlas: "Built-in Roles for Database Users"). */
export const roleChoices: readonly RoleChoice[] = [
  {
    role: 'readWrite',
    describe: () => ({ label: t('Read and write one database'), detail: t('What an application needs') }),
  },
  { role: 'read', describe: () => ({ label: t('Read one database'), detail: t('For reports and dashboards') }) },
  {
    role: 'readAnyDatabase',
    database: 'admin',
    describe: () => ({ label: t('Read any database'), detail: t('All databases of the clusters, present and future') }),
  },
  {
    role: 'readWriteAnyDatabase',
    database: 'admin',
    describe: () => ({ label: t('Read and write any database'), detail: t('More than one application needs') }),
  },
  {
    role: 'atlasAdmin',
    database: 'admin',
    describe: () => ({ label: t('Atlas admin'), detail: t('Everything, including the users of other applications') }),
  },
];

/** How long a new user lasts, in hours; Atlas deletes it then. Undefined: until somebody deletes it. */
export const lifetimes: readonly { readonly hours: number | undefined; readonly describe: () => string }[] = [
  { hours: undefined, describe: () => t('Until somebody deletes it') },
  { hours: 6, describe: () => t('6 hours') },
  { hours: 24, describe: () => t('1 day') },
  { hours: 7 * 24, describe: () => t('1 week') },
];

/**
 * A complaint about the name of a database, or undefined (MongoDB: "Naming Restrictions", the stricter rules of
 * Windows, so that it works everywhere).
 */
export function databaseNameFault(name: string): string | undefined {
  if (name === '') return t('Needed: {0}', t('Name of the database'));
  if (/[/\\. "$*<>:|?\0]/.test(name)) return t('Not allowed in it: {0}', '/ \\ . " $ * < > : | ? and spaces');
  return new TextEncoder().encode(name).length < 64 ? undefined : t('At most 63 bytes');
}

/** A complaint about the name of a new user, or undefined; `taken` are names that are there already. */
export function usernameFault(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name.trim() === '') return t('Needed: {0}', t('Name of the database user'));
  // Atlas (operation createGroupDatabaseUser, field username): at most 1024 characters.
  if (name.length > 1024) return t('At most {0} characters', 1024);
  if (/[\u0000-\u001f\u007f]/.test(name) || name !== name.trim()) return t('No control characters and outer spaces');
  return taken.has(name) ? t('The project has a user of this name already.') : undefined;
}
