import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { World } from '../world/world';
import type { AwsReply } from './dispatch';
import { dispatch, skew, writeRefusal } from './dispatch';
import type { AwsFault } from './faults';
import { awsFaultOn } from './faults';
import { parseQuery } from './query';
import type { Query } from './query';
import { AwsRefusal } from './refusal';
import { claimedRegion, claimedService } from './signature';

const bodyLimit = 1_000_000;
const slowness = 3000;

/** Starts EC2 and STS of a world on one random port of the loopback interface; the signature tells them apart. */
export async function startAws(world: World): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(world, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) throw new AwsRefusal('RequestEntityTooLarge', 'The request is too large.', 413);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The form of a POST, or the query string of a GET: the Query protocol takes both. */
function queryOf(request: IncomingMessage, body: string): Query {
  if (request.method === 'GET') return parseQuery(request.url?.split('?')[1] ?? '');
  if (
    request.method !== 'POST' ||
    request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') !== true
  ) {
    throw new AwsRefusal('MalformedQueryString', 'Send a form by POST, or a query string by GET.');
  }
  return parseQuery(body);
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const service = claimedService(request.headers);
  let subjects: readonly string[] = [];
  const on = (fault: AwsFault, ...more: readonly string[]): boolean => awsFaultOn(world, fault, ...subjects, ...more);
  let reply: AwsReply;
  try {
    const body = await readBody(request);
    const query = queryOf(request, body);
    subjects = subjectsOf(service, request, query);
    if (await misbehave(world, response, on)) return;
    const { method = 'GET', url: target = '/', headers } = request;
    reply = dispatch(world, { method, target, headers, body, query }, on);
    if (on('aws-answer-lost')) {
      response.socket?.resetAndDestroy();
      return;
    }
  } catch (error) {
    const refusal =
      error instanceof AwsRefusal ? error : new AwsRefusal('InternalError', 'An error inside the sandbox.', 500);
    reply = writeRefusal(service, refusal);
  }
  write(response, reply, on);
}

/** What faults may be limited to: the action, the region, and everything that the request names. */
function subjectsOf(service: string, request: IncomingMessage, query: Query): readonly string[] {
  const action = query.get('Action') ?? '';
  return [action, `${service}:${action}`, claimedRegion(request.headers), ...query.values()];
}

/** Faults that keep a request from being looked at; true when it has been dealt with. */
async function misbehave(world: World, response: ServerResponse, on: (fault: AwsFault) => boolean): Promise<boolean> {
  if (on('aws-silent')) return true;
  if (on('aws-slow')) await new Promise<void>((resolve) => void world.clock.after(slowness, resolve));
  if (!on('aws-html')) return false;
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<!doctype html><html><title>Sandbox proxy</title><body>Please sign in to the network.</body></html>');
  return true;
}

function write(response: ServerResponse, { status, body }: AwsReply, on: (fault: AwsFault) => boolean): void {
  response.writeHead(status, {
    'Content-Type': 'text/xml;charset=UTF-8',
    'Content-Length': String(Buffer.byteLength(body)),
    Date: new Date(Date.now() + (on('aws-clock-skew') ? skew : 0)).toUTCString(),
  });
  if (!on('aws-truncated')) {
    response.end(body);
    return;
  }
  response.write(body.slice(0, Math.floor(body.length / 2)), () => {
    response.destroy();
  });
}
