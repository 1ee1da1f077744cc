/** A database user (operation `listGroupDatabaseUsers`). Atlas never answers with a password. */
export interface DatabaseUser {
  readonly username: string;
  /** `admin`, or `$external` for X.509, AWS IAM, LDAP and OIDC. */
  readonly authDatabase: string;
  readonly roles: readonly { readonly role: string; readonly database: string; readonly collection?: string }[];
  /** Clusters it is limited to; empty means all. */
  readonly scopes: readonly string[];
  readonly deleteAfter?: string;
}

/** What creates a database user. `password` goes to Atlas and nowhere else. */
export interface NewDatabaseUser extends Omit<DatabaseUser, 'deleteAfter'> {
  readonly password: string;
  /** ISO 8601; Atlas removes the user then. */
  readonly deleteAfter?: string;
}

/** An entry of the IP access list, for the public strings only: private endpoints do not need one (seed). */
export interface AccessListEntry {
  readonly entry: string;
  readonly comment?: string;
  readonly deleteAfter?: string;
}

/** A network peering connection, as far as it tells which strings are usable. */
export interface PeeringConnection {
  readonly id: string;
  readonly provider?: string;
  readonly status: string;
}

/** One process (mongod, mongos, config server) of a project (operation `listGroupProcesses`). */
export interface DatabaseProcess {
  readonly hostname: string;
  readonly port: number;
  readonly type: string;
  readonly clusterAlias?: string;
}
