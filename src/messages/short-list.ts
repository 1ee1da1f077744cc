import { t } from '@vscode/l10n';

/** `a, b and 3 more`: lists of any length in one line. */
export function shortList(items: readonly string[], shown = 3): string {
  if (items.length <= shown) return items.join(', ');
  return t('{0} and {1} more', items.slice(0, shown).join(', '), items.length - shown);
}
