import { t } from '@vscode/l10n';
import type { AwsClientEvidence, AwsEvidence } from '../../core/cloud';
import type { HopOutcome } from '../../core/hop';
import { regionLabel } from '../../core/region';
import { endpointStatus, serviceStatus, type StatusKind, type StatusMeaning } from '../../core/status';
import type { AtlasEvidence, Evidence } from '../../diagnostics/evidence';
import { groupsText, surroundingsOf, whoIsLetIn } from '../../messages/security-group-text';
import { describeStatus } from '../../messages/status-text';

/** One thing that Atlas or the cloud account says, in words. */
export interface EvidenceRow {
  readonly tone: HopOutcome;
  /** What it is about, as a person calls it. */
  readonly title: string;
  /** An id of it. */
  readonly id?: string;
  readonly word: string;
  readonly explanation?: string;
  /** As it was received. */
  readonly message?: string;
}

const mostRows = 30;

const toneOfKind: Readonly<Record<StatusKind, HopOutcome>> = {
  available: 'passed',
  moving: 'warned',
  waiting: 'warned',
  failed: 'failed',
  leaving: 'warned',
  unknown: 'skipped',
};

/** What Atlas says of the path, then what the AWS account says. */
export function evidenceRows({ atlas, cloud }: Evidence): readonly EvidenceRow[] {
  const rows = [
    ...(atlas === undefined ? [] : atlasRows(atlas)),
    ...(cloud?.aws ?? []).flatMap(awsRows),
    ...(cloud?.client === undefined ? [] : [clientRow(cloud.client)]),
  ];
  return rows.slice(0, mostRows);
}

function atlasRows({ cluster, services, endpoints }: AtlasEvidence): readonly EvidenceRow[] {
  const ids = new Set(endpoints.map(({ serviceId }) => serviceId));
  const inRegions = services.filter(
    ({ id, provider, region }) =>
      ids.has(id) || cluster?.regions.some((place) => place.provider === provider && place.region === region) === true,
  );
  return [
    ...(cluster === undefined
      ? []
      : [
          {
            tone: cluster.paused ? 'failed' : cluster.state === 'IDLE' ? 'passed' : 'warned',
            title: t('Cluster {0}', cluster.name),
            word: cluster.paused ? t('paused') : cluster.state,
          } as const,
        ]),
    ...inRegions.map((service) =>
      statusRow(
        t('Endpoint service, {0}', regionLabel(service.provider, service.region)),
        service.id,
        serviceStatus(service.status),
        service.errorMessage,
      ),
    ),
    ...endpoints.map((endpoint) =>
      statusRow(
        endpoint.provider === 'AWS' ? t('Interface endpoint at Atlas') : t('Private endpoint at Atlas'),
        endpoint.id,
        endpointStatus(endpoint.provider, endpoint.status),
        endpoint.errorMessage,
      ),
    ),
  ];
}

function statusRow(title: string, id: string, meaning: StatusMeaning, message: string | undefined): EvidenceRow {
  const { word, explanation, nextAction } = describeStatus(meaning);
  return {
    tone: toneOfKind[meaning.kind],
    title,
    id,
    word,
    explanation: nextAction === undefined ? explanation : `${explanation} ${nextAction}`,
    ...(message === undefined ? {} : { message }),
  };
}

function clientRow({ address, interfaceIds, vpcId, securityGroups }: AwsClientEvidence): EvidenceRow {
  return {
    tone: 'passed',
    title: t('Machine that connects, in AWS'),
    id: interfaceIds.join(', '),
    word: t('{0} in {1}', address, vpcId),
    explanation: t('Security groups: {0}', securityGroups.map(({ id, name }) => `${id} (${name})`).join(', ')),
  };
}

/** All groups of an endpoint in one: AWS adds up what they let in. */
function groupRows({ securityGroups, ...around }: AwsEvidence): readonly EvidenceRow[] {
  if (securityGroups.length === 0) return [];
  const { severity, text } = whoIsLetIn(
    securityGroups.flatMap(({ inbound }) => inbound),
    surroundingsOf(around),
  );
  return [
    {
      tone: severity === 'blocking' ? 'failed' : severity === 'passed' ? 'passed' : 'warned',
      title: t('Security groups of the interface endpoint'),
      word: text,
      explanation: groupsText(securityGroups),
    },
  ];
}

function awsRows(evidence: AwsEvidence): readonly EvidenceRow[] {
  const { identity, region, endpoint, subnets, vpcDns } = evidence;
  if (endpoint === undefined) {
    const explanation = t('Account {0}, region {1}.', identity.accountId, region);
    return [{ tone: 'failed', title: t('Interface endpoint in AWS'), word: t('not found'), explanation }];
  }
  const zones = [...new Set(subnets.map(({ subnet }) => subnet.zone))].sort();
  return [
    {
      tone: endpoint.state === 'available' ? 'passed' : 'warned',
      title: t('Interface endpoint in AWS'),
      id: endpoint.id,
      word: endpoint.state,
      ...(endpoint.lastError === undefined ? {} : { message: endpoint.lastError }),
    },
    {
      tone: zones.length === 0 ? 'failed' : zones.length === 1 ? 'warned' : 'passed',
      title: t('Availability zones'),
      word: zones.length === 0 ? t('none') : zones.join(', '),
      explanation: subnets
        .map(({ subnet, privateIp }) => `${subnet.id} ${subnet.cidr}: ${privateIp ?? t('has no address')}`)
        .join('; '),
    },
    ...groupRows(evidence),
    ...(vpcDns === undefined || (vpcDns.support && vpcDns.hostnames)
      ? []
      : [
          { tone: 'warned', title: t('DNS of the VPC {0}', endpoint.vpcId), word: t('not fully switched on') } as const,
        ]),
  ];
}
