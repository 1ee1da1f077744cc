import type { AssignedRole, Organization, Project } from '../../core/project';
import { fieldsOf, innerFieldsOf, mapObjects } from './fields';

/** `AtlasOrganization` → core; one without a name goes by its id, as the others are wanted all the same. */
export function toOrganization(value: unknown, subject: string): Organization {
  const from = fieldsOf<'AtlasOrganization'>(value, subject);
  const id = from.text('id');
  return { id, name: from.textOr('name', id) };
}

/** `Group` → core; one without a name goes by its id, as the others are wanted all the same. */
export function toProject(value: unknown, subject: string): Project {
  const from = fieldsOf<'Group'>(value, subject);
  const id = from.text('id');
  return {
    id,
    name: from.textOr('name', id),
    organizationId: from.text('orgId'),
    clusterCount: from.count('clusterCount') ?? 0,
  };
}

/** The roles in `SystemStatus`; a service account has no API key there and shows none. */
export function toRoles(value: unknown, subject: string): readonly AssignedRole[] {
  const key = innerFieldsOf<'ApiKey'>(fieldsOf<'SystemStatus'>(value, subject).inner('apiKey'), subject);
  return mapObjects(key.list('roles'), (role) => {
    const from = fieldsOf<'CloudAccessRoleAssignment'>(role, subject);
    const [name, projectId, organizationId] = [
      from.optionalText('roleName'),
      from.optionalText('groupId'),
      from.optionalText('orgId'),
    ];
    return name === undefined
      ? undefined
      : {
          name,
          ...(projectId === undefined ? {} : { projectId }),
          ...(organizationId === undefined ? {} : { organizationId }),
        };
  });
}

/** `OrgGroup` → names of its clusters. */
export function toClusterNames(value: unknown, subject: string) {
  const from = fieldsOf<'OrgGroup'>(value, subject);
  return {
    projectId: from.text('groupId'),
    projectName: from.textOr('groupName', ''),
    clusters: mapObjects(from.list('clusters'), (cluster) => {
      const inner = fieldsOf<'CloudCluster'>(cluster, subject);
      return { id: inner.textOr('clusterId', ''), name: inner.text('name'), type: inner.textOr('type', '') };
    }),
  };
}
