import type { AtlasApi } from '../core/atlas-api';
import { delay, type Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import { readable } from '../core/partly-read';
import { isCancellation, problem, problemOf, ProblemError, type ProblemCode } from '../core/problem';

/** What every step of a set-up works with. */
export interface SetupPorts {
  readonly api: AtlasApi;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Failures that leave open whether the request was done: its answer was lost, or says that somebody else was faster.
 * Everything else is a refusal.
 */
const open: ReadonlySet<ProblemCode> = new Set([
  'ATLAS_TIMEOUT',
  'ATLAS_UNREACHABLE',
  'ATLAS_SERVER_ERROR',
  'ATLAS_REPLY_UNREADABLE',
  'ATLAS_CONFLICT',
]);

/**
 * Does something at most once: `act` only where `look` finds nothing, and where the answer of `act` left open what
 * became of it, `look` decides. So a step that was cut off anywhere can simply be done again. Rejects with what `act`
 * rejected with when there is still nothing.
 */
export async function lookFirst<T>(look: () => Promise<T | undefined>, act: () => Promise<T>): Promise<T> {
  const before = await look();
  if (before !== undefined) return before;
  try {
    return await act();
  } catch (error) {
    if (isCancellation(error)) throw error;
    const code = problemOf(error)?.code;
    if (code === undefined || !open.has(code)) throw error;
    const after = await look();
    if (after === undefined) throw error;
    return after;
  }
}

/** Waits between tries while Atlas says that another operation is going on; milliseconds, two minutes in all. */
const patience = [5_000, 10_000, 15_000, 30_000, 60_000] as const;

/**
 * Does `act` again for a while when Atlas is still at work on another request ("idempotent operation going on"). The
 * client has tried some times by then, within seconds.
 */
export async function withPatience<T>(
  { clock, logger }: SetupPorts,
  act: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  for (const wait of patience) {
    try {
      return await act();
    } catch (error) {
      if (!isBusy(error)) throw error;
      logger.info(`Set-up: Atlas is busy with another operation; again in ${wait / 1000} s`);
    }
    await delay(clock, wait, signal);
  }
  return await act();
}

function isBusy(error: unknown): boolean {
  const found = problemOf(error);
  if (found?.code !== 'ATLAS_CONFLICT') return false;
  const { errorCode = '', detail = '' } = found.parameters;
  return /idempotent[_ ]operation/iu.test(`${errorCode} ${detail}`);
}

/** First and longest wait between two looks, and how long in all; milliseconds. Terraform's client waits up to 2 h. */
const pace = { first: 2_000, longest: 30_000, factor: 1.5, atMost: 2 * 3_600_000 } as const;

/**
 * Looks again and again, less and less often, until `look` tells that it is over: `done` resolves with its value,
 * `moving` goes on. Failures of the network do not end it, refusals and problems of `look` do. Rejects with
 * `SETUP_STILL_MOVING` after two hours.
 */
export async function waitUntil<T>(
  { clock, logger }: SetupPorts,
  look: () => Promise<{ readonly done: T } | { readonly moving: string }>,
  subject: string,
  signal?: AbortSignal,
): Promise<T> {
  const end = clock.monotonic() + pace.atMost;
  let wait: number = pace.first;
  let status = '';
  for (;;) {
    try {
      const seen = await look();
      if ('done' in seen) return seen.done;
      if (seen.moving !== status) wait = pace.first;
      status = seen.moving;
    } catch (error) {
      if (!isPassing(error)) throw error;
      logger.info(`Set-up: ${problemOf(error)?.code ?? 'failed'} while waiting for ${subject}`);
    }
    if (clock.monotonic() + wait > end) {
      const minutes = String(Math.round(pace.atMost / 60_000));
      throw new ProblemError(problem('SETUP_STILL_MOVING', subject, { minutes, status }));
    }
    await delay(clock, wait, signal);
    wait = Math.min(pace.longest, wait * pace.factor);
  }
}

const passing: ReadonlySet<ProblemCode> = new Set([
  'ATLAS_TIMEOUT',
  'ATLAS_UNREACHABLE',
  'ATLAS_SERVER_ERROR',
  'ATLAS_RATE_LIMITED',
]);

function isPassing(error: unknown): boolean {
  const code = problemOf(error)?.code;
  return code !== undefined && passing.has(code);
}

/**
 * The first element of a list that is wanted. Where some elements could not be read and it is none of the others, it may
 * be one of those: `ask` for that one decides, where there is such a question; else this rejects with
 * `ATLAS_LIST_INCOMPLETE`, so that nothing is created a second time or called gone.
 */
export async function findIn<T>(
  list: Promise<readonly T[]>,
  isWanted: (one: T) => boolean,
  ask?: () => Promise<T>,
): Promise<T | undefined> {
  const { items, problem: reason } = await readable(list);
  const found = items.find(isWanted);
  if (found !== undefined || reason === undefined) return found;
  if (ask === undefined) throw new ProblemError(reason);
  return await orUndefined(ask);
}

/**
 * Whether an endpoint has the wanted comment already. Rejects with `SETUP_CHANGED` where it is neither that nor the one
 * that the person has seen: somebody else's would be lost. No comment and an empty one are the same.
 */
export function isCommented(now: string | undefined, shown: string, wanted: string, id: string): boolean {
  const comment = now ?? '';
  if (comment !== wanted && comment !== shown) {
    throw new ProblemError(problem('SETUP_CHANGED', id, { now: comment }));
  }
  return comment === wanted;
}

/** What `ask` answers, or undefined when Atlas says that there is no such thing. */
export async function orUndefined<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (problemOf(error)?.code === 'ATLAS_NOT_FOUND') return undefined;
    throw error;
  }
}
