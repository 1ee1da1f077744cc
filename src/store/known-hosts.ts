import type { Deployment } from '../core/deployment';
import type { AtlasStore } from './atlas-store';
import { deploymentsOf } from './element';

/** True when a host name stands in a connection string of a project of the account, as far as they are known. */
export function knowsHost(store: AtlasStore, accountId: string, host: string): boolean {
  const wanted = host.toLowerCase();
  return store.elements().some(({ accountId: id, ref }) => {
    if (id !== accountId || ref.kind !== 'project') return false;
    const contents = store.known<'project'>(accountId, ref).value;
    if (contents === undefined) return false;
    const federated = contents.federatedDatabases.flatMap(({ hostnames, privateEndpointHostnames }) => [
      ...hostnames,
      ...privateEndpointHostnames.map(({ hostname }) => hostname),
    ]);
    return [...deploymentsOf(contents).flatMap(hostsOf), ...federated].some((one) => one.toLowerCase() === wanted);
  });
}

function hostsOf({ strings }: Deployment): readonly string[] {
  const { privateEndpoint, ...others } = strings;
  const texts = [
    ...Object.values(others),
    ...privateEndpoint.flatMap(({ srv, srvShardOptimized, standard }) => [srv, srvShardOptimized, standard]),
  ];
  return texts.flatMap((text) => (typeof text === 'string' ? hostsIn(text) : []));
}

/** Host names of a string as Atlas gives it: no credentials in it. */
function hostsIn(text: string): readonly string[] {
  const authority = /^mongodb(?:\+srv)?:\/\/([^/?]*)/i.exec(text)?.[1] ?? '';
  return authority.split(',').map((host) => host.replace(/:\d+$/, ''));
}
