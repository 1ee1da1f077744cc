import type { SandboxDatabaseUser, World } from '../../world/world';
import type { NodeIdentity } from './node-identity';

/** The user of that name who may sign in to this node now: in the project, in scope, not past its end. */
export function findDatabaseUser(
  world: World,
  identity: NodeIdentity,
  authDatabase: string,
  username: string,
): SandboxDatabaseUser | undefined {
  for (const user of identity.project.databaseUsers.values()) {
    if (user.username !== username || user.authDatabase !== authDatabase) continue;
    if (user.deleteAfter !== undefined && Date.parse(user.deleteAfter) <= world.clock.now()) continue;
    if (user.scopes.length > 0 && !user.scopes.some((scope) => scope.name === identity.clusterName)) continue;
    return user;
  }
  return undefined;
}

export function passwordOf(
  world: World,
  identity: NodeIdentity,
  authDatabase: string,
  username: string,
): string | undefined {
  return findDatabaseUser(world, identity, authDatabase, username)?.password;
}
