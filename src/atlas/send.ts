/** A request before it is signed in. */
export interface AtlasRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Sends one request and answers with whatever came back; rejects when nothing did. */
export type Send = (request: AtlasRequest) => Promise<Response>;

/** How an account signs in, for the words about it. */
export type SignInMethod = 'apiKey' | 'serviceAccount';

/**
 * Signs requests in: adds what is needed to `request`, passes it to `send`, and may send again when the answer says
 * how. Kept for as long as an account is, so that nonces and tokens serve more than one request.
 */
export interface Authorize {
  (request: AtlasRequest, send: Send): Promise<Response>;
  readonly method?: SignInMethod;
}

/** The part of the global `fetch` that is used; in the editor the one that follows its proxy settings. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Requests without sign-in. */
export const anonymous: Authorize = (request, send) => send(request);

/** The request with one more header. */
export function withHeader(request: AtlasRequest, name: string, value: string): AtlasRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

/** Frees the connection of an answer whose body nobody wants. */
export async function discard(response: Response): Promise<void> {
  try {
    await response.body?.cancel();
  } catch {
    // The connection is gone already.
  }
}

/** Sends by `fetch`; redirects come back as they are, so that credentials never follow one unseen. */
export function sendBy(fetch: Fetch): Send {
  return (request) =>
    fetch(request.url.href, {
      method: request.method,
      headers: { ...request.headers },
      redirect: 'manual',
      signal: request.signal,
      ...(request.body === undefined ? {} : { body: request.body }),
    });
}
