import { t } from '@vscode/l10n';
import { providers, isProvider } from '../../core/provider';
import {
  dataFederationEndpointStatus,
  endpointStatus,
  knownStatuses,
  serverlessEndpointStatus,
  serviceStatus,
  type StatusMeaning,
} from '../../core/status';
import { describeStatus } from '../../messages/status-text';
import { deploymentsOf, servicesOf } from '../../store/element';
import { loadFresh } from '../../store/load-fresh';
import { whyNoPrivateString, hasPrivateString } from '../strings/string-targets';
import { findPlace, type Place } from './find-place';
import { bounded, type ToolAnswer, type ToolPorts } from './tool-answer';

export type StatusKindInput = 'service' | 'endpoint' | 'serverless-endpoint' | 'data-federation-endpoint';

export interface StatusInput {
  /** With `id`: look the thing up in Atlas. */
  readonly project?: string;
  /** Of an endpoint service, an endpoint, or the name of a cluster. */
  readonly id?: string;
  /** Without `project`: a status as Atlas spells it. */
  readonly status?: string;
  readonly kind?: StatusKindInput;
  readonly provider?: string;
}

/** Explains a status, of a thing in Atlas or as such. Throws problems of Atlas. */
export async function explainStatus(ports: ToolPorts, input: StatusInput): Promise<ToolAnswer> {
  if (input.project !== undefined && input.id !== undefined) {
    const place = await findPlace(ports, input.project);
    return place.found === undefined ? place.answer : await explainThing(ports, place.found, input.id);
  }
  if (input.status === undefined) {
    return { sentence: t('Give project and id, or a status.'), data: { statuses: knownStatuses } };
  }
  const provider = input.provider?.toUpperCase() ?? 'AWS';
  if (!isProvider(provider)) return { sentence: t('The provider is one of these.'), data: { providers } };
  const status = input.status.trim().toUpperCase();
  switch (input.kind ?? 'endpoint') {
    case 'service':
      return explained(status, serviceStatus(status));
    case 'endpoint':
      return explained(status, endpointStatus(provider, status));
    case 'serverless-endpoint':
      return explained(status, serverlessEndpointStatus(status));
    case 'data-federation-endpoint':
      return explained(status, dataFederationEndpointStatus(status));
  }
}

function explained(subject: string, meaning: StatusMeaning, atlasSays?: string): ToolAnswer {
  const { word, explanation, nextAction } = describeStatus(meaning);
  return {
    sentence: `${subject}: ${word}. ${explanation}`,
    data: {
      status: meaning.value,
      word,
      explanation,
      ...(nextAction === undefined ? {} : { nextAction }),
      changesByItself: meaning.moves,
      ...(atlasSays === undefined ? {} : { atlasSays }),
    },
  };
}

async function explainThing(ports: ToolPorts, place: Place, wanted: string): Promise<ToolAnswer> {
  const { account, project, contents } = place;
  const id = wanted.trim();
  const service = servicesOf(contents).find((one) => one.id === id);
  if (service !== undefined) return explained(id, serviceStatus(service.status), service.errorMessage);
  const owner = servicesOf(contents).find(({ endpointIds }) => endpointIds.some((one) => isSame(one, id)));
  if (owner !== undefined) {
    const ref = { kind: 'service', projectId: project.id, provider: owner.provider, serviceId: owner.id } as const;
    const { value } = await loadFresh(ports.store, account.id, ref, ports.clock);
    const endpoint = value.endpoints.find((one) => isSame(one.id, id));
    if (endpoint !== undefined) {
      return explained(id, endpointStatus(endpoint.provider, endpoint.status), endpoint.errorMessage);
    }
  }
  const federation = contents.dataFederationEndpoints.find((one) => one.id === id);
  if (federation !== undefined) {
    return explained(id, dataFederationEndpointStatus(federation.status), federation.errorMessage);
  }
  for (const { name: instanceName } of contents.serverlessInstances) {
    const ref = { kind: 'serverless', projectId: project.id, instanceName } as const;
    const { value } = await loadFresh(ports.store, account.id, ref, ports.clock);
    const endpoint = value.find((one) => one.id === id || one.cloudProviderEndpointId === id);
    if (endpoint !== undefined) {
      return explained(id, serverlessEndpointStatus(endpoint.status), endpoint.errorMessage);
    }
  }
  const deployment = deploymentsOf(contents).find(({ name }) => name.toLowerCase() === id.toLowerCase());
  if (deployment !== undefined) {
    const isReachable = hasPrivateString(deployment);
    return {
      sentence: isReachable
        ? t('{0} is {1} and has a private endpoint connection string.', deployment.name, deployment.state)
        : `${deployment.name}: ${whyNoPrivateString(deployment)}`,
      data: { state: deployment.state, paused: deployment.paused, hasPrivateEndpointString: isReachable },
    };
  }
  return {
    sentence: t('{0} has nothing with the id or name {1}.', project.name, wanted),
    data: {
      endpointServices: bounded(servicesOf(contents).map((one) => ({ id: one.id, endpoints: one.endpointIds }))).items,
      clusters: bounded(deploymentsOf(contents).map(({ name }) => name)).items,
    },
  };
}

/** Azure's ids are paths; their last part will do. */
function isSame(id: string, wanted: string): boolean {
  return id === wanted || id.split('/').at(-1) === wanted;
}
