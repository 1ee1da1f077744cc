import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../src/core/clock';

/** A request as the server saw it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (request: Seen, response: ServerResponse, number: number) => unknown;

/** A server on loopback that answers by `answer`, and remembers what it was asked. */
export async function startServer(answer: Answer) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      seen.push(one);
      answer(one, response, seen.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/vnd.atlas.2023-01-01+json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}

/**
 * A clock whose waits end at once, in order, and are remembered; limits on attempts stay pending until `expire`.
 * Waits of exactly `limit` are taken for such limits.
 */
export function createFakeClock(limit = 30_000) {
  let now = Date.UTC(2026, 0, 1);
  const waits: number[] = [];
  const limits = new Set<() => void>();
  const clock: Clock = {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      if (ms === limit) {
        limits.add(callback);
        return () => limits.delete(callback);
      }
      waits.push(ms);
      now += ms;
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
  };
  return {
    clock,
    waits,
    limits,
    advance: (ms: number) => (now += ms),
    expire: () => [...limits].forEach((callback) => callback()),
  };
}
