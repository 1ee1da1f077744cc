import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { systemClock, type Clock } from '../../../src/core/clock';
import { dial, type DialResult } from '../../../src/diagnostics/network/dialer';
import { failEndlessReads, writeInSegments } from '../../segments';

const greeting = 3;
const signIn = 5;
const connectTo = 10;
const bound: readonly number[] = [0, 0, 0, 0, 0, 0];

/** What a proxy reads, and what it answers to it. */
type Turn = readonly [bytesRead: number, answer: readonly number[]];

describe('the conversation with a SOCKS5 proxy that answers byte by byte', () => {
  let server: Server;
  let sockets: Socket[];
  let stopWatching: () => void;
  let timeIsUp: () => void;
  /** The limit of the dialing is over when the proxy has said all that it will ever say. */
  const clock: Clock = {
    ...systemClock,
    after(_, callback) {
      timeIsUp = callback;
      return () => undefined;
    },
  };

  beforeEach(() => {
    stopWatching = failEndlessReads();
    sockets = [];
  });
  afterEach(async () => {
    stopWatching();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Dials through a proxy that takes its turns and afterwards ends, or is silent until nobody waits any more. */
  async function dialThrough(
    turns: readonly Turn[],
    more: { username?: string; ends?: boolean } = {},
  ): Promise<DialResult> {
    server = createServer((client) => {
      sockets.push(client);
      client.on('error', () => client.destroy());
      void serve(client, turns, more.ends === true);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const user = more.username === undefined ? {} : { username: more.username, password: 'p' };
    const result = await dial('10.0.20.54', 1024, {
      proxy: { host: '127.0.0.1', port, ...user },
      ...{ clock, timeoutMs: 500, signal: new AbortController().signal },
    });
    if ('socket' in result) sockets.push(result.socket);
    return result;
  }

  async function serve(client: Socket, turns: readonly Turn[], ends: boolean): Promise<void> {
    const bytes = client[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
    let had = 0;
    for (const [needed, answer] of turns) {
      while (had < needed) {
        const { value } = await bytes.next();
        if (value === undefined) return;
        had += value.length;
      }
      had -= needed;
      await writeInSegments(client, answer);
    }
    if (ends) client.end();
    else timeIsUp();
  }

  const agreed: Turn = [greeting, [5, 0]];

  for (const [title, address] of [
    ['an IPv4 address', [1, ...bound]],
    ['an IPv6 address', [4, ...Array<number>(16).fill(0), 0, 0]],
    ['a name', [3, 2, 0x61, 0x62, 0, 0]],
  ] as const) {
    it(`connects, whatever the proxy has bound (${title}), and loses nothing of what follows`, async () => {
      const result = await dialThrough([agreed, [connectTo, [5, 0, 0, ...address, 0x68, 0x69]]]);
      assert.ok('socket' in result, JSON.stringify(result));
      let received = '';
      while (received.length < 2) received += String((await once(result.socket, 'data'))[0]);
      assert.equal(received, 'hi');
    });
  }

  it('signs in', async () => {
    const turns: Turn[] = [
      [greeting + 1, [5, 2]],
      [signIn, [1, 0]],
      [connectTo, [5, 0, 0, 1, ...bound]],
    ];
    const result = await dialThrough(turns, { username: 'u' });
    assert.ok('socket' in result, JSON.stringify(result));
  });

  const broken: readonly [title: string, turns: readonly Turn[], ends: boolean, failure: string][] = [
    ['nothing', [[greeting, []]], false, 'proxy-silent'],
    ['half a greeting', [[greeting, [5]]], false, 'proxy-silent'],
    ['half a greeting and its end', [[greeting, [5]]], true, 'proxy-failure'],
    ['a greeting', [agreed], false, 'timeout'],
    ['half a reply', [agreed, [connectTo, [5, 0]]], false, 'timeout'],
    ['half a reply and its end', [agreed, [connectTo, [5, 0]]], true, 'proxy-failure'],
    ['a reply without the bound address', [agreed, [connectTo, [5, 0, 0, 1, 0]]], false, 'timeout'],
    ['a refusal', [agreed, [connectTo, [5, 5, 0, 1, ...bound]]], false, 'refused'],
    ['another protocol', [[greeting, [...Buffer.from('HTTP/1.1 400 Bad Request\r\n')]]], true, 'proxy-not-socks'],
  ];
  for (const [title, turns, ends, failure] of broken) {
    it(`ends in time when the proxy sends ${title}`, async () => {
      const result = await dialThrough(turns, { ends });
      assert.equal('failure' in result ? result.failure : 'connected', failure);
    });
  }
});
