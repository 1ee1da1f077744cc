import type { Query } from '../query';
import { structuresOf, valuesOf } from '../query';
import { AwsRefusal, missing } from '../refusal';

export type Tags = ReadonlyMap<string, string>;

/** What a filter's values are compared with, by the filter's name. */
export type FilterFields<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

/**
 * The test that the `Filter.N` of a request make up: every filter has to hold, one of its values is enough. Values may
 * hold `*` and `?`, taken literally after a backslash. `tag:<key>` and `tag-key` work where there are tags.
 */
export function readFilters<T>(
  query: Query,
  fields: FilterFields<T>,
  tags: ((item: T) => Tags) | undefined,
): (item: T) => boolean {
  const tests = structuresOf(query, 'Filter').map((filter) => {
    const name = filter.get('Name');
    if (name === undefined) throw missing('Filter.Name');
    const field = fieldOf(name, fields, tags);
    if (field === undefined) throw new AwsRefusal('InvalidParameterValue', `The filter '${name}' is invalid`);
    const patterns = valuesOf(filter, 'Value').map(toPattern);
    return (item: T): boolean => field(item).some((value) => patterns.some((pattern) => pattern.test(value)));
  });
  return (item) => tests.every((test) => test(item));
}

function fieldOf<T>(
  name: string,
  fields: FilterFields<T>,
  tags: ((item: T) => Tags) | undefined,
): ((item: T) => readonly string[]) | undefined {
  if (Object.hasOwn(fields, name)) return fields[name];
  if (tags === undefined) return undefined;
  if (name === 'tag-key') return (item) => [...tags(item).keys()];
  if (!name.startsWith('tag:')) return undefined;
  return (item) => {
    const value = tags(item).get(name.slice('tag:'.length));
    return value === undefined ? [] : [value];
  };
}

function toPattern(value: string): RegExp {
  const source = value.replaceAll(
    /\\([*?\\])|([*?])|[^*?\\]+|\\/g,
    (text: string, literal: string | undefined, wild: string | undefined) => {
      if (wild !== undefined) return wild === '*' ? '.*' : '.';
      return (literal ?? text).replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
    },
  );
  return new RegExp(`^${source}$`, 's');
}
