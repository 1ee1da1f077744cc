import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { World } from '../world/world';
import type { AtlasFault } from './faults';
import { errorBody, Refusal } from './refusal';
import { hasRole, rolesOfOperations } from './roles';
import type { AtlasAnswer, AtlasRoute } from './route';
import { firstVersion } from './route';
import { atlasRoutes } from './routes/routes';
import type { SignIn } from './sign-in';
import { createSignIn } from './sign-in';

export interface SandboxAtlas {
  /** `http://127.0.0.1:…`; the API is below `/api/atlas/v2`. */
  readonly baseUrl: string;
  close(): Promise<void>;
}

export interface AtlasServerOptions {
  /** Milliseconds that every answer takes longer. */
  readonly latency?: number;
}

const bodyLimit = 1_000_000;
const prefix = '/api/atlas/v2';

interface Match {
  readonly route: AtlasRoute;
  readonly path: Readonly<Record<string, string>>;
}

interface Exchange {
  readonly world: World;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  readonly origin: string;
  readonly signIn: SignIn;
  readonly limit: { remaining: number; windowEnds: number };
}

/** Starts the Atlas Administration API of a world on a random port of the loopback interface. */
export async function startAtlas(world: World, options: AtlasServerOptions = {}): Promise<SandboxAtlas> {
  const signIn = createSignIn(world);
  const limit = { remaining: 0, windowEnds: 0 };
  const server = createServer((request, response) => {
    const origin = originOf(server);
    const url = new URL(request.url ?? '/', origin);
    const exchange = { world, request, response, url, origin, signIn, limit };
    pause(world, options.latency ?? 0)
      .then(() => answer(exchange))
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    baseUrl: originOf(server),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function pause(world: World, ms: number): Promise<void> {
  if (ms > 0) await new Promise<void>((resolve) => void world.clock.after(ms, resolve));
}

/** Segments are matched before they are decoded: Azure's endpoint ids hold encoded slashes. */
function findRoute(method: string, pathname: string): Match | 'no-method' | undefined {
  const actual = pathname.slice(prefix.length).split('/');
  let otherMethod = false;
  let found: Match | undefined;
  for (const route of atlasRoutes) {
    const expected = route.template.split('/');
    if (expected.length !== actual.length) continue;
    const path: Record<string, string> = {};
    const fits = expected.every((part, index) => {
      const segment = actual[index] ?? '';
      if (!part.startsWith('{')) return part === segment;
      path[part.slice(1, -1)] = decode(segment);
      return segment !== '';
    });
    if (!fits) continue;
    if (route.method !== method) otherMethod = true;
    // Literal segments go before parameters.
    else if (found === undefined || Object.keys(path).length < Object.keys(found.path).length) found = { route, path };
  }
  return found ?? (otherMethod ? 'no-method' : undefined);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal(400, 'INVALID_PATH', 'The path is not encoded properly.');
  }
}

const mediaType = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/** The newest version of the resource that is not younger than the date asked for. */
function negotiate(route: AtlasRoute, accept: string | undefined): string {
  const versions = route.versions ?? [firstVersion];
  for (const part of (accept ?? '').split(',')) {
    const wanted = mediaType.exec(part.split(';')[0]?.trim() ?? '')?.[1];
    const version = wanted === undefined ? undefined : versions.filter((date) => date <= wanted).at(-1);
    if (version !== undefined) return version;
  }
  throw new Refusal(
    406,
    'INVALID_VERSION_DATE',
    `The Accept header must be application/vnd.atlas.YYYY-MM-DD+json with a version of this resource: ${versions.join(', ')}.`,
    [accept ?? ''],
  );
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new Refusal(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(exchange: Exchange, text: string): unknown {
  if (text === '') return undefined;
  const type = exchange.request.headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (!mediaType.test(type) && type !== 'application/json') {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', `The Content-Type ${type} is not supported.`, [type]);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal(400, 'INVALID_JSON', 'Received JSON is malformed.');
  }
}

function checkRateLimit({ world, limit }: Exchange): void {
  const now = world.clock.now();
  if (now >= limit.windowEnds) {
    limit.windowEnds = now + 60_000;
    limit.remaining = world.atlas.rateLimit;
  }
  if (limit.remaining > 0) {
    limit.remaining -= 1;
    return;
  }
  const seconds = String(Math.max(1, Math.ceil((limit.windowEnds - now) / 1000)));
  throw new Refusal(429, 'RATE_LIMITED', 'Resource is limited by the number of requests a minute.', [], {
    'Retry-After': seconds,
  });
}

/** A role that is missing is answered by 401 (the description's example of that answer), by 403 where a fault says so. */
function checkRole({ world, request }: Exchange, operationId: string, on: (fault: AtlasFault) => boolean): void {
  if (on('atlas-ip-blocked')) {
    throw new Refusal(
      403,
      'IP_ADDRESS_NOT_ON_ACCESS_LIST',
      'IP address 127.0.0.1 is not allowed to access this resource.',
      ['127.0.0.1'],
    );
  }
  const held = [...world.atlas.roles.organization, ...world.atlas.roles.project];
  const wanted = rolesOfOperations[operationId] ?? [];
  const isRevoked = on('atlas-forbidden') || (request.method !== 'GET' && on('atlas-read-only'));
  if (!isRevoked && (wanted.length === 0 || hasRole(held, wanted))) return;
  const status = on('atlas-forbidden-403') ? 403 : 401;
  throw new Refusal(status, 'USER_UNAUTHORIZED', 'Current user is not authorized to perform this action.');
}

async function answer(exchange: Exchange): Promise<void> {
  const { world, request, response, url, signIn } = exchange;
  const method = request.method ?? 'GET';
  let subjects: readonly string[] = [];
  const on = (fault: AtlasFault): boolean =>
    world.faults.isOn(fault) || subjects.some((subject) => world.faults.isOn(fault, subject));
  let version = firstVersion;
  try {
    const text = await readBody(request);
    if (url.pathname === '/api/oauth/token' && method === 'POST') {
      subjects = ['token'];
      if (await misbehave(exchange, on)) return;
      const issued = signIn.issueToken(request.headers.authorization, new URLSearchParams(text));
      response.setHeader('Cache-Control', 'no-store');
      if (on('atlas-answer-lost')) response.socket?.resetAndDestroy();
      else write(exchange, on, issued, 'application/json');
      return;
    }
    if (url.pathname !== prefix && !url.pathname.startsWith(`${prefix}/`)) {
      throw new Refusal(404, 'RESOURCE_NOT_FOUND', `Cannot find resource ${url.pathname}.`, [url.pathname]);
    }
    const match = findRoute(method, url.pathname);
    if (match !== undefined && match !== 'no-method') subjects = subjectsOf(world, match);
    if (await misbehave(exchange, on)) return;
    signIn.check(method, request.url ?? '/', request.headers.authorization);
    if (match === 'no-method') throw new Refusal(405, 'METHOD_NOT_ALLOWED', `${method} is not allowed here.`, [method]);
    if (match === undefined) {
      throw new Refusal(404, 'RESOURCE_NOT_FOUND', `Cannot find resource ${url.pathname}.`, [url.pathname]);
    }
    checkRateLimit(exchange);
    version = negotiate(match.route, request.headers.accept);
    checkRole(exchange, match.route.operationId, on);
    const result = match.route.handle({
      world,
      path: match.path,
      query: url.searchParams,
      origin: exchange.origin,
      pathname: url.pathname,
      version,
      body: parseBody(exchange, text),
    });
    if (on('atlas-answer-lost')) response.socket?.resetAndDestroy();
    else write(exchange, on, result, `application/vnd.atlas.${version}+json;charset=utf-8`);
  } catch (error) {
    if (response.headersSent) throw error;
    const refusal =
      error instanceof Refusal ? error : new Refusal(500, 'UNEXPECTED_ERROR', 'Unexpected error in the sandbox.');
    for (const [name, value] of Object.entries(refusal.headers)) response.setHeader(name, value);
    write(exchange, on, { status: refusal.status, body: errorBody(refusal) }, 'application/json');
  }
}

/** What faults may be limited to: the operation, the project by id and name, and everything the path names. */
function subjectsOf(world: World, { route, path }: Match): readonly string[] {
  const project = world.atlas.projects.get(path.groupId ?? '');
  return [route.operationId, ...Object.values(path), ...(project === undefined ? [] : [project.name])];
}

/** Faults that are a web page, and its status. */
const pages = [
  ['atlas-503', 503],
  ['proxy-401', 401],
  ['atlas-html', 200],
] as const satisfies readonly (readonly [AtlasFault, number])[];

/** Faults that keep a request from being looked at; true when it has been dealt with. */
async function misbehave(exchange: Exchange, on: (fault: AtlasFault) => boolean): Promise<boolean> {
  const { world, response } = exchange;
  if (on('atlas-silent')) return true;
  if (on('atlas-slow')) await pause(world, 3000);
  if (on('atlas-reset')) {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': '1000' });
    response.write('{"results": [');
    await new Promise<void>((resolve) => setImmediate(resolve));
    response.socket?.resetAndDestroy();
    return true;
  }
  const page = pages.find(([fault]) => on(fault))?.[1];
  if (page !== undefined) {
    response.writeHead(page, {
      'Content-Type': 'text/html',
      ...(page === 401 ? { 'WWW-Authenticate': 'Negotiate' } : {}),
    });
    response.end('<!doctype html><html><title>Sandbox proxy</title><body>Please sign in to the network.</body></html>');
    return true;
  }
  if (on('atlas-empty')) {
    response.writeHead(200, { 'Content-Type': `application/vnd.atlas.${firstVersion}+json` }).end();
    return true;
  }
  if (on('atlas-429')) {
    throw new Refusal(429, 'RATE_LIMITED', 'Resource is limited by the number of requests a minute.', [], {
      'Retry-After': '1',
    });
  }
  if (on('atlas-500')) throw new Refusal(500, 'UNEXPECTED_ERROR', 'Unexpected error.');
  return false;
}

/** One of them is in every answer about a registered endpoint, by its cloud. */
const endpointFields = ['interfaceEndpointId', 'privateEndpointResourceId', 'endpointGroupName'];
const lists = new Set(['results', 'content']);

/** Changes the top level and the elements of lists, where statuses and fields of resources stand. */
function distort(value: unknown, on: (fault: AtlasFault) => boolean): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === 0 && on('odd-element') ? null : distort(item, on)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    const isStatus = key === 'status' || key === 'connectionStatus' || key === 'stateName';
    if (lists.has(key)) copy[key] = distort(inner, on);
    else if (on('total-too-low') && key === 'totalCount') copy[key] = Math.floor(Number(inner) / 2.1);
    else if (on('unknown-status') && isStatus) copy[key] = 'SANDBOX_UNHEARD_OF';
    else if (on('endpoint-failed') && isStatus && endpointFields.some((field) => field in value)) copy[key] = 'FAILED';
    else if (on('missing-fields') && 'regionName' in value && key !== 'id' && key !== 'cloudProvider') continue;
    else copy[key] = inner;
  }
  if (on('unknown-field')) copy.sandboxUnheardOf = { nested: [1, 'two', null] };
  return copy;
}

function write(exchange: Exchange, on: (fault: AtlasFault) => boolean, result: AtlasAnswer, type: string): void {
  const { world, response, url, limit } = exchange;
  const ahead = on('clock-skew') ? 600_000 : 0;
  response.setHeader('Date', new Date(Date.now() + ahead).toUTCString());
  response.setHeader('RateLimit-Limit', String(world.atlas.rateLimit));
  response.setHeader('RateLimit-Remaining', String(limit.remaining));
  if (result.body === undefined) {
    response.writeHead(result.status).end();
    return;
  }
  let body: unknown = result.status < 400 ? distort(result.body, on) : result.body;
  const enveloped = url.searchParams.get('envelope') === 'true';
  if (enveloped) {
    body =
      typeof body === 'object' && body !== null && 'results' in body
        ? { ...body, status: result.status }
        : { content: body, status: result.status };
  }
  let text = JSON.stringify(body, undefined, url.searchParams.get('pretty') === 'true' ? 2 : undefined);
  if (on('atlas-not-json')) text = `${text.slice(0, -1)},}`;
  if (on('atlas-cut-short')) text = text.slice(0, Math.floor(text.length / 2));
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', String(Buffer.byteLength(text)));
  response.writeHead(enveloped ? 200 : result.status);
  if (!on('atlas-truncated')) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, Math.floor(text.length / 2)), () => {
    response.destroy();
  });
}
