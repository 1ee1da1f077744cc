import { t } from '@vscode/l10n';
import type { Finding } from '../../../../webview/protocol';
import { providerNames } from '../../../core/provider';
import { toCloudRegion } from '../../../core/region';
import type { NotFoundInAws, PageModel, Removed } from '../model';
import { button, plainFinding } from './views';

/** Id of the notice that the service of a page is gone, and this window does not know by whom. */
export const goneNoticeId = 'gone';
/** Id of the notice that something was removed here. */
export const removedNoticeId = 'removed';

/** Whether nothing is left of what the page was about: then there is nothing to do on it but to begin anew. */
export function isGone({ ref, subject, project, ui: { removed, wasGone, running } }: PageModel): boolean {
  if (project.value === undefined) return false;
  switch (subject.kind) {
    case 'service': {
      if (ref.kind !== 'service' || subject.service !== undefined) return false;
      if (removed?.service !== undefined || wasGone) return true;
      // A list that could not be read names nobody, and one that has just been created shows when Atlas has been asked.
      const isRead = !project.value.missing.some(({ part }) => part === ref.provider);
      return isRead && !project.loading && running === undefined;
    }
    case 'serverless':
      return removed !== undefined && (subject.endpoints.value ?? []).length === 0;
    case 'federation':
      return removed !== undefined && subject.endpoints.length === 0;
  }
}

/** What became of the service or endpoint of the page: removed here, or gone; undefined where it is there. */
export function presentGone(model: PageModel): Finding | undefined {
  const { ref, ui } = model;
  const gone = isGone(model);
  const actions = gone
    ? [button('start-over', t('Set Up Again'), 'primary'), button('close', t('Close'), 'secondary')]
    : [];
  if (ui.removed !== undefined) {
    const { what, name, cloudStays, notFound, unregistered } = ui.removed;
    const service = what === 'service' ? t('The endpoint service was removed: {0}', name) : undefined;
    if (notFound !== undefined) {
      const title = service ?? t('The endpoint was removed at Atlas only: {0}', name);
      return { ...plainFinding(removedNoticeId, 'warning', title, notFoundText(notFound)), actions };
    }
    return {
      ...plainFinding(
        removedNoticeId,
        'passed',
        service ?? t('The endpoint was removed: {0}', name),
        cloudStays ? staysText(unregistered.ids) : leftText(ui.removed),
      ),
      ...(cloudStays && unregistered.commands !== undefined
        ? { block: { ...unregistered.commands, id: 'removed/commands' } }
        : {}),
      severityText: t('Done'),
      actions,
    };
  }
  if (!gone || ref.kind !== 'service') return undefined;
  // A window that was reloaded knows no more than another one who removed it.
  const title = t('The endpoint service is not in Atlas any more: {0}', ref.serviceId);
  const detail = t(
    'It was removed, from here or elsewhere. What was made for it in your own cloud account stays until it is deleted there.',
  );
  return { ...plainFinding(goneNoticeId, 'advice', title, detail), severityText: t('Removed'), actions };
}

function staysText(ids: readonly string[]): string {
  return ids.length === 0
    ? t('What was made for it in your own cloud account is still there.')
    : t('What was made for it in your own cloud account is still there: {0}.', ids.join(', '));
}

function leftText({ groupsInUse, unseen }: Removed): string | undefined {
  const parts = [
    ...(groupsInUse.length === 0
      ? []
      : [t('In the AWS account, security groups stay that something else uses: {0}.', groupsInUse.join(', '))]),
    ...(unseen.length === 0
      ? []
      : [t('What an interrupted set-up may have left could not be looked for in {0}.', unseen.join(', '))]),
  ];
  return parts.length === 0 ? undefined : parts.join(' ');
}

function notFoundText({ accountId, profile, regions, endpointIds }: NotFoundInAws): string {
  const account =
    profile === undefined ? t('AWS account {0}', accountId) : t('AWS account {0} (profile {1})', accountId, profile);
  return t(
    'Not found in {0}, {1}: {2}. If it is in another account, delete it there.',
    account,
    regions.join(', '),
    endpointIds.join(', '),
  );
}

/** Title of the page of a service that is not there, or not read yet. */
export function titleWithoutService({ ref, ui }: PageModel): string | undefined {
  if (ref.kind !== 'service') return undefined;
  const { cloud } = providerNames[ref.provider];
  const { service } = ui.removed ?? {};
  return service === undefined
    ? t('Endpoint service · {0}', cloud)
    : t('Endpoint service · {0} {1}', cloud, toCloudRegion(service.provider, service.region));
}
