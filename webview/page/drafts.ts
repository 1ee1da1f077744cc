import type { FieldId } from '../protocol';

/** What a field may hold. */
export type FieldValue = string | boolean | readonly string[];

/** A value that was entered here and that the extension has perhaps not answered yet. */
interface Draft {
  readonly value: FieldValue;
  /** When it was sent; undefined while the person is still typing. */
  readonly sentAt: number | undefined;
}

/** How long an entered value is held against states that were made before it arrived; milliseconds. */
export const holdMs = 1500;

/** Entered values by field, over those of the latest state. */
export type Drafts = ReadonlyMap<FieldId, Draft>;

export const noDrafts: Drafts = new Map();

/** With a value that was entered and is to be sent later. */
export function withTyped(drafts: Drafts, field: FieldId, value: FieldValue): Drafts {
  return new Map(drafts).set(field, { value, sentAt: undefined });
}

/** With a value that was sent. */
export function withSent(drafts: Drafts, field: FieldId, value: FieldValue, now: number): Drafts {
  return new Map(drafts).set(field, { value, sentAt: now });
}

/** The value to show: what was entered here, else what the state says. */
export function shown<T extends FieldValue>(drafts: Drafts, field: FieldId, fromState: T): T {
  const draft = drafts.get(field);
  return draft !== undefined && typeof draft.value === typeof fromState ? (draft.value as T) : fromState;
}

/** The fields that were typed into and not sent. */
export function unsent(drafts: Drafts): readonly (readonly [field: FieldId, value: FieldValue])[] {
  return [...drafts].flatMap(([field, { value, sentAt }]) => (sentAt === undefined ? [[field, value] as const] : []));
}

/**
 * What is left of the drafts when a state has come with these values: a draft goes when the state says the same, when
 * the state has had the time to, or when there is no such field any more. What is being typed stays.
 */
export function settle(
  drafts: Drafts,
  values: ReadonlyMap<FieldId, FieldValue>,
  focused: string | undefined,
  now: number,
): Drafts {
  const left = [...drafts].filter(([field, { value, sentAt }]) => {
    const stated = values.get(field);
    if (stated === undefined || same(stated, value)) return false;
    if (sentAt === undefined) return true;
    // Under the cursor, text is not replaced by another spelling of it.
    return (typeof value === 'string' && field === focused) || now - sentAt < holdMs;
  });
  return left.length === drafts.size ? drafts : new Map(left);
}

function same(one: FieldValue, other: FieldValue): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  return one.length === other.length && one.every((item) => other.includes(item));
}
