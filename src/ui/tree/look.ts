import { isIncomplete } from '../../core/partly-read';
import { t } from '@vscode/l10n';
import { isSandbox, type Account } from '../../accounts/account';
import { describeProblem } from '../../messages/problem-text';
import { deploymentsOf, type ElementRef, type ProjectContents, type RefOf } from '../../store/element';
import { leadsThrough } from '../strings/string-targets';
import type { TreeState } from './children';
import { atlasIdOf, refOf, type TreeElement } from './elements';
import {
  deploymentDraft,
  endpointDraft,
  escapeMarkdown,
  idLine,
  messageLine,
  serviceDraft,
  shortId,
  withStatus,
  type Draft,
} from './drafts';
import { statusLook } from './status-look';

/** What a row looks like: all that the editor needs, and nothing of the editor's. */
export interface Look {
  readonly label: string;
  readonly description?: string;
  /** A codicon. */
  readonly icon: string;
  /** A theme color id. */
  readonly color?: string;
  /** Markdown; text that came from Atlas is escaped. */
  readonly tooltip: string;
  /** What a screen reader says: the status in words, not only its color. */
  readonly accessibleLabel: string;
  /** A set of tags, `;type=service;state=available;provider=aws;`, that menus match. */
  readonly tags: string;
  /** What a click does. */
  readonly command?: string;
}

/** Draws a row from what the store knows at `now` (milliseconds since the epoch). */
export function lookOf(state: TreeState, element: TreeElement, now: number): Look {
  const account = state.accounts().find(({ id }) => id === element.accountId);
  const sandbox = account !== undefined && isSandbox(account);
  const draft = draftOf(state, element, account);
  const ref = refOf(element);
  const age = ref === undefined || element.kind === 'branch' ? undefined : ageText(state, element.accountId, ref, now);
  const description = [draft.description, age].filter((text) => text !== undefined && text !== '').join(' · ');
  const tooltip = [`**${escapeMarkdown(draft.label)}**`, ...(draft.tooltip ?? []), age && escapeMarkdown(age)];
  const tags = {
    type: element.kind,
    ...draft.tags,
    id: atlasIdOf(element) !== undefined,
    refreshable: element.kind !== 'note' && element.kind !== 'more' && element.kind !== 'retry',
    web: !sandbox && element.kind !== 'note' && element.kind !== 'more' && element.kind !== 'retry',
    sandbox,
  };
  return {
    label: draft.label,
    ...(description === '' ? {} : { description }),
    icon: draft.icon,
    ...(draft.color === undefined ? {} : { color: draft.color }),
    tooltip: tooltip.filter((line) => line !== undefined && line !== '').join('\n\n'),
    accessibleLabel: [draft.label, draft.description, ...(draft.spoken ?? []), age]
      .filter((text) => text !== undefined && text !== '')
      .join(', '),
    tags: tagText(tags),
    ...(draft.command === undefined ? {} : { command: draft.command }),
  };
}

function tagText(tags: Readonly<Record<string, string | boolean | undefined>>): string {
  const parts = Object.entries(tags).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return [value === true ? name : `${name}=${value.toLowerCase()}`];
  });
  return `;${parts.join(';')};`;
}

/** "as of …" when the latest attempt failed and an older answer is shown. */
function ageText(state: TreeState, accountId: string, ref: ElementRef, now: number): string | undefined {
  const known = state.known(accountId, ref as RefOf<'directory'>);
  if (known.problem === undefined || isIncomplete(known.problem) || known.asOf === undefined) return undefined;
  const minutes = Math.floor((now - known.asOf) / 60_000);
  if (minutes < 1) return t('as of less than a minute ago');
  if (minutes < 60) return t('as of {0} min ago', minutes);
  if (minutes < 24 * 60) return t('as of {0} h ago', Math.floor(minutes / 60));
  return t('as of {0} days ago', Math.floor(minutes / (24 * 60)));
}

function draftOf(state: TreeState, element: TreeElement, account: Account | undefined): Draft {
  const inProject = (projectId: string): ProjectContents | undefined =>
    state.known<'project'>(element.accountId, { kind: 'project', projectId }).value;
  switch (element.kind) {
    case 'account':
      return accountDraft(account);
    case 'organization': {
      const directory = state.known<'directory'>(element.accountId, { kind: 'directory' }).value;
      const organization = directory?.organizations.find(({ id }) => id === element.organizationId);
      const count = directory?.projects.filter(({ organizationId }) => organizationId === element.organizationId);
      return {
        label: organization?.name ?? element.organizationId,
        description:
          count === undefined ? undefined : count.length === 1 ? t('1 project') : t('{0} projects', count.length),
        icon: 'organization',
        tooltip: [idLine(t('Organization ID'), element.organizationId)],
      };
    }
    case 'project': {
      const directory = state.known<'directory'>(element.accountId, { kind: 'directory' }).value;
      const project = directory?.projects.find(({ id }) => id === element.projectId);
      return {
        label: project?.name ?? element.projectId,
        description: project === undefined ? undefined : clustersText(project.clusterCount),
        icon: 'folder',
        tooltip: [idLine(t('Project ID'), element.projectId)],
      };
    }
    case 'branch':
      return branchDraft(element.branch, inProject(element.projectId));
    case 'deployment': {
      const contents = inProject(element.projectId);
      const all = contents === undefined ? [] : deploymentsOf(contents);
      return deploymentDraft(
        element.name,
        all.find(({ kind, name }) => kind === element.deploymentKind && name === element.name),
      );
    }
    case 'service': {
      const services = inProject(element.projectId)?.services[element.provider];
      return serviceDraft(
        element.serviceId,
        services?.find(({ id }) => id === element.serviceId),
      );
    }
    case 'endpoint': {
      const { projectId, provider, serviceId, endpointId } = element;
      const known = state.known<'service'>(element.accountId, { kind: 'service', projectId, provider, serviceId });
      const contents = inProject(projectId);
      return endpointDraft(
        endpointId,
        known.value?.endpoints.find(({ id }) => id === endpointId),
        contents !== undefined && deploymentsOf(contents).some((one) => leadsThrough(one, endpointId)),
      );
    }
    case 'serverless-endpoint': {
      const { projectId, instanceName, endpointId } = element;
      const known = state.known<'serverless'>(element.accountId, { kind: 'serverless', projectId, instanceName });
      const endpoint = known.value?.find(({ id }) => id === endpointId);
      if (endpoint === undefined) return { label: endpointId, icon: 'plug' };
      const look = statusLook('serverless-endpoint', endpoint.provider, endpoint.status);
      return withStatus(look, {
        label: shortId(endpoint.cloudProviderEndpointId ?? endpoint.id),
        spoken: [endpoint.cloudProviderEndpointId],
        description: [look.word, endpoint.comment].filter(Boolean).join(' · '),
        tooltip: [
          idLine(t('Endpoint ID at Atlas'), endpoint.id),
          idLine(t('Endpoint ID at the cloud'), endpoint.cloudProviderEndpointId),
          idLine(t('Endpoint service name'), endpoint.endpointServiceName),
          idLine(t('Private Link service resource ID'), endpoint.privateLinkServiceResourceId),
          idLine(t('Private IP address'), endpoint.privateEndpointIpAddress),
          messageLine(endpoint.errorMessage),
        ],
        tags: { provider: endpoint.provider },
      });
    }
    case 'federated-database': {
      const database = inProject(element.projectId)?.federatedDatabases.find(({ name }) => name === element.name);
      return {
        label: element.name,
        description: [t('Federated database'), database?.state].filter(Boolean).join(' · '),
        icon: 'layers',
        tooltip: [
          ...(database?.hostnames ?? []).map((host) => idLine(t('Host name'), host)),
          ...(database?.privateEndpointHostnames ?? []).map(({ hostname, endpointId }) =>
            idLine(t('Private endpoint host name ({0})', endpointId), hostname),
          ),
        ],
        tags: { string: (database?.privateEndpointHostnames.length ?? 0) > 0 },
      };
    }
    case 'federation-endpoint': {
      const list = inProject(element.projectId)?.dataFederationEndpoints;
      const endpoint = list?.find(({ id }) => id === element.endpointId);
      if (endpoint === undefined) return { label: element.endpointId, icon: 'plug' };
      const look = statusLook('federation-endpoint', endpoint.provider, endpoint.status);
      return withStatus(look, {
        label: shortId(endpoint.id),
        description: [look.word, endpoint.region, endpoint.comment].filter(Boolean).join(' · '),
        tooltip: [
          idLine(t('Endpoint ID'), endpoint.id),
          idLine(t('DNS name'), endpoint.dnsName),
          idLine(t('IP address'), endpoint.ipAddress),
          messageLine(endpoint.errorMessage),
        ],
        tags: { provider: endpoint.provider },
      });
    }
    case 'archive': {
      const known = state.known<'archives'>(element.accountId, { kind: 'archives', projectId: element.projectId });
      const archive = known.value?.find(({ id }) => id === element.archiveId);
      return {
        label: archive === undefined ? element.archiveId : `${archive.database}.${archive.collection}`,
        description: [t('Online Archive'), archive?.clusterName, archive?.state].filter(Boolean).join(' · '),
        icon: 'archive',
        tooltip: [idLine(t('Online Archive ID'), element.archiveId), idLine(t('Region'), archive?.region)],
      };
    }
    case 'more':
      return {
        label: t('Load More'),
        description: element.of,
        icon: 'ellipsis',
        command: 'atlasPrivateEndpoints.loadMore',
      };
    case 'retry':
      return retryDraft(state, element.accountId, element.ref);
    case 'note':
      return { label: element.text, icon: element.icon };
  }
}

function clustersText(count: number): string {
  return count === 1 ? t('1 cluster') : t('{0} clusters', count);
}

function accountDraft(account: Account | undefined): Draft {
  if (account === undefined) return { label: t('Signed out'), icon: 'account' };
  const kinds = {
    'service-account': t('Service account'),
    'api-key': t('API key'),
    sandbox: t('sandbox'),
  } as const;
  const profile = account.cliProfile;
  return {
    label: account.label,
    description: profile === undefined ? kinds[account.kind] : t('{0} · profile {1}', kinds[account.kind], profile),
    icon: isSandbox(account) ? 'beaker' : 'account',
    tooltip: isSandbox(account)
      ? [t('A simulated Atlas on this machine. Nothing in it is real, and nothing leaves this machine.')]
      : [idLine(t('Atlas'), account.baseUrl)],
    tags: { account: account.kind },
  };
}

function branchDraft(branch: 'clusters' | 'services' | 'federation', contents: ProjectContents | undefined): Draft {
  const count = (number: number | undefined): string | undefined => (number === undefined ? undefined : String(number));
  switch (branch) {
    case 'clusters':
      return {
        label: t('Clusters'),
        description: count(contents && deploymentsOf(contents).length),
        icon: 'database',
        tags: { branch },
      };
    case 'services':
      return {
        label: t('Endpoint services'),
        description: count(contents && Object.values(contents.services).flat().length),
        icon: 'plug',
        tags: { branch, regionalized: contents?.regionalizedMode },
      };
    case 'federation':
      return {
        label: t('Data Federation & Online Archive'),
        description: count(contents?.dataFederationEndpoints.length),
        icon: 'archive',
        tags: { branch },
      };
  }
}

function retryDraft(state: TreeState, accountId: string, ref: ElementRef): Draft {
  const known = state.known(accountId, ref as RefOf<'directory'>);
  if (known.loading) return { label: t('Trying again…'), icon: 'loading~spin' };
  if (known.problem === undefined) return { label: t('Try Again'), icon: 'refresh' };
  const { title, detail, fixes } = describeProblem(known.problem);
  return {
    label: t('Try Again'),
    description: title,
    icon: 'error',
    color: 'list.errorForeground',
    tooltip: [
      escapeMarkdown(title),
      detail && escapeMarkdown(detail),
      fixes.map((fix) => `- ${escapeMarkdown(fix)}`).join('\n'),
    ],
    spoken: fixes,
    command: 'atlasPrivateEndpoints.retry',
  };
}
