import { isProvider, type Provider } from '../../core/provider';
import { unreadable } from '../reply';
import type { WireTypes } from '../wire-types';

export type Schemas = WireTypes['schemas'];

/** Names of the fields that a described schema has; over several schemas, that any of them has. */
type FieldOf<S extends keyof Schemas> = S extends unknown ? keyof NonNullable<Schemas[S]> & string : never;

/**
 * Reads one object of an answer. A field that must be there and is not, or is of another type, makes the whole answer
 * unreadable (`ATLAS_REPLY_UNREADABLE` with the field's name); one that may be absent is absent when it is `null`, an
 * empty text, or of another type. Fields that are not asked for are passed over.
 */
export interface Fields<F extends string> {
  text(name: F): string;
  /** The text, or `otherwise` when there is none. */
  textOr(name: F, otherwise: string): string;
  optionalText(name: F): string | undefined;
  /** `{ key: text }`, or nothing to spread. */
  maybe<K extends string>(key: K, name: F): Partial<Record<K, string>>;
  flag(name: F): boolean;
  count(name: F): number | undefined;
  /** The texts of a list; empty when absent. */
  texts(name: F): readonly string[];
  /** The elements of a list; empty when absent. */
  list(name: F): readonly unknown[];
  /** One inner value, unread. */
  inner(name: F): unknown;
  provider(name: F): Provider | undefined;
}

/** A reader for one object; `subject` is what an unreadable answer is about. */
export function fieldsOf<S extends keyof Schemas>(value: unknown, subject: string): Fields<FieldOf<S>> {
  if (!isObject(value)) throw unreadable(subject, 'shape');
  const optionalText = (name: string): string | undefined => {
    const found = own(value, name);
    return typeof found === 'string' && found !== '' ? found : undefined;
  };
  const list = (name: string): readonly unknown[] => {
    const found = own(value, name);
    if (found === undefined || found === null) return [];
    if (!Array.isArray(found)) throw unreadable(subject, 'shape', { field: name });
    return found as readonly unknown[];
  };
  return {
    text: (name) => {
      const found = optionalText(name);
      if (found === undefined) throw unreadable(subject, 'shape', { field: name });
      return found;
    },
    textOr: (name, otherwise) => optionalText(name) ?? otherwise,
    optionalText,
    maybe: <K extends string>(key: K, name: string): Partial<Record<K, string>> => {
      const found = optionalText(name);
      return found === undefined ? {} : ({ [key]: found } as Partial<Record<K, string>>);
    },
    flag: (name) => own(value, name) === true,
    count: (name) => {
      const found = own(value, name);
      return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
    },
    texts: (name) => list(name).filter((one): one is string => typeof one === 'string'),
    list,
    inner: (name) => own(value, name),
    provider: (name) => {
      const found = own(value, name);
      return isProvider(found) ? found : undefined;
    },
  };
}

/** As {@link fieldsOf}, for an inner object that may be absent: then a reader of nothing. */
export function innerFieldsOf<S extends keyof Schemas>(value: unknown, subject: string): Fields<FieldOf<S>> {
  return fieldsOf<S>(isObject(value) ? value : {}, subject);
}

/** Maps the elements that are objects; others are passed over. */
export function mapObjects<T>(values: readonly unknown[], map: (value: unknown) => T | undefined): readonly T[] {
  return values.filter(isObject).flatMap((value) => {
    const mapped = map(value);
    return mapped === undefined ? [] : [mapped];
  });
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(value: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
