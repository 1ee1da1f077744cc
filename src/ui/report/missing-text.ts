import { t } from '@vscode/l10n';
import type { Evidence, MissingEvidence } from '../../diagnostics/evidence';
import { placeWithHost } from '../../messages/test-text';

/** From where and when Atlas and the cloud account were asked: the hops may have run on another machine, or earlier. */
export function askedText({ where, at }: NonNullable<Evidence['asked']>): string {
  return t('Asked from {0}, {1}', placeWithHost(where), at);
}

/** What was not checked, and why, in a sentence. */
export function missingText({ from, reason, needed }: MissingEvidence): string {
  const text = from === 'atlas' ? atlasText(reason) : cloudText(reason);
  return needed === undefined ? text : `${text} ${t('Needed: {0}', needed)}`;
}

function atlasText(reason: MissingEvidence['reason']): string {
  switch (reason) {
    case 'not-signed-in':
      return t('Atlas was not asked: no account that is signed in has a cluster with this host.');
    case 'not-read':
      return t('Atlas was not asked: the project of this host was not read, or no account that is signed in has it.');
    case 'partly-read':
      return t('Atlas told something that cannot be read: of its lists, only the rest was looked at.');
    case 'forbidden':
      return t('Atlas did not tell everything: the role of the account does not allow it.');
    case 'unreachable':
      return t('Atlas was asked and did not answer.');
  }
}

function cloudText(reason: MissingEvidence['reason']): string {
  switch (reason) {
    case 'not-signed-in':
    case 'not-read':
    case 'partly-read':
      return t('Security groups, subnets and network ACLs were not looked at: no AWS profile is chosen.');
    case 'forbidden':
      return t('The AWS account did not tell everything: permissions are missing.');
    case 'unreachable':
      return t('The AWS account was asked and did not answer.');
  }
}
