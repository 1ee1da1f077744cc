import { t } from '@vscode/l10n';
import type { AwsClientEvidence, AwsEvidence } from '../../core/cloud';
import type { Deployment } from '../../core/deployment';
import type { Endpoint, EndpointService } from '../../core/endpoint';
import type { HopOutcome } from '../../core/hop';
import { regionLabel } from '../../core/region';
import { endpointStatus, serviceStatus, type StatusKind, type StatusMeaning } from '../../core/status';
import type { TestReport } from '../../diagnostics/events';
import type { AtlasEvidence, Evidence } from '../../diagnostics/evidence';
import { endpointsTold } from '../../diagnostics/findings/beside-signs';
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

/**
 * What Atlas and the AWS account say: first about the endpoints that the tested string leads through, then what AWS says,
 * then the rest. What is too much is counted in the last row.
 */
export function evidenceRows(evidence: Evidence, test: Pick<TestReport, 'context' | 'hops'>): readonly EvidenceRow[] {
  const { atlas, cloud } = evidence;
  const own = endpointsTold({ ...test, evidence });
  const isOwn = (id: string | undefined): boolean => own.some((endpoint) => endpoint.id === id);
  const aws = cloud?.aws ?? [];
  const rows = [
    ...(atlas?.cluster === undefined ? [] : [clusterRow(atlas.cluster)]),
    ...(atlas?.services ?? []).filter(({ id }) => own.some(({ serviceId }) => serviceId === id)).map(serviceRow),
    ...own.map(endpointRow),
    ...(cloud?.client === undefined ? [] : [clientRow(cloud.client)]),
    ...aws.filter(({ endpoint }) => isOwn(endpoint?.id)).flatMap(awsRows),
    ...aws.filter(({ endpoint }) => !isOwn(endpoint?.id)).flatMap(awsRows),
    ...(atlas === undefined ? [] : otherServices(atlas, own).map(serviceRow)),
    ...(atlas?.endpoints ?? []).filter(({ id }) => !isOwn(id)).map(endpointRow),
  ];
  if (rows.length <= mostRows) return rows;
  const shown = rows.slice(0, mostRows - 1);
  const rest = rows.length - shown.length;
  const word = t('{0} more rows of Atlas and the cloud account', rest);
  return [...shown, { tone: 'skipped', title: t('Not shown here'), word }];
}

/** Services with endpoints or in a region of the cluster, but for those of the string's own endpoints. */
function otherServices(
  { cluster, services, endpoints }: AtlasEvidence,
  own: readonly Endpoint[],
): readonly EndpointService[] {
  const withEndpoints = new Set(endpoints.map(({ serviceId }) => serviceId));
  return services.filter(
    ({ id, provider, region }) =>
      !own.some(({ serviceId }) => serviceId === id) &&
      (withEndpoints.has(id) ||
        cluster?.regions.some((place) => place.provider === provider && place.region === region) === true),
  );
}

function clusterRow({ name, paused, state }: Deployment): EvidenceRow {
  return {
    tone: paused ? 'failed' : state === 'IDLE' ? 'passed' : 'warned',
    title: t('Cluster {0}', name),
    word: paused ? t('paused') : state,
  };
}

function serviceRow({ id, provider, region, status, errorMessage }: EndpointService): EvidenceRow {
  const title = t('Endpoint service, {0}', regionLabel(provider, region));
  return statusRow(title, id, serviceStatus(status), errorMessage);
}

function endpointRow({ id, provider, status, errorMessage }: Endpoint): EvidenceRow {
  const title = provider === 'AWS' ? t('Interface endpoint at Atlas') : t('Private endpoint at Atlas');
  return statusRow(title, id, endpointStatus(provider, status), errorMessage);
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
