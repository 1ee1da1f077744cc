import { accountCommands } from './accounts';
import { databaseUserCommands } from './database-users';
import type { CommandTable } from './run-command';
import { stringCommands } from './strings';
import { testCommands } from './test';
import { treeCommands } from './tree';

/** Every command of the extension: name → handler. `package.json` declares the same names. */
export const commandTable = {
  ...accountCommands,
  ...treeCommands,
  ...stringCommands,
  ...databaseUserCommands,
  ...testCommands,
} satisfies CommandTable;
