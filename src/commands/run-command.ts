import * as vscode from 'vscode';
import type { CommandServices } from './command-services';

/** Does what a command is for; `argument` is the tree element or whatever the caller gave. Throws problems. */
export type CommandHandler = (services: CommandServices, ...args: readonly unknown[]) => unknown;

/** Short names: the command's id is `atlasPrivateEndpoints.` and the name. */
export type CommandTable = Readonly<Record<string, CommandHandler>>;

export const commandPrefix = 'atlasPrivateEndpoints.';

/** Commands whose handlers are loaded together. */
export interface CommandFamily {
  readonly names: readonly string[];
  readonly load: () => Promise<CommandTable>;
}

/** Registers every command of these families; each runs through {@link runCommand}. */
export function registerCommands(families: readonly CommandFamily[], services: CommandServices): vscode.Disposable {
  return vscode.Disposable.from(
    ...families.flatMap(({ names, load }) =>
      names.map((name) =>
        vscode.commands.registerCommand(commandPrefix + name, (...args: unknown[]) =>
          runCommand(name, services, async () => (await load())[name]?.(services, ...args)),
        ),
      ),
    ),
  );
}

/** The one wrapper: a problem is shown and logged, a cancellation is neither. Never rejects. */
export async function runCommand(name: string, { notify, log }: CommandServices, run: () => unknown): Promise<unknown> {
  try {
    log.debug(`Command ${name}`);
    return await run();
  } catch (error) {
    notify.error(error, name);
    return undefined;
  }
}
