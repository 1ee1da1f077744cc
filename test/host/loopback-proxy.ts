import { once } from 'node:events';
import { createServer, request as sendOn } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An address of this machine at which nothing listens: what answers there has come through the proxy. */
export const beyondProxy = '127.0.0.2';

/** An HTTP proxy on the loopback interface, for tunnels and for plain requests. */
export interface LoopbackProxy {
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  /** Where it was asked to lead to, `host:port`, in order. */
  readonly asked: readonly string[];
  /** Whether it wants a sign-in of its own. */
  refuses: boolean;
  close(): Promise<void>;
}

/** Starts a proxy that leads from {@link beyondProxy} to the same port of 127.0.0.1, and nowhere else. */
export async function startProxy(): Promise<LoopbackProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  };
  const state = { refuses: false };
  const signInWanted = { 'Proxy-Authenticate': 'Basic realm="Sandbox"' };
  const server = createServer((request, response) => {
    const target = new URL(request.url ?? '/', 'http://nowhere.invalid');
    asked.push(target.host);
    if (state.refuses) response.writeHead(407, signInWanted).end('The proxy wants a sign-in.');
    else if (target.hostname !== beyondProxy) response.writeHead(502).end();
    else {
      const { method, headers } = request;
      const path = `${target.pathname}${target.search}`;
      const onward = sendOn({ host: '127.0.0.1', port: target.port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    }
  });
  server.on('connect', (request, socket: Socket, head: Buffer) => {
    const [host = '', port = ''] = (request.url ?? '').split(':');
    asked.push(`${host}:${port}`);
    if (state.refuses || host !== beyondProxy) {
      const status = state.refuses
        ? `407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="Sandbox"`
        : '502 Bad Gateway';
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    keep(onward);
    onward.once('close', () => socket.destroy());
    socket.once('close', () => onward.destroy());
  });
  server.on('connection', keep);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    asked,
    get refuses() {
      return state.refuses;
    },
    set refuses(wanted) {
      state.refuses = wanted;
      // Tunnels that are there already would go on.
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
