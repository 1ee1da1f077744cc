import type { AwsRegion } from '../../world/world';
import type { ActionContext, AwsAction } from '../action';
import type { Query } from '../query';
import { structuresOf, valuesOf } from '../query';
import { AwsRefusal, missing } from '../refusal';
import type { Xml } from '../xml';
import type { Tags } from './filters';
import { listing, usualPaging } from './listing';
import { endpointNotFound, groupNotFound, notFound } from './lookup';

interface Kind {
  readonly prefix: string;
  readonly name: string;
  readonly of: (region: AwsRegion) => ReadonlyMap<string, { readonly id: string; readonly tags: Map<string, string> }>;
  readonly notFound: (id: string) => AwsRefusal;
}

/** What can carry tags in the sandbox. */
const kinds: readonly Kind[] = [
  { prefix: 'vpc-', name: 'vpc', of: (region) => region.vpcs, notFound: (id) => notFound('vpc', id) },
  { prefix: 'subnet-', name: 'subnet', of: (region) => region.subnets, notFound: (id) => notFound('subnet', id) },
  {
    prefix: 'sg-',
    name: 'security-group',
    of: (region) => region.securityGroups,
    notFound: (id) => groupNotFound(id),
  },
  { prefix: 'vpce-', name: 'vpc-endpoint', of: (region) => region.vpcEndpoints, notFound: endpointNotFound },
];

export function tagSet(tags: Tags): Xml {
  return [...tags].map(([key, value]) => ({ key, value }));
}

/** The tags of `TagSpecification.N` for a kind of resource. Other kinds are refused. */
export function readTagSpecification(query: Query, kind: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const specification of structuresOf(query, 'TagSpecification')) {
    const type = specification.get('ResourceType');
    if (type !== kind) {
      throw new AwsRefusal(
        'InvalidParameterValue',
        `'${type ?? ''}' is not a valid taggable resource type for this operation.`,
      );
    }
    for (const [key, value] of readTags(specification)) tags.set(key, value ?? '');
  }
  checkCount(tags.size);
  return tags;
}

/** Needed beside the permission to create, where tags are given on creation. */
export function taggingPermission(query: Query): readonly string[] {
  return structuresOf(query, 'TagSpecification').length > 0 ? ['CreateTags'] : [];
}

const mostTags = 50;

function checkCount(count: number): void {
  if (count > mostTags) {
    throw new AwsRefusal('TagLimitExceeded', `Tag limit exceeded: at most ${mostTags} tags on a resource`);
  }
}

function readTags(query: Query): [string, string | undefined][] {
  return structuresOf(query, 'Tag').map((tag) => {
    const key = tag.get('Key');
    const value = tag.get('Value');
    if (key === undefined || key === '') throw missing('Tag.Key');
    if (key.length > 128 || (value ?? '').length > 256) {
      throw new AwsRefusal('InvalidParameterValue', `Tag key or value exceeds the maximum length: '${key}'`);
    }
    if (key.startsWith('aws:')) {
      throw new AwsRefusal(
        'InvalidParameterValue',
        `Value ( ${key} ) for parameter key is invalid. Tag keys starting with 'aws:' are reserved for internal use`,
      );
    }
    return [key, value];
  });
}

function targets({ region, query }: ActionContext): Map<string, string>[] {
  const ids = valuesOf(query, 'ResourceId');
  if (ids.length === 0) throw missing('ResourceIdSet');
  return ids.map((id) => {
    const kind = kinds.find(({ prefix }) => id.startsWith(prefix));
    if (kind === undefined) throw new AwsRefusal('InvalidID', `The ID '${id}' is not valid`);
    const found = kind.of(region).get(id);
    if (found === undefined) throw kind.notFound(id);
    return found.tags;
  });
}

interface Described {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

export const tagActions: readonly AwsAction[] = [
  {
    name: 'CreateTags',
    parameters: ['ResourceId', 'Tag'],
    prepare: (context) => {
      const tags = readTags(context.query);
      if (tags.length === 0) throw missing('Tag');
      const resources = targets(context);
      for (const resource of resources) checkCount(new Set([...resource.keys(), ...tags.map(([key]) => key)]).size);
      return () => {
        for (const resource of resources) for (const [key, value] of tags) resource.set(key, value ?? '');
        return { return: true };
      };
    },
  },
  {
    name: 'DeleteTags',
    parameters: ['ResourceId', 'Tag'],
    prepare: (context) => {
      const tags = readTags(context.query);
      const resources = targets(context);
      return () => {
        for (const resource of resources) {
          // Without tags all go; with a value only tags that have it.
          if (tags.length === 0) resource.clear();
          for (const [key, value] of tags) {
            if (value === undefined || resource.get(key) === value) resource.delete(key);
          }
        }
        return { return: true };
      };
    },
  },
  listing<Described>({
    action: 'DescribeTags',
    set: 'tagSet',
    *items({ region }) {
      for (const { name, of } of kinds) {
        for (const { id, tags } of of(region).values()) {
          for (const [key, value] of tags) yield { resourceId: id, resourceType: name, key, value };
        }
      }
    },
    key: ({ resourceId, key }) => `${resourceId} ${key}`,
    filters: () => ({
      key: ({ key }) => [key],
      value: ({ value }) => [value],
      'resource-id': ({ resourceId }) => [resourceId],
      'resource-type': ({ resourceType }) => [resourceType],
    }),
    view: (tag) => ({ ...tag }),
    paging: usualPaging,
  }),
];
