import assert from 'node:assert/strict';
import { apiKeySignIn } from '../../../src/atlas/api-key';
import { createAtlasApi } from '../../../src/atlas/atlas-client';
import type { Fetch } from '../../../src/atlas/send';
import { serviceAccountSignIn } from '../../../src/atlas/service-account';
import type { Logger } from '../../../src/core/logger';
import { describeProblem } from '../../../src/messages/problem-text';
import type { AtlasFault } from '../../../src/sandbox/atlas/faults';
import { createAtlasStore } from '../../../src/store/atlas-store';
import { startAtlasUnderTest } from '../../builders/sandbox';
import { createFakeClock } from '../../unit/atlas/loopback-server';

/** What the client says of each fault; the token endpoint and the API have the same. */
const codes = {
  'atlas-truncated': 'ATLAS_UNREACHABLE',
  'atlas-cut-short': 'ATLAS_REPLY_UNREADABLE',
  'atlas-not-json': 'ATLAS_REPLY_UNREADABLE',
  'atlas-html': 'ATLAS_REPLY_UNREADABLE',
  'atlas-empty': 'ATLAS_REPLY_UNREADABLE',
  'atlas-500': 'ATLAS_SERVER_ERROR',
  'atlas-503': 'ATLAS_SERVER_ERROR',
  'atlas-429': 'ATLAS_RATE_LIMITED',
  'atlas-reset': 'ATLAS_UNREACHABLE',
  'atlas-answer-lost': 'ATLAS_UNREACHABLE',
  'atlas-silent': 'ATLAS_TIMEOUT',
  'token-refused': 'ATLAS_SIGN_IN_REFUSED',
  'token-expired': 'ATLAS_SIGN_IN_REFUSED',
  'atlas-unauthorized': 'ATLAS_SIGN_IN_REFUSED',
  'clock-skew': undefined,
  'atlas-slow': undefined,
} as const satisfies Partial<Record<AtlasFault, string | undefined>>;

const account = 'an-account';
/** With these a token, or the beginning of one, comes over the wire. */
const withToken: ReadonlySet<string> = new Set([
  'atlas-cut-short',
  'atlas-not-json',
  'atlas-truncated',
  'token-expired',
  'atlas-slow',
]);
/** Client secret, private key, and what Basic makes of the secret. */
const known = 3;

/** So much of a secret is never told, wherever it stops. */
const telling = 8;

describe('the secrets of an account, whatever Atlas answers', () => {
  /** Everything that is kept, logged or shown after a look at Atlas with `fault` on; no redactor has seen it. */
  async function traces(kind: 'service-account' | 'api-key', fault: AtlasFault, subject: string) {
    const { clock, expire } = createFakeClock();
    const sandbox = await startAtlasUnderTest({ clock: { ...clock, now: Date.now } });
    const { baseUrl } = sandbox.atlas;
    const { credentials } = sandbox.world;
    const secrets = new Set([
      credentials.clientSecret,
      credentials.privateKey,
      Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString('base64'),
    ]);
    /** Every token, as much of it as comes over the wire. */
    const listen = async ({ body }: Response): Promise<void> => {
      let text = '';
      try {
        for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) text += Buffer.from(chunk).toString();
      } catch {
        // The fault broke it off.
      }
      const token = /"access_token":"([^"]+)/.exec(text)?.[1];
      if (token !== undefined) secrets.add(token);
    };
    const heard: Promise<void>[] = [];
    const fetch: Fetch = async (url, init) => {
      const answer = globalThis.fetch(url, init);
      if (sandbox.world.faults.isOn('atlas-silent', subject)) setImmediate(expire);
      const response = await answer;
      if (url.endsWith('/api/oauth/token')) heard.push(listen(response.clone()));
      return response;
    };
    const { publicKey, privateKey, clientId, clientSecret } = credentials;
    const authorize =
      kind === 'api-key'
        ? apiKeySignIn({ publicKey, privateKey })
        : serviceAccountSignIn({ baseUrl, clientId, clientSecret, fetch, clock: { ...clock, now: Date.now } });
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    const logger: Logger = { debug: log, info: log, warn: log, error: log };
    const api = createAtlasApi({ baseUrl, authorize, fetch, clock: { ...clock, now: Date.now }, logger });
    const store = createAtlasStore({
      apiOf: () => Promise.resolve(api),
      clock: { ...clock, now: Date.now },
      logger,
      storageOf: () => undefined,
    });
    sandbox.world.faults.set(fault, true, subject);
    try {
      await store.refresh(account, { kind: 'directory' });
      const { problem } = store.known(account, { kind: 'directory' });
      await Promise.all(heard);
      const shown = problem === undefined ? '' : JSON.stringify(describeProblem(problem));
      return { code: problem?.code, texts: [...lines, JSON.stringify(problem ?? null), shown], secrets };
    } finally {
      await store.dispose();
      await sandbox.close();
    }
  }

  for (const kind of ['service-account', 'api-key'] as const) {
    for (const [fault, code] of Object.entries(codes) as [keyof typeof codes, string | undefined][]) {
      const isOfToken = fault.startsWith('token-');
      if (isOfToken && kind === 'api-key') continue;
      const isOfSignIn = isOfToken || fault === 'atlas-unauthorized';
      it(`stay out of log, problem and text: ${kind}, ${fault}`, async () => {
        for (const subject of isOfSignIn || kind === 'api-key' ? ['*'] : ['*', 'token']) {
          const found = await traces(kind, fault, subject);
          assert.equal(found.code, code, subject);
          for (const secret of found.secrets) {
            const start = secret.slice(0, telling);
            for (const text of found.texts) assert.ok(!text.includes(start), `${subject}: ${text}`);
          }
          if (kind === 'service-account' && withToken.has(fault))
            assert.ok(found.secrets.size > known, 'no token came');
        }
      });
    }
  }
});
