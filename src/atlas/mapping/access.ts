import type {
  AccessListEntry,
  DatabaseProcess,
  DatabaseUser,
  NewDatabaseUser,
  PeeringConnection,
} from '../../core/access';
import { fieldsOf, mapObjects, type Schemas } from './fields';

/** `CloudDatabaseUser` → core. */
export function toDatabaseUser(value: unknown, subject: string): DatabaseUser {
  const from = fieldsOf<'CloudDatabaseUser'>(value, subject);
  return {
    username: from.text('username'),
    authDatabase: from.textOr('databaseName', 'admin'),
    roles: mapObjects(from.list('roles'), (one) => {
      const role = fieldsOf<'DatabaseUserRole'>(one, subject);
      const name = role.optionalText('roleName');
      if (name === undefined) return undefined;
      return { role: name, database: role.textOr('databaseName', ''), ...role.maybe('collection', 'collectionName') };
    }),
    scopes: mapObjects(from.list('scopes'), (one) => fieldsOf<'UserScope'>(one, subject).optionalText('name')),
    ...from.maybe('deleteAfter', 'deleteAfterDate'),
  };
}

/** A new user as Atlas wants it; scopes are clusters. */
export function fromNewDatabaseUser(projectId: string, user: NewDatabaseUser): Schemas['CloudDatabaseUser'] {
  return {
    groupId: projectId,
    databaseName: user.authDatabase,
    username: user.username,
    password: user.password,
    roles: user.roles.map(({ role, database, collection }) => ({
      roleName: role,
      databaseName: database,
      ...(collection === undefined ? {} : { collectionName: collection }),
    })),
    ...(user.scopes.length === 0 ? {} : { scopes: user.scopes.map((name) => ({ name, type: 'CLUSTER' })) }),
    ...(user.deleteAfter === undefined ? {} : { deleteAfterDate: user.deleteAfter }),
  };
}

/** `NetworkPermissionEntry` → core; the block where Atlas gives address and block of one host. */
export function toAccessListEntry(value: unknown, subject: string): AccessListEntry {
  const from = fieldsOf<'NetworkPermissionEntry'>(value, subject);
  const entry = from.optionalText('awsSecurityGroup') ?? from.optionalText('cidrBlock') ?? from.text('ipAddress');
  return { entry, ...from.maybe('comment', 'comment'), ...from.maybe('deleteAfter', 'deleteAfterDate') };
}

/** An entry as Atlas wants it: what kind it is shows in its form. */
export function fromAccessListEntry(entry: AccessListEntry): Schemas['NetworkPermissionEntry'] {
  const place = /^(?:\d+\/)?sg-/u.test(entry.entry)
    ? { awsSecurityGroup: entry.entry }
    : entry.entry.includes('/')
      ? { cidrBlock: entry.entry }
      : { ipAddress: entry.entry };
  return {
    ...place,
    ...(entry.comment === undefined ? {} : { comment: entry.comment }),
    ...(entry.deleteAfter === undefined ? {} : { deleteAfterDate: entry.deleteAfter }),
  };
}

/** A peering connection of any provider → core: AWS says `statusName`, the others `status`. */
export function toPeeringConnection(value: unknown, subject: string): PeeringConnection {
  const from = fieldsOf<'AwsNetworkPeeringConnectionSettings' | 'AzureNetworkPeeringConnectionSettings'>(
    value,
    subject,
  );
  return {
    id: from.text('id'),
    ...from.maybe('provider', 'providerName'),
    status: from.textOr('statusName', from.textOr('status', '')),
  };
}

/** A network container of any provider → core. */
export function toNetworkContainer(value: unknown, subject: string) {
  const from = fieldsOf<'AWSCloudProviderContainer'>(value, subject);
  return { id: from.text('id'), ...from.maybe('provider', 'providerName'), provisioned: from.flag('provisioned') };
}

/** `ApiHostView_Atlas` → core. */
export function toDatabaseProcess(value: unknown, subject: string): DatabaseProcess {
  const from = fieldsOf<'ApiHostView_Atlas'>(value, subject);
  return {
    hostname: from.text('hostname'),
    port: from.count('port') ?? 27017,
    type: from.textOr('typeName', ''),
    ...from.maybe('clusterAlias', 'userAlias'),
  };
}

/** `CloudProviderRegions` → the names of its regions over all instance sizes, each once, in Atlas's order. */
export function toRegionNames(values: readonly unknown[], subject: string): readonly string[] {
  const names = mapObjects(values, (one) => fieldsOf<'CloudProviderRegions'>(one, subject).list('instanceSizes'))
    .flat()
    .flatMap((size) =>
      mapObjects([size], (one) =>
        fieldsOf<'ClusterCloudProviderInstanceSize'>(one, subject).list('availableRegions'),
      ).flat(),
    );
  return [
    ...new Set(mapObjects(names, (one) => fieldsOf<'AvailableCloudProviderRegion'>(one, subject).optionalText('name'))),
  ];
}
