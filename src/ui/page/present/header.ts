import { t } from '@vscode/l10n';
import type { ActionButton, Finding, PageHeader, StatusView } from '../../../../webview/protocol';
import { isSandbox } from '../../../accounts/account';
import { problem } from '../../../core/problem';
import { providerNames } from '../../../core/provider';
import { regionLabel, toCloudRegion } from '../../../core/region';
import type { PageModel, Subject, Unfinished } from '../model';
import { isGone, presentGone, titleWithoutService } from './gone';
import { button, endpointStatusView, endpointWord, findingOf, plainFinding, present, statusView } from './views';

/** Title of a page: also that of its tab. */
function pageTitle(model: PageModel): string {
  const { subject } = model;
  switch (subject.kind) {
    case 'service': {
      if (subject.service === undefined) return titleWithoutService(model) ?? t('Set Up a Private Endpoint');
      const { provider, region } = subject.service;
      return t('Endpoint service · {0} {1}', providerNames[provider].cloud, toCloudRegion(provider, region));
    }
    case 'serverless':
      return t('Private endpoints · {0}', subject.instance?.name ?? '');
    case 'federation':
      return t('Private endpoints · Data Federation & Online Archive');
  }
}

export function presentHeader(model: PageModel): PageHeader {
  const { subject, account, project, projectName } = model;
  const place = placeOf(subject);
  return {
    title: pageTitle(model),
    breadcrumb: [account?.label, projectName].filter((part) => part !== undefined && part !== '').join(' / '),
    ...(place === undefined ? {} : { feature: providerNames[place.provider].feature }),
    ...(place === undefined || place.region === '' ? {} : { region: regionLabel(place.provider, place.region) }),
    statuses: statusesOf(subject),
    ...(project.asOf === undefined ? {} : { asOf: project.asOf }),
    loading: project.loading,
    sandbox: account !== undefined && isSandbox(account),
  };
}

function placeOf(subject: Subject) {
  switch (subject.kind) {
    case 'service':
      return subject.service ?? { provider: subject.provider, region: subject.region };
    case 'serverless':
      return subject.instance?.regions[0];
    case 'federation':
      return undefined;
  }
}

function statusesOf(subject: Subject): readonly StatusView[] {
  switch (subject.kind) {
    case 'service': {
      const { service, endpoint, provider } = subject;
      return present([
        service && statusView('service', provider, service.status, t('Endpoint service'), service.errorMessage),
        endpoint && endpointStatusView(endpoint, endpointWord(provider)),
      ]);
    }
    case 'serverless': {
      const { endpoint } = subject;
      if (endpoint === undefined) return [];
      const { provider, status, errorMessage } = endpoint;
      return [statusView('serverless-endpoint', provider, status, endpointWord(provider), errorMessage)];
    }
    case 'federation': {
      const { endpoint } = subject;
      if (endpoint === undefined) return [];
      const { provider, status, errorMessage } = endpoint;
      return [statusView('federation-endpoint', provider, status, endpointWord(provider), errorMessage)];
    }
  }
}

/** What concerns the whole page: signed out, gone, not read, or old. */
export function presentNotices(model: PageModel): readonly Finding[] {
  const { account, project, subject } = model;
  if (account === undefined) {
    return [
      findingOf('signed-out', 'blocking', problem('ACCOUNT_NONE', ''), [button('sign-in', t('Sign In'), 'primary')]),
    ];
  }
  const retry = [button('refresh', t('Try Again'), 'secondary', { icon: 'refresh' })];
  const notices: (Finding | undefined)[] = [
    model.ui.unfinished && unfinishedNotice(model.ui.unfinished),
    presentGone(model),
    project.problem &&
      findingOf('project', project.value === undefined ? 'blocking' : 'warning', project.problem, retry),
    ...(project.value?.missing ?? []).map(({ part, problem: reason }) =>
      findingOf(`part/${part}`, 'warning', reason, retry),
    ),
  ];
  if (subject.kind === 'serverless' && subject.endpoints.problem !== undefined) {
    notices.push(findingOf('serverless', 'blocking', subject.endpoints.problem, retry));
  }
  if (subject.kind === 'serverless') {
    notices.push(
      plainFinding(
        'serverless-end',
        'advice',
        t('Atlas no longer offers new serverless instances, and has announced the end of this interface.'),
        t('Flex clusters, which follow them, have no private endpoints. A dedicated cluster (M10 or larger) has.'),
      ),
    );
  }
  return present(notices);
}

/** What did not come to its end and belongs to no step: why, and how far it came. */
function unfinishedNotice({ title, problem: reason, done }: Unfinished): Finding {
  const far = done.length === 0 ? [] : [t('Done by then: {0}.', done.join('; '))];
  if (reason === undefined) return plainFinding('unfinished', 'warning', t('It was cancelled: {0}', title), far[0]);
  const finding = findingOf('unfinished', 'blocking', reason);
  const detail = [title, finding.detail, ...far].filter((part) => part !== undefined && part !== '');
  return { ...finding, detail: detail.join(' ') };
}

/** What there is no Terraform for, in a sentence; undefined where there is. */
export function whyNotExported(subject: Subject): string | undefined {
  switch (subject.kind) {
    case 'service':
      return subject.service === undefined ? t('There is no endpoint service to export yet.') : undefined;
    case 'federation':
      return subject.endpoints.length === 0 ? t('There is no endpoint to export yet.') : undefined;
    case 'serverless':
      return t('The Terraform provider of Atlas has no resources for endpoints of serverless instances any more.');
  }
}

/** Buttons about the whole page. */
export function presentActions(model: PageModel): readonly ActionButton[] {
  const { account, subject } = model;
  const web = account !== undefined && !isSandbox(account);
  // Removed here, nothing is to be looked for; removed by somebody else, it may be there again.
  if (isGone(model)) {
    return model.ui.removed === undefined ? [button('refresh', t('Refresh'), 'secondary', { icon: 'refresh' })] : [];
  }
  const hasService = subject.kind === 'service' && subject.service !== undefined;
  const whyNot = whyNotExported(subject);
  return present([
    button('refresh', t('Refresh'), 'secondary', { icon: 'refresh' }),
    web ? button('open-in-atlas', t('Open in Atlas'), 'secondary', { icon: 'link-external' }) : undefined,
    button('export-terraform', t('Export as Terraform'), 'secondary', {
      icon: 'export',
      ...(whyNot === undefined ? {} : { disabled: whyNot }),
    }),
    hasService || (subject.kind !== 'service' && subject.endpoint !== undefined)
      ? button('add-endpoint', t('Add an Endpoint'), 'secondary', { icon: 'add' })
      : undefined,
    hasService ? button('remove-service', t('Remove Endpoint Service'), 'danger', { icon: 'trash' }) : undefined,
  ]);
}
