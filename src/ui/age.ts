import { t } from '@vscode/l10n';

/** How long ago something was, in words; `ms` in milliseconds. */
export function ageWords(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return t('less than a minute ago');
  if (minutes < 60) return t('{0} min ago', minutes);
  if (minutes < 24 * 60) return t('{0} h ago', Math.floor(minutes / 60));
  return t('{0} days ago', Math.floor(minutes / (24 * 60)));
}
