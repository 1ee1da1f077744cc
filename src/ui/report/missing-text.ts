import { t } from '@vscode/l10n';
import type { MissingEvidence } from '../../diagnostics/evidence';

/** What was not checked, and why, in a sentence. */
export function missingText({ from, reason, needed }: MissingEvidence): string {
  const text = from === 'atlas' ? atlasText(reason) : cloudText(reason);
  return needed === undefined ? text : `${text} ${t('Needed: {0}', needed)}`;
}

function atlasText(reason: MissingEvidence['reason']): string {
  switch (reason) {
    case 'not-signed-in':
      return t('Atlas was not asked: no account that is signed in has a cluster with this host.');
    case 'forbidden':
      return t('Atlas did not tell everything: the role of the account does not allow it.');
    case 'unreachable':
      return t('Atlas was asked and did not answer.');
  }
}

function cloudText(reason: MissingEvidence['reason']): string {
  switch (reason) {
    case 'not-signed-in':
      return t('Security groups, subnets and network ACLs were not looked at: no AWS profile is chosen.');
    case 'forbidden':
      return t('The AWS account did not tell everything: permissions are missing.');
    case 'unreachable':
      return t('The AWS account was asked and did not answer.');
  }
}
