import type { Account } from '../accounts/account';
import type { TreeElement } from '../ui/tree/elements';
import type { CommandServices } from './command-services';

/** The tree element that a menu passed; keyboard shortcuts and the palette pass none. */
export function elementOf(argument: unknown): TreeElement | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { kind, id, accountId } = argument as Readonly<Record<string, unknown>>;
  if (typeof kind !== 'string' || typeof id !== 'string' || typeof accountId !== 'string') return undefined;
  return argument as TreeElement;
}

/** The element of the argument, else the one that is selected in the tree. */
export function elementOrSelection(services: CommandServices, argument: unknown): TreeElement | undefined {
  return elementOf(argument) ?? services.selection();
}

export function accountOf(services: CommandServices, argument: unknown): Account | undefined {
  const element = elementOf(argument);
  return element === undefined ? undefined : services.accounts.get(element.accountId);
}
