import { problem, ProblemError } from '../../core/problem';
import type { AwsRequestContext } from './aws-problem';
import { toAwsError } from './aws-problem';

/** What is passed to the SDK's `send`. */
export interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

type Context = Omit<AwsRequestContext, 'region' | 'profile'>;

/** Asks for the page that a token leads to, the first without one. */
type PageRequest<T> = (
  nextToken: string | undefined,
  options: SendOptions,
) => Promise<{ readonly items: readonly T[]; readonly next?: string | undefined }>;

/** Asks AWS something; rejects with an `AWS_…` problem, or with the signal's reason. */
export interface Ask {
  <T>(context: Context, signal: AbortSignal | undefined, request: (options: SendOptions) => Promise<T>): Promise<T>;
  /** Page after page to the end. */
  pages<T>(context: Context, signal: AbortSignal | undefined, request: PageRequest<T>): Promise<readonly T[]>;
}

/** A list that goes on after this many pages is not one of AWS's: the largest quotas fill a few. */
const maximumPages = 200;

/** One way for all calls: what fails is put in our terms, and the signal ends also what the SDK does before sending. */
export function createAsk(place: Pick<AwsRequestContext, 'region' | 'profile'>): Ask {
  const once = async <T>(
    context: Context,
    signal: AbortSignal | undefined,
    request: (options: SendOptions) => Promise<T>,
  ): Promise<T> => {
    signal?.throwIfAborted();
    try {
      return await abortable(request(signal === undefined ? {} : { abortSignal: signal }), signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw toAwsError(error, { ...context, ...place });
    }
  };
  const pages = async <T>(
    context: Context,
    signal: AbortSignal | undefined,
    request: PageRequest<T>,
  ): Promise<readonly T[]> => {
    const items: T[] = [];
    let token: string | undefined;
    for (let page = 0; page < maximumPages; page += 1) {
      const { items: more, next } = await once(context, signal, (options) => request(token, options));
      items.push(...more);
      if (next === undefined || next === '' || next === token) return items;
      token = next;
    }
    throw new ProblemError(problem('AWS_REPLY_UNREADABLE', context.subject));
  };
  return Object.assign(once, { pages });
}

/** Credentials are resolved before a request is sent, and that hears of no signal. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
