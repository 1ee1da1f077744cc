import { PartlyReadError, type Readable } from '../core/partly-read';
import { problem, problemOf } from '../core/problem';
import { isObject } from './mapping/fields';
import { printable } from './reply';

/** Elements that the evidence names: a list may have thousands, all wrong in the same way. */
const mostNamed = 3;

/** Maps each element. Those that `map` finds unreadable (`ATLAS_REPLY_UNREADABLE`) are left out and counted. */
export function readElements<T>(values: readonly unknown[], map: (value: unknown) => T, subject: string): Readable<T> {
  const items: T[] = [];
  const named: string[] = [];
  let field = '';
  for (const [index, value] of values.entries()) {
    try {
      items.push(map(value));
    } catch (error) {
      const reason = problemOf(error);
      if (reason?.code !== 'ATLAS_REPLY_UNREADABLE') throw error;
      if (field === '') field = reason.parameters.field ?? '';
      if (named.length < mostNamed) named.push(`${nameOf(value, index)}: ${reason.parameters.field ?? 'no object'}`);
    }
  }
  const count = values.length - items.length;
  if (count === 0) return { items };
  const parameters = { count: String(count), ...(field === '' ? {} : { field }) };
  const evidence = [...named, ...(count > named.length ? ['…'] : [])].join('; ');
  return { items, problem: problem('ATLAS_LIST_INCOMPLETE', subject, parameters, { evidence }) };
}

/** An element by whatever it is called that can be read, else by its place in the answer. */
function nameOf(value: unknown, index: number): string {
  const names = isObject(value) ? [value.name, value.id, value._id, value.username, value.endpointId] : [];
  const name = names.find((one) => typeof one === 'string' && one !== '');
  return typeof name === 'string' ? printable(name, 60) : `#${String(index + 1)}`;
}

/** The list where it could be read whole; throws a {@link PartlyReadError} with what could be read where not. */
export function wholeList<T>({ items, problem: reason }: Readable<T>): readonly T[] {
  if (reason !== undefined) throw new PartlyReadError(reason, items);
  return items;
}
