import { createHash, randomBytes } from 'node:crypto';
import { judge } from './unauthorized';
import { discard, withHeader, type AtlasRequest, type Authorize } from './send';

/** What a server asks for (RFC 7616 section 3.3, RFC 2617 section 3.2.1). */
interface Challenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  readonly algorithm: 'MD5' | 'SHA-256';
  /** As the server wrote the algorithm, to be echoed; absent when it named none. */
  readonly algorithmName?: string;
  readonly session: boolean;
  readonly qop: boolean;
}

/**
 * Signs in with an API key by HTTP digest: the public key is the user name, the private key the password. A nonce is
 * used until the server wants another one, with a rising count, so only the first request costs a second round trip;
 * requests that start while that is under way wait for it.
 */
export function apiKeySignIn(key: {
  readonly publicKey: string;
  readonly privateKey: string;
  /** The client's own nonce; tests fix it. */
  readonly clientNonce?: () => string;
}): Authorize {
  const clientNonce = key.clientNonce ?? (() => randomBytes(16).toString('hex'));
  let challenge: Challenge | undefined;
  let count = 0;
  let first: Promise<void> | undefined;

  const signed = (request: AtlasRequest, current: Challenge): AtlasRequest => {
    count += 1;
    const header = digestHeader(key, current, request, { count, clientNonce: clientNonce() });
    return withHeader(request, 'authorization', header);
  };

  const attempt: Authorize = async (request, send) => {
    const used = challenge;
    const sent = await send(used === undefined ? request : signed(request, used));
    if (sent.status !== 401) return sent;
    const { response, refused } = await judge(sent, request.url.host);
    // Before the first challenge every code is only about a request that is not signed in.
    if (used !== undefined && refused !== 'sign-in') return response;
    const offered = parseChallenge(response.headers.get('www-authenticate') ?? '');
    if (offered === undefined) return response;
    // With a nonce that served before, a refusal may only mean that it ended, whether or not `stale` says so.
    if (challenge === used) {
      challenge = offered;
      count = 0;
    }
    await discard(response);
    const again = await judge(await send(signed(request, challenge ?? offered)), request.url.host);
    if (again.refused === 'sign-in') challenge = undefined;
    return again.response;
  };

  const authorize: Authorize = async (request, send) => {
    while (challenge === undefined && first !== undefined) {
      await waitFor(first, request.signal);
    }
    if (challenge !== undefined) return attempt(request, send);
    const own = attempt(request, send);
    const settled = own.then(
      () => undefined,
      () => undefined,
    );
    first = settled;
    try {
      return await own;
    } finally {
      first = undefined;
    }
  };
  return Object.assign(authorize, { method: 'apiKey' } as const);
}

/** The `Authorization` header for a request (RFC 7616 section 3.4). */
export function digestHeader(
  key: { readonly publicKey: string; readonly privateKey: string },
  challenge: Challenge,
  request: { readonly method: string; readonly url: URL },
  use: { readonly count: number; readonly clientNonce: string },
): string {
  const hash = (text: string): string =>
    createHash(challenge.algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text, 'utf8')
      .digest('hex');
  const uri = `${request.url.pathname}${request.url.search}`;
  const nonceCount = use.count.toString(16).padStart(8, '0');
  const secret = hash(`${key.publicKey}:${challenge.realm}:${key.privateKey}`);
  const ha1 = challenge.session ? hash(`${secret}:${challenge.nonce}:${use.clientNonce}`) : secret;
  const ha2 = hash(`${request.method}:${uri}`);
  const response = challenge.qop
    ? hash([ha1, challenge.nonce, nonceCount, use.clientNonce, 'auth', ha2].join(':'))
    : hash([ha1, challenge.nonce, ha2].join(':'));
  return [
    `Digest username=${quote(key.publicKey)}`,
    `realm=${quote(challenge.realm)}`,
    `nonce=${quote(challenge.nonce)}`,
    `uri=${quote(uri)}`,
    `response="${response}"`,
    ...(challenge.algorithmName === undefined ? [] : [`algorithm=${challenge.algorithmName}`]),
    ...(challenge.opaque === undefined ? [] : [`opaque=${quote(challenge.opaque)}`]),
    ...(challenge.qop ? ['qop=auth', `nc=${nonceCount}`] : []),
    ...(challenge.qop || challenge.session ? [`cnonce="${use.clientNonce}"`] : []),
  ].join(', ');
}

/**
 * The digest challenge in a `WWW-Authenticate` header that can be answered, SHA-256 before MD5; undefined when there
 * is none. Several challenges may stand in one header, separated by commas as their parameters are.
 */
export function parseChallenge(header: string): Challenge | undefined {
  const challenges = header
    .split(/(?:^|,)\s*Digest\s+/iu)
    .slice(1)
    .map(readChallenge)
    .filter((challenge) => challenge !== undefined);
  return challenges.find((challenge) => challenge.algorithm === 'SHA-256') ?? challenges[0];
}

function readChallenge(text: string): Challenge | undefined {
  const values = new Map<string, string>();
  for (const match of text.matchAll(/([a-z0-9_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/giu)) {
    const name = (match[1] ?? '').toLowerCase();
    if (!values.has(name)) values.set(name, match[2]?.replaceAll(/\\(.)/gu, '$1') ?? match[3] ?? '');
  }
  const nonce = values.get('nonce');
  const realm = values.get('realm');
  const algorithmName = values.get('algorithm');
  const [, algorithm, session] = /^(MD5|SHA-256)(-sess)?$/iu.exec(algorithmName ?? 'MD5') ?? [];
  if (nonce === undefined || realm === undefined || algorithm === undefined) return undefined;
  const qop = values.get('qop');
  const offersAuth = qop?.split(',').some((one) => one.trim().toLowerCase() === 'auth') ?? false;
  if (qop !== undefined && !offersAuth) return undefined;
  const opaque = values.get('opaque');
  return {
    realm,
    nonce,
    ...(opaque === undefined ? {} : { opaque }),
    algorithm: algorithm.toUpperCase() as Challenge['algorithm'],
    ...(algorithmName === undefined ? {} : { algorithmName }),
    session: session !== undefined,
    qop: offersAuth,
  };
}

function quote(text: string): string {
  return `"${text.replaceAll(/[\\"]/gu, String.raw`\$&`)}"`;
}

/** Resolves with the promise; rejects as soon as the signal is aborted. */
export async function waitFor<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    promise
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort))
      .catch(() => undefined);
  });
}
