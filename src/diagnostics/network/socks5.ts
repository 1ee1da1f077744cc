import type { Socket } from 'node:net';
import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A SOCKS5 proxy as its URL says: `socks5://[user:password@]host[:port]`. */
export interface SocksProxy {
  readonly host: string;
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
}

/** Reads the URL of a proxy. Undefined when it is none. */
export function readSocksUrl(url: string): SocksProxy | undefined {
  try {
    const { protocol, hostname, port, username, password } = new URL(url);
    if (!/^socks5h?:$/.test(protocol) || hostname === '') return undefined;
    const proxy = { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 1080 : Number(port) };
    if (username === '') return proxy;
    return { ...proxy, username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    return undefined;
  }
}

/**
 * What the proxy answered to CONNECT: 0 is success (RFC 1928, section 6); or where the conversation broke. `no-greeting`:
 * it ended before the proxy had said anything.
 */
export type SocksReply = number | 'no-greeting' | 'no-method' | 'sign-in' | 'protocol' | 'closed' | NotSocks;

/** The greeting was answered by somebody who does not speak SOCKS5. */
export interface NotSocks {
  /** The beginning of the answer: its first line where it is text, else bytes in hexadecimal. */
  readonly answer: string;
}

/**
 * Asks the proxy at the other end of `socket` to connect to a host and port (RFC 1928, RFC 1929). Resolves with its
 * reply; after 0 the socket leads to the target and nothing that came over it is lost. Never rejects: a socket that
 * ends or is destroyed meanwhile is `closed`.
 */
export async function socksConnect(
  socket: Socket,
  { username, password }: SocksProxy,
  target: { readonly host: string; readonly port: number },
): Promise<SocksReply> {
  const methods = username === undefined ? [0] : [0, 2];
  socket.write(Buffer.from([5, methods.length, ...methods]));
  const chosen = await readExactly(socket, 2);
  if (chosen === undefined) return 'no-greeting';
  if (chosen[0] !== 5) return { answer: beginningOf(chosen, socket) };
  if (chosen[1] === 2 && username !== undefined) {
    const user = Buffer.from(username);
    const secret = Buffer.from(password ?? '');
    if (user.length > 255 || secret.length > 255) return 'sign-in';
    socket.write(Buffer.concat([Buffer.from([1, user.length]), user, Buffer.from([secret.length]), secret]));
    const answer = await readExactly(socket, 2);
    if (answer?.[1] !== 0) return 'sign-in';
  } else if (chosen[1] !== 0) {
    return 'no-method';
  }
  socket.write(Buffer.concat([Buffer.from([5, 1, 0]), encodeHost(target.host), portBytes(target.port)]));
  const head = await readExactly(socket, 4);
  if (head === undefined) return 'closed';
  if (head[0] !== 5) return 'protocol';
  const reply = head[1] ?? 1;
  if (reply !== 0) return reply;
  const bound = await skipAddress(socket, head[3] ?? 0);
  return bound ? 0 : 'protocol';
}

/** Bytes of a wrong answer that are told. */
const longestAnswer = 60;

/** What came with the first bytes is told, too; nothing is waited for. */
function beginningOf(first: Buffer, socket: Socket): string {
  const rest = socket.read() as Buffer | null;
  const bytes = Buffer.concat([first, ...(rest === null ? [] : [rest])]).subarray(0, longestAnswer);
  const [line = ''] = bytes.toString('latin1').split(/\r?\n/);
  return /^[\x20-\x7e]+$/.test(line) ? line : bytes.toString('hex');
}

function encodeHost(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from([1, ...ipaddr.parse(host).toByteArray()]);
  if (isIPv6(host)) return Buffer.from([4, ...ipaddr.parse(host).toByteArray()]);
  const name = Buffer.from(host, 'latin1').subarray(0, 255);
  return Buffer.concat([Buffer.from([3, name.length]), name]);
}

function portBytes(port: number): Buffer {
  return Buffer.from([port >> 8, port & 255]);
}

/** The address that the proxy has bound; nobody needs it. */
async function skipAddress(socket: Socket, type: number): Promise<boolean> {
  const length = type === 1 ? 4 : type === 4 ? 16 : type === 3 ? (await readExactly(socket, 1))?.[0] : undefined;
  return length !== undefined && (await readExactly(socket, length + 2)) !== undefined;
}

/**
 * Exactly so many bytes, leaving all further ones in the socket; undefined when it ends before. Takes what is there and
 * waits for more: a socket that holds some bytes, yet fewer than were asked for, announces them again to each new listener,
 * so that asking for all of them at once would go round for ever and let nothing else of the process have its turn.
 */
async function readExactly(socket: Socket, length: number): Promise<Buffer | undefined> {
  let bytes = Buffer.alloc(0);
  for (;;) {
    const more = socket.read() as Buffer | null;
    if (more !== null) bytes = Buffer.concat([bytes, more]);
    if (bytes.length >= length) {
      if (bytes.length > length) socket.unshift(bytes.subarray(length));
      return bytes.subarray(0, length);
    }
    if (socket.readableEnded || socket.destroyed) return undefined;
    await new Promise<void>((resolve) => {
      const events = ['readable', 'end', 'close', 'error'] as const;
      const done = (): void => {
        for (const event of events) socket.off(event, done);
        resolve();
      };
      for (const event of events) socket.on(event, done);
    });
  }
}
