import { withPatience, type SetupPorts } from './look-first';

/**
 * Switches regionalized private endpoints of a project on or off; nothing is sent when it is so already. Connection
 * strings of multi-region and global sharded clusters change (seed): whoever calls has asked.
 */
export async function setRegionalizedMode(
  ports: SetupPorts,
  projectId: string,
  enabled: boolean,
  signal?: AbortSignal,
): Promise<void> {
  if ((await ports.api.getRegionalizedMode(projectId, signal)) === enabled) return;
  await withPatience(ports, () => ports.api.setRegionalizedMode(projectId, enabled, signal), signal);
}
