import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Something that can be seen of a request on its way: it leaves, or it was carried out and its answer leaves. */
export interface Moment {
  /** `POST /privateEndpoint/endpointService` at Atlas, without the project; `ec2:CreateVpcEndpoint` at AWS. */
  readonly request: string;
  readonly side: 'leaves' | 'done';
}

/** Requests that change something, by their names; a sign-in does not. */
export const writing = /^(?:(?:POST|PUT|PATCH|DELETE) (?!\/api\/oauth)|ec2:(?!Describe)(?!.*dry run))/u;

/** The one way of a window to Atlas and to AWS. */
export interface Wire {
  /** Of both. */
  readonly url: string;
  /** Ends every connection and takes no further one: what was not answered is never answered. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * Passes on what a window asks. At each moment `passes` decides whether it goes on, which may take it a while; if not, the
 * wire is cut there.
 */
export async function startWire(
  targets: { readonly atlas: string; readonly aws: string },
  passes: (moment: Moment) => boolean | Promise<boolean>,
): Promise<Wire> {
  const agent = new Agent({ keepAlive: true });
  const sockets = new Set<Socket>();
  let cutOff = false;
  const isCut = (): boolean => cutOff;
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    if (isCut()) socket.destroy();
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = (): void => {
    cutOff = true;
    for (const socket of sockets) socket.destroy();
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const name = nameOf(request, body);
    if (isCut()) return;
    if (!(await passes({ request: name, side: 'leaves' }))) {
      cut();
      return;
    }
    const target = request.url?.startsWith('/api/') === true ? targets.atlas : targets.aws;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const { method, url: path, headers } = request;
      // The headers as they are: AWS's signature is over the host, too.
      send(target, { method, path, headers, agent }, resolve).once('error', reject).end(body);
    });
    const text = await readAll(answer);
    if (isCut()) return;
    if (!(await passes({ request: name, side: 'done' }))) {
      cut();
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    response.end(text);
  }

  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    cut,
    close: async () => {
      cut();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function nameOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: Buffer): string {
  if (url.startsWith('/api/')) {
    const path = new URL(url, 'http://127.0.0.1').pathname.replace(/^\/api\/atlas\/v2(?:\/groups\/[0-9a-f]{24})?/u, '');
    return `${method} ${path}`;
  }
  const form = new URLSearchParams(body.toString());
  const service = /\/(ec2|sts)\/aws4_request/u.exec(headers.authorization ?? '')?.[1] ?? 'aws';
  return `${service}:${form.get('Action') ?? ''}${form.get('DryRun') === 'true' ? ' (dry run)' : ''}`;
}
