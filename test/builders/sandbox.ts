import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../src/core/clock';
import type { SandboxAtlas } from '../../src/sandbox/atlas/server';
import { startAtlas } from '../../src/sandbox/atlas/server';
import type { WorldOptions } from '../../src/sandbox/world/create-world';
import { createWorld } from '../../src/sandbox/world/create-world';
import type { SandboxProject, World } from '../../src/sandbox/world/world';

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
  /** How many callbacks wait for their time. */
  pending(): number;
}

export function fakeClock(start = Date.UTC(2026, 0, 5)): FakeClock {
  let now = start;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      const entry = { at: now + ms, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((item) => item !== entry);
      };
    },
    pending: () => waiting.length,
    advance: (ms) => {
      now += ms;
      const due = waiting.filter(({ at }) => at <= now);
      waiting = waiting.filter(({ at }) => at > now);
      for (const { callback } of due) callback();
    },
  };
}

/** The properties of Atlas's answers that tests look into; which of them are there depends on the operation. */
export interface AnswerFields {
  readonly id: string;
  readonly _id: string;
  readonly name: string;
  readonly username: string;
  readonly cidrBlock: string;
  readonly endpointId: string;
  readonly status: string;
  readonly stateName: string;
  readonly connectionStatus: string;
  readonly endpointServiceName: string | null;
  readonly errorMessage: string | null;
  readonly interfaceEndpoints?: readonly string[];
  readonly privateEndpoints?: readonly string[];
  readonly endpointGroupNames?: readonly string[];
  readonly connectionStrings: {
    readonly privateEndpoint?: readonly {
      readonly type: string;
      readonly srvConnectionString: string;
      readonly srvShardOptimizedConnectionString?: string;
    }[];
  };
  readonly error: number;
  readonly errorCode: string;
  readonly results: readonly AnswerFields[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly totalCount?: number;
}

export type Answer = AnswerFields & readonly AnswerFields[];

/** What came back, read to its end. */
export interface Reply {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly headers: Headers;
  readonly body: string;
  /** The body as JSON; undefined when it is none. */
  readonly json: Answer;
}

export interface AtlasUnderTest {
  readonly world: World;
  readonly atlas: SandboxAtlas;
  /** Calls below `/api/atlas/v2` with a bearer token, in the newest version unless told otherwise. */
  call(
    method: string,
    path: string,
    options?: { body?: unknown; accept?: string; authorization?: string },
  ): Promise<Reply>;
  project(name: string): SandboxProject;
  close(): Promise<void>;
}

/** The sandbox's Atlas alone, in this process. */
export async function startAtlasUnderTest(options: WorldOptions = {}): Promise<AtlasUnderTest> {
  const world = createWorld(options);
  const atlas = await startAtlas(world);
  let token: string | undefined;
  return {
    world,
    atlas,
    close: () => atlas.close(),
    project: (name) => {
      const found = [...world.atlas.projects.values()].find((item) => item.name === name);
      if (found === undefined) throw new Error(`there is no project ${name}`);
      return found;
    },
    call: async (method, path, { body, accept = 'application/vnd.atlas.2025-03-12+json', authorization } = {}) => {
      token ??= await fetchToken(atlas.baseUrl, world);
      const full = `/api/atlas/v2${path}`;
      const response = await fetch(`${atlas.baseUrl}${full}`, {
        method,
        headers: {
          Accept: accept,
          Authorization: authorization ?? `Bearer ${token}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/vnd.atlas.2023-01-01+json' }),
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return readReply(method, full, response);
    },
  };
}

export async function readReply(method: string, path: string, response: Response): Promise<Reply> {
  const body = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = undefined;
  }
  const contentType = response.headers.get('content-type') ?? undefined;
  return { method, path, status: response.status, contentType, headers: response.headers, body, json: json as Answer };
}

export async function fetchToken(baseUrl: string, world: World): Promise<string> {
  const { clientId, clientSecret } = world.credentials;
  const response = await fetch(`${baseUrl}/api/oauth/token`, {
    method: 'POST',
    headers: {
      Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'Content-Type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token } = (await response.json()) as { access_token: string };
  return access_token;
}

/** The Authorization header that answers a digest challenge (RFC 7616). */
export function answerDigest(
  challenge: string,
  method: string,
  uri: string,
  user: string,
  password: string,
  count = 1,
): string {
  const value = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
  const cnonce = randomBytes(8).toString('hex');
  const nc = count.toString(16).padStart(8, '0');
  const ha1 = md5(`${user}:${value('realm')}:${password}`);
  const response = md5([ha1, value('nonce'), nc, cnonce, 'auth', md5(`${method}:${uri}`)].join(':'));
  const fields = `username="${user}", realm="${value('realm')}", nonce="${value('nonce')}", uri="${uri}"`;
  return `Digest ${fields}, qop=auth, nc=${nc}, cnonce="${cnonce}", response="${response}", algorithm=MD5`;
}
