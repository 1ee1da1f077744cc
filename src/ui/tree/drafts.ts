import { t } from '@vscode/l10n';
import type { Deployment } from '../../core/deployment';
import type { Endpoint, EndpointService } from '../../core/endpoint';
import { providerNames, type Provider } from '../../core/provider';
import { regionLabel, toCloudRegion } from '../../core/region';
import { statusLook, type StatusLook } from './status-look';

/** What a row says before age, account and common tags are added. */
export interface Draft {
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon: string;
  readonly color?: string | undefined;
  readonly tooltip?: readonly (string | undefined)[];
  readonly spoken?: readonly (string | undefined)[];
  readonly tags?: Readonly<Record<string, string | boolean | undefined>>;
  readonly command?: string;
}

/** A cluster, Flex cluster or serverless instance. */
export function deploymentDraft(name: string, deployment: Deployment | undefined): Draft {
  if (deployment === undefined) return { label: name, icon: 'database' };
  const look = statusLook('deployment', undefined, deployment.paused ? 'PAUSED' : deployment.state);
  const noEndpoint = whyNoEndpoint(deployment);
  const regions = [...new Set(deployment.regions.map(({ provider, region }) => `${provider} ${region}`))];
  return withStatus(look, {
    label: name,
    description: [deployment.tier, look.quiet ? undefined : look.word, noEndpoint && t('no private endpoint')]
      .filter(Boolean)
      .join(' · '),
    tooltip: [
      noEndpoint,
      regions.length === 0 ? undefined : escapeMarkdown(t('Regions: {0}', regions.join(', '))),
      deployment.mongoDBVersion === undefined ? undefined : escapeMarkdown(`MongoDB ${deployment.mongoDBVersion}`),
    ],
    spoken: [noEndpoint],
    tags: { cluster: deployment.kind, string: deployment.strings.privateEndpoint.length > 0 },
  });
}

/** Seed, first note: no private endpoints for M0, M2 and M5; Atlas's description says the same of Flex. */
function whyNoEndpoint({ kind, tier }: Deployment): string | undefined {
  switch (kind) {
    case 'shared':
      return t(
        'Private endpoints are not available for {0} clusters. They need a dedicated cluster (M10 or larger).',
        tier,
      );
    case 'flex':
      return t('Private endpoints are not available for Flex clusters. They need a dedicated cluster (M10 or larger).');
    case 'dedicated':
    case 'serverless':
      return undefined;
  }
}

/** Names of the clouds as Atlas abbreviates them: the whole of one leaves no room for the word of the status. */
const rowNames: Readonly<Record<Provider, string>> = { AWS: 'AWS', AZURE: 'Azure', GCP: 'GCP' };

/** An endpoint service. */
export function serviceDraft(id: string, service: EndpointService | undefined): Draft {
  if (service === undefined) return { label: id, icon: 'plug' };
  const look = statusLook('service', service.provider, service.status);
  const names: readonly (string | undefined)[] =
    service.provider === 'AWS'
      ? [idLine(t('Endpoint service name'), service.endpointServiceName)]
      : service.provider === 'AZURE'
        ? [
            idLine(t('Private Link service name'), service.privateLinkServiceName),
            idLine(t('Private Link service resource ID'), service.privateLinkServiceResourceId),
          ]
        : [
            t('{0} service attachments', service.serviceAttachmentNames.length),
            service.portMappingEnabled ? t('Port-mapped: one address for all nodes') : t('One address for each node'),
          ];
  return withStatus(look, {
    label: `${rowNames[service.provider]} ${toCloudRegion(service.provider, service.region)}`,
    spoken: [service.provider === 'GCP' ? providerNames.GCP.cloud : undefined],
    description: `${look.word} · ${endpointsText(service.endpointIds.length)}`,
    tooltip: [
      providerNames[service.provider].feature,
      escapeMarkdown(t('Region: {0}', regionLabel(service.provider, service.region))),
      ...names,
      idLine(t('Endpoint service ID at Atlas'), service.id),
      messageLine(service.errorMessage),
    ],
    tags: { provider: service.provider },
  });
}

function endpointsText(count: number): string {
  return count === 1 ? t('1 endpoint') : t('{0} endpoints', count);
}

/** An endpoint on a service. */
export function endpointDraft(id: string, endpoint: Endpoint | undefined, hasString: boolean): Draft {
  if (endpoint === undefined) return { label: shortId(id), icon: 'plug' };
  const look = statusLook('endpoint', endpoint.provider, endpoint.status);
  const details: readonly (string | undefined)[] =
    endpoint.provider === 'AWS'
      ? []
      : endpoint.provider === 'AZURE'
        ? [idLine(t('Connection name'), endpoint.connectionName), idLine(t('IP address'), endpoint.ipAddress)]
        : [
            idLine(t('Google Cloud project'), endpoint.gcpProjectId),
            ...endpoint.addresses.slice(0, 10).map(({ name, ipAddress }) => idLine(name, ipAddress)),
            endpoint.addresses.length > 10 ? t('{0} addresses in all', endpoint.addresses.length) : undefined,
          ];
  return withStatus(look, {
    label: shortId(id),
    spoken: [id],
    description: [look.word, endpoint.deleteRequested ? t('removal requested') : undefined].filter(Boolean).join(' · '),
    tooltip: [
      idLine(endpoint.provider === 'AWS' ? t('Interface endpoint ID') : t('Private endpoint'), id),
      ...details,
      messageLine(endpoint.errorMessage),
    ],
    tags: { provider: endpoint.provider, string: hasString },
  });
}

/** Adds icon, color, explanation and tag of a status. */
export function withStatus(look: StatusLook, draft: Omit<Draft, 'icon' | 'color'>): Draft {
  return {
    ...draft,
    icon: look.icon,
    color: look.color,
    tooltip: [
      look.explanation === undefined
        ? escapeMarkdown(look.word)
        : `${escapeMarkdown(look.word)}: ${escapeMarkdown(look.explanation)}`,
      look.nextAction && escapeMarkdown(look.nextAction),
      ...(draft.tooltip ?? []),
    ],
    spoken: [look.word, ...(draft.spoken ?? [])].filter((text) => draft.description?.includes(text ?? '') !== true),
    tags: { ...draft.tags, state: look.tag },
  };
}

/** Azure ids are paths: their last part tells them apart. */
export function lastPart(id: string): string {
  return id.split('/').at(-1) ?? id;
}

/**
 * An id for narrow places. A sidebar of 300 pixels has room for some twelve characters of it before the word of the
 * status is cut off: of what a cloud has numbered, kind and end tell it apart, of what people have named, both ends. The
 * tooltip has all of it.
 */
export function shortId(id: string): string {
  const last = lastPart(id);
  if (last.length <= 14) return last;
  const [, kind] = /^([a-z]+-)[0-9a-f]{8,}$/u.exec(last) ?? [];
  return kind === undefined ? `${last.slice(0, 8)}…${last.slice(-5)}` : `${kind}…${last.slice(-6)}`;
}

/** A line of a tooltip with a value to copy. */
export function idLine(title: string, value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined;
  return `${escapeMarkdown(title)}: \`${value.replaceAll('`', "'")}\``;
}

export function messageLine(message: string | undefined): string | undefined {
  return message === undefined ? undefined : `${t('Atlas says:')} ${escapeMarkdown(message)}`;
}

/** Text from Atlas is data: names and messages may hold anything. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#|<>~&$]/g, '\\$&').replace(/\s+/g, ' ');
}
