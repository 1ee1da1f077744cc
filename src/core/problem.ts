import type { AtlasProblemCode } from './problem-codes/atlas';
import type { AvailabilityProblemCode } from './problem-codes/availability';
import type { CloudProblemCode } from './problem-codes/cloud';
import type { DiagnosticProblemCode } from './problem-codes/diagnostics';
import type { StringProblemCode } from './problem-codes/connection-string';
import type { EditorProblemCode } from './problem-codes/editor';
import type { SetupProblemCode } from './problem-codes/setup';

/** Every stable code that a {@link Problem} may carry. One list per room; `src/messages` has a text for each. */
export type ProblemCode =
  | AtlasProblemCode
  | AvailabilityProblemCode
  | CloudProblemCode
  | StringProblemCode
  | DiagnosticProblemCode
  | EditorProblemCode
  | SetupProblemCode;

/**
 * Something that went wrong or stands in the way, as a value.
 *
 * It holds no sentence: `src/messages` turns code and parameters into words. It never holds a secret:
 * whoever builds one passes parameters that are fit to be shown, logged and pasted into a ticket.
 */
export interface Problem {
  readonly code: ProblemCode;
  /** What it is about, in the person's own terms: a host and port, a cluster name, a project name. */
  readonly subject: string;
  /** Values for the text of the code, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The evidence as it was received (an Atlas `errorCode`, a system error), redacted, for "details". */
  readonly evidence?: string;
  /** What lies behind this problem, when that is a problem of its own. */
  readonly cause?: Problem;
}

/** A problem of a room whose codes are `C`. */
export type ProblemOf<C extends ProblemCode> = Problem & { readonly code: C };

/** Builds a {@link Problem}; leaves absent what was not given. */
export function problem<C extends ProblemCode>(
  code: C,
  subject: string,
  parameters: Readonly<Record<string, string>> = {},
  more: { readonly evidence?: string | undefined; readonly cause?: Problem | undefined } = {},
): ProblemOf<C> {
  return {
    code,
    subject,
    parameters,
    ...(more.evidence === undefined ? {} : { evidence: more.evidence }),
    ...(more.cause === undefined ? {} : { cause: more.cause }),
  };
}

/** Carries a {@link Problem} through code that throws. Its message is the code and subject, never a secret. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.subject}`);
    this.name = 'ProblemError';
  }
}

/** The outcome of something that may fail for a reason worth telling. */
export type Result<T, P extends Problem = Problem> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: P };

export function ok<T>(value: T): Result<T, never> {
  return { ok: true, value };
}

export function failed<P extends Problem>(reason: P): Result<never, P> {
  return { ok: false, problem: reason };
}

/** True for the rejection that an aborted `AbortSignal` causes: a wish of the person, no failure. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'Canceled');
}

/**
 * The {@link Problem} that a caught error carries, or undefined. Looks at the shape, not the class: the lazily loaded
 * bundles each have their own copy of {@link ProblemError}.
 */
export function problemOf(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('problem' in error)) return undefined;
  const carried = error.problem as Partial<Problem> | undefined;
  return typeof carried?.code === 'string' ? (carried as Problem) : undefined;
}
