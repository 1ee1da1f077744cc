import { problemOf, ProblemError, type ProblemOf } from './problem';

/** Some elements of a list are not what Atlas promises: how many in `count`, the first few of them as evidence. */
export type Incomplete = ProblemOf<'ATLAS_LIST_INCOMPLETE'>;

/** What can be read of a list, and why that is not all of it. */
export interface Readable<T> {
  readonly items: readonly T[];
  readonly problem?: Incomplete;
}

/**
 * What a list is rejected with when only some of its elements can be read. A rejection, so that whoever acts on what a
 * list does not have stops unless they thought of it: what is missing may be just what could not be read. Whoever
 * only shows takes the rest through {@link readable}.
 */
export class PartlyReadError extends ProblemError {
  constructor(
    problem: Incomplete,
    readonly items: readonly unknown[],
  ) {
    super(problem);
  }
}

/** What can be read of a list. Rejects as the list does where it is not even one. */
export async function readable<T>(list: Promise<readonly T[]>): Promise<Readable<T>> {
  try {
    return { items: await list };
  } catch (error) {
    const reason = problemOf(error);
    // By its shape: each bundle has its own copy of the class.
    if (reason === undefined || !isIncomplete(reason) || !isPartlyRead(error)) throw error;
    return { items: error.items as readonly T[], problem: reason };
  }
}

function isPartlyRead(error: unknown): error is Pick<PartlyReadError, 'items'> {
  return error instanceof Error && 'items' in error && Array.isArray(error.items);
}

export function isIncomplete<P extends { readonly code: string }>(reason: P): reason is P & Incomplete {
  return reason.code === 'ATLAS_LIST_INCOMPLETE';
}

/** Several lists, or pages of one, as one. */
export function joinReadable<T>(parts: readonly Readable<T>[]): Readable<T> {
  const problems = parts.flatMap(({ problem: reason }) => (reason === undefined ? [] : [reason]));
  const [first] = problems;
  const count = problems.reduce((sum, { parameters }) => sum + Number(parameters.count), 0);
  return {
    items: parts.flatMap(({ items }) => items),
    ...(first === undefined
      ? {}
      : { problem: { ...first, parameters: { ...first.parameters, count: String(count) } } }),
  };
}
