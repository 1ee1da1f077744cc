import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { World } from '../world/world';
import { faults, listFaults } from '../faults';

export interface SandboxControl {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * The control interface: `GET /faults` lists the failures, `POST /faults {fault, on, subject?}` switches one. Every
 * request carries the control token as bearer.
 */
export async function startControl(world: World): Promise<SandboxControl> {
  const server = createServer((request, response) => {
    respond(world, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function isAuthorized(world: World, header = ''): boolean {
  const expected = Buffer.from(`Bearer ${world.credentials.controlToken}`);
  const given = Buffer.from(header);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

async function respond(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const send = (status: number, body: unknown): void => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('utf8');
    if (text.length > 10_000) {
      send(413, { error: 'The body is too large.' });
      return;
    }
  }
  if (!isAuthorized(world, request.headers.authorization)) {
    send(401, { error: 'Send the control token: Authorization: Bearer <controlToken>.' });
  } else if (request.url !== '/faults') {
    send(404, { error: 'There is only /faults.' });
  } else if (request.method === 'GET') {
    send(200, listFaults(world));
  } else if (request.method === 'POST') {
    const complaint = switchFault(world, text);
    if (complaint === undefined) send(200, listFaults(world));
    else send(400, { error: complaint });
  } else send(405, { error: 'Use GET or POST.' });
}

/** Does what the body says, or tells what is wrong with it. */
function switchFault(world: World, text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return 'The body is no JSON. Send {"fault": "…", "on": true, "subject": "…"}.';
  }
  const {
    fault,
    on,
    subject = '*',
  } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof fault !== 'string' || !Object.hasOwn(faults, fault)) {
    return `There is no fault "${String(fault)}". GET /faults lists them.`;
  }
  if (typeof on !== 'boolean') return '"on" must be true or false.';
  if (typeof subject !== 'string') return '"subject" must be a string, or be left out for everything.';
  world.faults.set(fault, on, subject);
  return undefined;
}
