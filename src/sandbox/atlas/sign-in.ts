import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

import type { World } from '../world/world';
import { Refusal } from './refusal';

/** Checks who is calling: HTTP digest (RFC 7616) for the API key, bearer tokens for the service account. */
export interface SignIn {
  /** Throws a 401 {@link Refusal} with a challenge when the request is not signed in. */
  check(method: string, target: string, authorization: string | undefined): void;
  /** Answers the token endpoint (operation of OAuth 2.0, RFC 6749 section 4.4). */
  issueToken(
    authorization: string | undefined,
    form: URLSearchParams,
  ): { readonly status: number; readonly body: Record<string, unknown> };
}

/** How long a token holds, in seconds (description: an hour). */
export const tokenLifetime = 3600;
const realm = 'MMS Public API';

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function same(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Reads `name=value` and `name="value"` of a Digest header. */
function digestFields(header: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const match of header.matchAll(/(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)) {
    fields.set((match[1] ?? '').toLowerCase(), match[2]?.replaceAll(/\\(.)/g, '$1') ?? match[3] ?? '');
  }
  return fields;
}

export function createSignIn(world: World): SignIn {
  const { credentials, clock } = world;
  const nonces = new Map<string, { readonly until: number; readonly used: Set<string> }>();
  const tokens = new Map<string, number>();

  const unauthorized = (stale: boolean, detail = 'You are not authorized for this resource.'): Refusal => {
    for (const [nonce, { until }] of nonces) if (until <= clock.now()) nonces.delete(nonce);
    const nonce = randomBytes(16).toString('base64url');
    nonces.set(nonce, { until: clock.now() + world.atlas.nonceLifetime, used: new Set() });
    const challenge = `Digest realm="${realm}", domain="", nonce="${nonce}", algorithm=MD5, qop="auth", stale=${stale}`;
    return new Refusal(401, 'UNAUTHORIZED', detail, [], { 'WWW-Authenticate': challenge });
  };

  const checkDigest = (method: string, target: string, header: string): void => {
    const fields = digestFields(header.slice('Digest '.length));
    const field = (name: string): string => fields.get(name) ?? '';
    const known = nonces.get(field('nonce'));
    if (known === undefined || known.until <= clock.now()) throw unauthorized(true);
    if (field('username') !== credentials.publicKey || field('uri') !== target || field('qop') !== 'auth') {
      throw unauthorized(false);
    }
    const ha1 = md5(`${credentials.publicKey}:${realm}:${credentials.privateKey}`);
    const ha2 = md5(`${method}:${target}`);
    const expected = md5([ha1, field('nonce'), field('nc'), field('cnonce'), 'auth', ha2].join(':'));
    if (!/^[0-9a-f]{8}$/i.test(field('nc')) || !same(expected, field('response'))) throw unauthorized(false);
    // A count that comes twice is a repeated message; order does not matter to calls side by side.
    if (known.used.has(field('nc'))) throw unauthorized(true);
    known.used.add(field('nc'));
  };

  return {
    check: (method, target, authorization = '') => {
      if (world.faults.isOn('atlas-unauthorized')) throw unauthorized(false);
      if (/^digest /i.test(authorization)) {
        checkDigest(method, target, authorization);
        return;
      }
      if (/^bearer /i.test(authorization)) {
        const until = tokens.get(authorization.slice('bearer '.length).trim());
        if (until === undefined || until <= clock.now() || world.faults.isOn('token-expired')) {
          throw new Refusal(401, 'UNAUTHORIZED', 'The access token is invalid or has expired.', [], {
            'WWW-Authenticate': 'Bearer error="invalid_token"',
          });
        }
        return;
      }
      throw unauthorized(false);
    },
    issueToken: (authorization = '', form) => {
      const expected = Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64');
      const given = /^basic (.*)$/i.exec(authorization)?.[1] ?? '';
      if (!same(given, expected) || world.faults.isOn('token-refused') || world.faults.isOn('atlas-unauthorized')) {
        return {
          status: 401,
          body: { error: 'invalid_client', error_description: 'Client authentication failed.' },
        };
      }
      if (form.get('grant_type') !== 'client_credentials') {
        return {
          status: 400,
          body: { error: 'unsupported_grant_type', error_description: 'Only client_credentials is supported.' },
        };
      }
      for (const [token, until] of tokens) if (until <= clock.now()) tokens.delete(token);
      const token = randomBytes(32).toString('base64url');
      tokens.set(token, clock.now() + tokenLifetime * 1000);
      return { status: 200, body: { access_token: token, expires_in: tokenLifetime, token_type: 'Bearer' } };
    },
  };
}
