import { randomBytes } from 'node:crypto';
import type { NewDatabaseUser } from '../../core/access';
import type { AtlasApi } from '../../core/atlas-api';
import { problemOf, type ProblemCode } from '../../core/problem';
import type { NewUserWish } from './ask-new-user';

/** Bytes of randomness in a generated password. */
const strength = 24;

/** A new password of 32 letters, digits, `-` and `_`: none of them needs encoding in a connection string. */
export function generatePassword(): string {
  return randomBytes(strength).toString('base64url');
}

/** What the Admin API is asked for. `now` in milliseconds since the epoch. */
export function requestOf(wish: NewUserWish, password: string, now: number): NewDatabaseUser {
  const { username, role, database, cluster, lifetimeHours } = wish;
  return {
    username,
    authDatabase: 'admin',
    roles: [{ role, database }],
    scopes: cluster === undefined ? [] : [cluster],
    password,
    ...(lifetimeHours === undefined
      ? {}
      : { deleteAfter: new Date(now + lifetimeHours * 3_600_000 - slackMs).toISOString() }),
  };
}

/** Atlas allows a week at most, by its own clock. */
const slackMs = 600_000;

/** Failures after which nobody knows whether Atlas has done it. */
const unclear: ReadonlySet<ProblemCode> = new Set([
  'ATLAS_TIMEOUT',
  'ATLAS_UNREACHABLE',
  'ATLAS_SERVER_ERROR',
  'ATLAS_REPLY_UNREADABLE',
]);

/**
 * Creates a user whose name was free a moment ago. When the reply is lost, looks whether the user is there: it is then
 * the one that was just asked for. Throws problems of Atlas.
 */
export async function createOnce(
  api: Pick<AtlasApi, 'createDatabaseUser' | 'getDatabaseUser'>,
  projectId: string,
  user: NewDatabaseUser,
): Promise<void> {
  try {
    await api.createDatabaseUser(projectId, user);
  } catch (error) {
    const code = problemOf(error)?.code;
    if (code === undefined || !unclear.has(code)) throw error;
    try {
      await api.getDatabaseUser(projectId, user.authDatabase, user.username);
    } catch {
      throw error;
    }
  }
}
