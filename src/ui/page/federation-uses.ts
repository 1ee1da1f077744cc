import type { OnlineArchive } from '../../core/deployment';
import { projectOf, type Page } from './page';

/** What may use an endpoint for Data Federation besides the project's federated databases, as far as it is known. */
export interface FederationUses {
  /** Of the project. */
  readonly archives: readonly OnlineArchive[];
  /** Names of other projects in which the endpoint is registered, too: one endpoint in the cloud may serve several. */
  readonly projects: readonly string[];
  /** There are, or may be, projects whose endpoints are not known here. */
  readonly hasUnread: boolean;
}

/** What is known of the uses of an endpoint; undefined on pages about anything else. Asks nobody. */
export function federationUses(page: Page, endpointId: string): FederationUses | undefined {
  const { ref, ports } = page;
  if (ref.kind !== 'federation') return undefined;
  const { accountId, projectId } = ref;
  const { store } = ports;
  const directory = store.known<'directory'>(accountId, { kind: 'directory' }).value;
  const others = (directory?.projects ?? [])
    .filter(({ id }) => id !== projectId)
    .map(({ id, name }) => ({
      name,
      endpoints: store.known<'project'>(accountId, { kind: 'project', projectId: id }).value?.dataFederationEndpoints,
    }));
  return {
    archives: store.known<'archives'>(accountId, { kind: 'archives', projectId }).value ?? [],
    projects: others
      .filter(({ endpoints }) => endpoints?.some(({ id }) => id === endpointId) === true)
      .map(({ name }) => name),
    hasUnread: directory === undefined || others.some(({ endpoints }) => endpoints === undefined),
  };
}

/** Reads what uses the endpoints of a project and is not known yet; the page shows it when it is there. Never rejects. */
export async function readFederationUses(page: Page): Promise<void> {
  const { ref, ports } = page;
  if (ref.kind !== 'federation') return;
  await ports.store.ensure(ref.accountId, { kind: 'archives', projectId: projectOf(page).projectId });
}
