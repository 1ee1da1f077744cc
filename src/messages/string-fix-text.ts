import { t } from '@vscode/l10n';

/** A fix for a string as `src/workspace/string-fixes.ts` makes them; this room knows only its words. */
interface FixForWords {
  readonly kind:
    'switch' | 'encode' | 'add-option' | 'remove-option' | 'remove-port' | 'add-brackets' | 'hide-password';
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a quick fix for a connection string does, as the title of a command. */
export function stringFixText({ kind, parameters }: FixForWords): string {
  switch (kind) {
    case 'switch':
      return switchText(parameters);
    case 'encode':
      return t('Percent-encode the user name and password');
    case 'add-option':
      return t('Add "{0}"', parameters.option ?? '');
    case 'remove-option':
      return t('Take out "{0}"', parameters.option ?? '');
    case 'remove-port':
      return t('Take out the port');
    case 'add-brackets':
      return t('Put the address into brackets');
    case 'hide-password':
      return t('Put a placeholder in place of the password');
  }
}

function switchText({ form, place = '', endpoint = '' }: FixForWords['parameters']): string {
  const where = [place, endpoint === '' ? '' : `(${endpoint})`].filter((part) => part !== '').join(' ');
  switch (form) {
    case 'optimized':
      return t('Switch to the optimized DNS seedlist string of the private endpoint: {0}', where);
    case 'standard':
      return t('Switch to the standard string of the private endpoint as it is now: {0}', where);
    default:
      return t('Switch to the DNS seedlist string of the private endpoint: {0}', where);
  }
}
