import { t } from '@vscode/l10n';
import type { StatusView, Waiting, WaitingSide } from '../../../../webview/protocol';
import type { Deployment } from '../../../core/deployment';
import type { Endpoint, EndpointService } from '../../../core/endpoint';
import type { ProjectContents } from '../../../store/element';
import { leadsThrough } from '../../strings/string-targets';
import { awaitsHostnames, awaitsString, clustersOf, federatedDatabasesOf } from '../facts';
import type { PageModel } from '../model';
import {
  awsStateView,
  clusterState,
  endpointStatusView,
  endpointWord,
  federatedDatabaseState,
  present,
  statusView,
  withoutString,
} from './views';

/** Each side with its status: the service, the endpoint at Atlas and in the cloud, and the clusters. */
export function presentWaiting(model: PageModel): Waiting {
  return waitingFor(model, [...atlasSides(model), ...cloudSide(model), ...clusterSides(model)]);
}

/** While the service is made, nothing else moves yet. */
export function presentServiceWaiting(model: PageModel): Waiting {
  return waitingFor(model, atlasSides(model));
}

function waitingFor(model: PageModel, all: readonly WaitingSide[]): Waiting {
  const sides = all.map((side) => withSince(model, side));
  const moving = sides.filter(({ status }) => status.tone !== 'available');
  return {
    sides,
    summary: summaryOf(moving),
    ...(model.project.asOf === undefined ? {} : { lastAsked: model.project.asOf }),
  };
}

function summaryOf(moving: readonly WaitingSide[]): string {
  const [first] = moving;
  if (first === undefined) return t('Every side is available.');
  return first.waitingFor === undefined
    ? t('{0}: {1}', first.status.subject, first.status.word)
    : t('Waits for {0}.', first.waitingFor);
}

/** Key under which a page notes since when something has had a status. */
export function sinceKey(id: string, status: StatusView): string {
  return `${id} ${status.value}`;
}

function withSince({ ui }: PageModel, side: WaitingSide): WaitingSide {
  const since = ui.since.get(sinceKey(side.id, side.status));
  return since === undefined ? side : { ...side, since };
}

function atlasSides({ subject }: PageModel): readonly WaitingSide[] {
  switch (subject.kind) {
    case 'service': {
      const { service, endpoint } = subject;
      return present([
        service && serviceSide(service),
        endpoint && side('endpoint', endpointStatusView(endpoint, atAtlas(endpoint))),
      ]);
    }
    case 'serverless':
      return endpointSide('serverless-endpoint', subject.endpoint);
    case 'federation':
      return endpointSide('federation-endpoint', subject.endpoint);
  }
}

function serviceSide({ provider, status, errorMessage }: EndpointService): WaitingSide {
  return side('service', statusView('service', provider, status, t('Endpoint service at Atlas'), errorMessage));
}

function endpointSide(
  kind: 'serverless-endpoint' | 'federation-endpoint',
  endpoint: Pick<Endpoint, 'provider' | 'status' | 'errorMessage'> | undefined,
): readonly WaitingSide[] {
  if (endpoint === undefined) return [];
  const { provider, status, errorMessage } = endpoint;
  return [side('endpoint', statusView(kind, provider, status, atAtlas(endpoint), errorMessage))];
}

function atAtlas({ provider }: Pick<Endpoint, 'provider'>): string {
  return t('{0} at Atlas', endpointWord(provider));
}

function side(id: string, status: StatusView, more: Partial<WaitingSide> = {}): WaitingSide {
  const waitingFor = waitsFor(status);
  return {
    id,
    status,
    ...(waitingFor === undefined ? {} : { waitingFor }),
    ...(status.nextAction === undefined ? {} : { advice: status.nextAction }),
    ...more,
  };
}

/** What a status waits for (seed: the two tables of statuses). */
function waitsFor({ value, tone }: StatusView): string | undefined {
  if (tone === 'leaving') return t('its removal');
  switch (value) {
    case 'NONE':
      return t('an interface endpoint with this ID in your AWS account');
    case 'PENDING_ACCEPTANCE':
    case 'pendingAcceptance':
      return t('Atlas, which accepts the connection request');
    case 'PENDING':
    case 'pending':
      return t('the connection between the endpoint and the endpoint service');
    case 'INITIATING':
      return t('Atlas');
    case 'VERIFIED':
      return t('Atlas, which connects the endpoint that it has recognized');
    case 'RESERVATION_REQUESTED':
      return t('Atlas, which reserves the endpoint service');
    default:
      return undefined;
  }
}

/** The endpoint that the page follows, as the AWS account describes it. */
function cloudSide({ subject, aws }: PageModel): readonly WaitingSide[] {
  const id = cloudEndpointId(subject);
  const found = aws?.found?.value?.find((one) => one.id === id);
  if (found === undefined) return [];
  return [side('cloud', awsStateView(found.state, found.lastError))];
}

/** Id of the endpoint in the person's cloud that the page follows. */
export function cloudEndpointId(subject: PageModel['subject']): string | undefined {
  switch (subject.kind) {
    case 'service':
      return subject.endpointId;
    case 'serverless':
      return subject.endpoint?.cloudProviderEndpointId;
    case 'federation':
      return subject.endpoint?.id;
  }
}

function clusterSides({ subject, project }: PageModel): readonly WaitingSide[] {
  const contents = project.value;
  switch (subject.kind) {
    case 'service':
      return clustersOf(subject, contents).map((cluster) =>
        clusterSide(cluster, subject.endpointId, whyNoString(cluster, contents)),
      );
    case 'serverless':
      return subject.instance === undefined
        ? []
        : [clusterSide(subject.instance, subject.endpoint?.cloudProviderEndpointId)];
    case 'federation': {
      // One is enough to go on with: of the others Atlas does not say whether they get a hostname.
      const awaits = awaitsHostnames(subject, contents);
      return federatedDatabasesOf(subject, contents).map((one) =>
        stringSide(`federated/${one.name}`, federatedDatabaseState(one), !awaits),
      );
    }
  }
}

/** What a cluster gets no string before, whatever the endpoint does; undefined where it gets one by itself. */
function whyNoString(cluster: Deployment, contents: ProjectContents | undefined): string | undefined {
  if (awaitsString(cluster, contents)) return undefined;
  if (cluster.paused) return t('its being resumed');
  return t('an endpoint in each of its regions: without one of them it gets no string');
}

function clusterSide(cluster: Deployment, endpointId: string | undefined, hindrance?: string): WaitingSide {
  const has = endpointId !== undefined && leadsThrough(cluster, endpointId);
  const side = stringSide(`cluster/${cluster.name}`, clusterState(cluster), has);
  return {
    ...side,
    ...(has || hindrance === undefined ? {} : { waitingFor: hindrance }),
    ...(cluster.paused ? { advice: t('Resume the cluster: a paused one gets no strings.') } : {}),
  };
}

/** What is connected to, which waits for its string. */
function stringSide(id: string, status: StatusView, has: boolean): WaitingSide {
  if (has) return { id, status };
  return {
    id,
    status: withoutString(status),
    waitingFor: t('its connection string, which comes some minutes after the endpoint is available'),
  };
}
