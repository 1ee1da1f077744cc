import { t } from '@vscode/l10n';
import type { Deployment } from '../../core/deployment';
import type { EndpointService } from '../../core/endpoint';
import { problemOf } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import {
  dataFederationEndpointStatus,
  endpointStatus,
  serverlessEndpointStatus,
  serviceStatus,
  type StatusMeaning,
} from '../../core/status';
import { describeProblem } from '../../messages/problem-text';
import { describeStatus } from '../../messages/status-text';
import { deploymentsOf, servicesOf } from '../../store/element';
import { loadFresh } from '../../store/load-fresh';
import { hasPrivateString, stringTargets, whyNoPrivateString } from '../strings/string-targets';
import { findPlace, listProjects, type Place } from './find-place';
import { accountData, bounded, type ToolAnswer, type ToolPorts } from './tool-answer';

export interface ListInput {
  /** Name or id; without it the projects are listed. */
  readonly project?: string;
  /** Limits the list of projects to names that contain it. */
  readonly match?: string;
}

/** Lists projects, or clusters and endpoints of one. Throws problems of Atlas. */
export async function listEndpoints(ports: ToolPorts, { project, match }: ListInput): Promise<ToolAnswer> {
  if (project === undefined || project.trim() === '') return await projectList(ports, match ?? '');
  const place = await findPlace(ports, project);
  return place.found === undefined ? place.answer : await projectContents(ports, place.found);
}

async function projectList(ports: ToolPorts, match: string): Promise<ToolAnswer> {
  if (ports.accounts.list().length === 0) {
    return {
      sentence: t('No Atlas account is signed in. Run "Private Endpoints: Sign In to Atlas" or "Try the Sandbox".'),
      data: { projects: [] },
    };
  }
  const { projects, unreadable } = await listProjects(ports);
  const key = match.trim().toLowerCase();
  const { items, leftOut } = bounded(projects.filter(({ project: { name } }) => name.toLowerCase().includes(key)));
  return {
    sentence: items.length === 1 ? t('1 project.') : t('{0} projects.', items.length + (leftOut ?? 0)),
    data: {
      projects: items.map(({ account, project: { id, name, clusterCount } }) => ({
        id,
        name,
        clusterCount,
        ...accountData(account),
      })),
      ...(leftOut === undefined ? {} : { leftOut }),
      ...(unreadable.length === 0 ? {} : { unreadable }),
    },
  };
}

async function projectContents(ports: ToolPorts, place: Place): Promise<ToolAnswer> {
  const { account, project, contents, asOf } = place;
  const services = bounded(servicesOf(contents));
  const clusters = bounded(deploymentsOf(contents));
  const endpointServices = await Promise.all(services.items.map((service) => serviceData(ports, place, service)));
  const serverless = await Promise.all(
    contents.serverlessInstances.map(async ({ name }) => ({ name, ...(await serverlessData(ports, place, name)) })),
  );
  const endpointCount = endpointServices.reduce((sum, { endpoints }) => sum + endpoints.length, 0);
  return {
    sentence: t(
      '{0}: {1} clusters, {2} endpoint services, {3} endpoints.',
      project.name,
      clusters.items.length + (clusters.leftOut ?? 0),
      services.items.length + (services.leftOut ?? 0),
      endpointCount,
    ),
    data: {
      ...accountData(account),
      project: { id: project.id, name: project.name },
      ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }),
      ...(contents.regionalizedMode === undefined ? {} : { regionalizedMode: contents.regionalizedMode }),
      clusters: clusters.items.map(clusterData),
      endpointServices,
      ...(serverless.length === 0 ? {} : { serverlessEndpoints: serverless }),
      ...(contents.dataFederationEndpoints.length === 0
        ? {}
        : {
            dataFederationEndpoints: contents.dataFederationEndpoints.map(({ id, provider, region, status }) => ({
              id,
              provider,
              region,
              ...statusData(dataFederationEndpointStatus(status)),
            })),
          }),
      ...(contents.federatedDatabases.length === 0
        ? {}
        : { federatedDatabases: contents.federatedDatabases.map(({ name, state }) => ({ name, state })) }),
      ...(contents.missing.length === 0 ? {} : { notRead: contents.missing.map(({ part }) => part) }),
    },
  };
}

function clusterData(deployment: Deployment): Readonly<Record<string, unknown>> {
  const targets = stringTargets(deployment);
  return {
    name: deployment.name,
    kind: deployment.kind,
    tier: deployment.tier,
    ...(deployment.topology === undefined ? {} : { topology: deployment.topology }),
    state: deployment.paused ? 'PAUSED' : deployment.state,
    regions: deployment.regions.map(({ provider, region }) => `${provider} ${region}`),
    strings: targets.map(({ network, endpoints, strings }) => ({
      network,
      ...(endpoints.length === 0 ? {} : { endpoints: endpoints.map(({ endpointId }) => endpointId) }),
      forms: strings.map(({ form }) => form),
    })),
    ...(hasPrivateString(deployment) ? {} : { noPrivateEndpointString: whyNoPrivateString(deployment) }),
  };
}

async function serviceData(ports: ToolPorts, { account, project }: Place, service: EndpointService) {
  const { id, provider, region, status, errorMessage } = service;
  const ref = { kind: 'service', projectId: project.id, provider, serviceId: id } as const;
  const endpoints = await orReason(async () => {
    const { value } = await loadFresh(ports.store, account.id, ref, ports.clock);
    return value.endpoints.map((endpoint) => ({
      id: endpoint.id,
      ...statusData(endpointStatus(endpoint.provider, endpoint.status)),
      ...(endpoint.errorMessage === undefined ? {} : { atlasSays: endpoint.errorMessage }),
    }));
  });
  return {
    id,
    provider,
    region,
    cloudRegion: toCloudRegion(provider, region),
    ...statusData(serviceStatus(status)),
    ...(errorMessage === undefined ? {} : { atlasSays: errorMessage }),
    ...endpoints,
  };
}

async function serverlessData(ports: ToolPorts, { account, project }: Place, instanceName: string) {
  const ref = { kind: 'serverless', projectId: project.id, instanceName } as const;
  return await orReason(async () => {
    const { value } = await loadFresh(ports.store, account.id, ref, ports.clock);
    return value.map(({ id, status }) => ({ id, ...statusData(serverlessEndpointStatus(status)) }));
  });
}

function statusData(meaning: StatusMeaning): { readonly status: string; readonly word: string } {
  return { status: meaning.value, word: describeStatus(meaning).word };
}

/** One service that cannot be read shall not cost the list of the others: it says why. */
async function orReason<T>(
  read: () => Promise<readonly T[]>,
): Promise<{ readonly endpoints: readonly T[]; readonly notRead?: string }> {
  try {
    return { endpoints: await read() };
  } catch (error) {
    const reason = problemOf(error);
    if (reason === undefined) throw error;
    return { endpoints: [], notRead: describeProblem(reason).title };
  }
}
