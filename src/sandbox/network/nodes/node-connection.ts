import type { Document } from 'bson';
import type { SandboxDatabaseUser, World } from '../../world/world';
import type { TopologyVersions } from './hello';
import type { NodeIdentity } from './node-identity';

/** What one connection to a node knows. */
export interface NodeConnection {
  readonly world: World;
  readonly versions: TopologyVersions;
  readonly connectionId: number;
  /** Looked up at each command: the world may have changed. */
  readonly identity: () => NodeIdentity;
  /** Subject of the client's certificate (RFC 2253), when the sandbox's authority issued it. */
  readonly clientSubject: () => string | undefined;
  user?: { readonly user: SandboxDatabaseUser; readonly database: string };
  /** The next step of a sign-in that has begun. */
  signIn?: (payload: Buffer) => Promise<Document>;
}

export type Handler = (connection: NodeConnection, command: Document, database: string) => Document | Promise<Document>;

export function failure(code: number, codeName: string, errmsg: string): Document {
  return { ok: 0, errmsg, code, codeName };
}
