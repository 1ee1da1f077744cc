import type { CommandFamily, CommandTable } from './run-command';

/**
 * Every command of the extension by its family, a file of handlers that is loaded when one of them first runs.
 * `package.json` declares the same names.
 */
export const commandFamilies: readonly CommandFamily[] = [
  family(
    { signIn: true, signOut: true, trySandbox: true, stopSandbox: true },
    async () => (await import('./accounts')).accountCommands,
  ),
  family(
    {
      refresh: true,
      retry: true,
      loadMore: true,
      filter: true,
      clearFilter: true,
      copyId: true,
      openInAtlas: true,
      showLog: true,
    },
    async () => (await import('./tree')).treeCommands,
  ),
  family(
    { insertConnectionString: true, copyConnectionString: true, addToDotenv: true },
    async () => (await import('./strings')).stringCommands,
  ),
  family(
    {
      showString: true,
      testStringAt: true,
      switchConnectionString: true,
      moveToEnvironment: true,
      offerTest: true,
      checkAllStrings: true,
      findStringsAgain: true,
    },
    async () => (await import('./placed-strings')).placedStringCommands,
  ),
  family(
    { testConnection: true, showLastReport: true, showReportText: true, explainFinding: true, copyReport: true },
    async () => (await import('./test')).testCommands,
  ),
  family(
    { testFromAnotherMachine: true, readReport: true },
    async () => (await import('./another-machine')).anotherMachineCommands,
  ),
  family(
    {
      setUpEndpoint: true,
      openPage: true,
      setUpServerless: true,
      setUpFederation: true,
      setUpCheck: true,
      setUpService: true,
      setUpCloud: true,
      setUpRegister: true,
      setUpWait: true,
      setUpCommands: true,
      addEndpoint: true,
      removeService: true,
      exportSetUp: true,
      switchRegionalizedMode: true,
    },
    async () => (await import('./set-up')).setUpCommands,
  ),
  family({ checkAwsAccount: true, allowInbound: true }, async () => (await import('./aws-check')).awsCheckCommands),
  family({ createDatabaseUser: true }, async () => (await import('./database-users')).databaseUserCommands),
];

/** The compiler holds the names to those of the table. */
function family<T extends CommandTable>(
  names: Readonly<Record<keyof T & string, true>>,
  load: () => Promise<T>,
): CommandFamily {
  return { names: Object.keys(names), load };
}
