import { connect, type Socket } from 'node:net';
import type { Clock } from '../../core/clock';
import { deadline } from '../deadline';
import type { FailureKind } from '../../core/hop';
import { socksConnect, type SocksProxy, type SocksReply } from './socks5';

export type DialResult =
  | { readonly socket: Socket }
  | { readonly failure: FailureKind; /** The system's or the proxy's own code. */ readonly code?: string };

export interface Dialing {
  readonly proxy?: SocksProxy;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * Opens a TCP connection to an address (or, through a proxy, a name) and port. Never rejects. The socket that it
 * resolves with has an error listener and is the caller's to destroy; after a failure nothing is open.
 */
export async function dial(host: string, port: number, dialing: Dialing): Promise<DialResult> {
  const { proxy, clock, timeoutMs, signal } = dialing;
  const limit = deadline(clock, timeoutMs, signal);
  try {
    const first = await open(proxy?.host ?? host, proxy?.port ?? port, limit.signal);
    if (!('socket' in first)) {
      if (proxy === undefined) return first;
      return { failure: 'proxy-unreachable', code: first.code ?? first.failure };
    }
    if (proxy === undefined) return first;
    const { socket } = first;
    const onAbort = (): void => {
      socket.destroy();
    };
    limit.signal.addEventListener('abort', onAbort, { once: true });
    const reply = limit.signal.aborted ? 'closed' : await socksConnect(socket, proxy, { host, port });
    limit.signal.removeEventListener('abort', onAbort);
    if (reply === 0) return { socket };
    socket.destroy();
    if (!limit.signal.aborted) return failureOfReply(reply);
    // Only who has agreed to connect can be waiting for the target.
    if (reply === 'no-greeting') return { failure: 'proxy-silent', code: `SOCKS ${reply}` };
    return reply === 'sign-in' ? { failure: 'proxy-failure', code: 'SOCKS sign-in timeout' } : { failure: 'timeout' };
  } finally {
    limit.clear();
  }
}

function open(host: string, port: number, signal: AbortSignal): Promise<DialResult> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ failure: 'timeout' });
      return;
    }
    const socket = connect({ host, port, noDelay: true });
    const end = (result: DialResult): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('connect', onConnect);
      if (!('socket' in result)) socket.destroy();
      resolve(result);
    };
    const onAbort = (): void => end({ failure: 'timeout' });
    const onConnect = (): void => end({ socket });
    // Stays for the socket's whole life: an error after this must not end the process.
    socket.on('error', (error) => end(failureOfError(error)));
    socket.once('connect', onConnect);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** What a system error of a socket means. */
export function failureOfError(error: Error): { readonly failure: FailureKind; readonly code: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  switch (code) {
    case 'ECONNREFUSED':
      return { failure: 'refused', code };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return { failure: 'unreachable', code };
    case 'ETIMEDOUT':
      return { failure: 'timeout', code };
    case 'ECONNRESET':
    case 'EPIPE':
      return { failure: 'reset', code };
    default:
      return { failure: 'network-error', code };
  }
}

/** Reply codes of RFC 1928, section 6. */
function failureOfReply(reply: SocksReply): { readonly failure: FailureKind; readonly code: string } {
  if (typeof reply === 'object') return { failure: 'proxy-not-socks', code: reply.answer };
  const code = `SOCKS ${reply}`;
  switch (reply) {
    case 2:
      return { failure: 'proxy-not-allowed', code };
    case 3:
      return { failure: 'unreachable', code };
    case 4:
      return { failure: 'proxy-name-unknown', code };
    case 5:
      return { failure: 'refused', code };
    case 6:
      return { failure: 'timeout', code };
    case 'no-method':
    case 'sign-in':
      return { failure: 'proxy-sign-in', code };
    default:
      return { failure: 'proxy-failure', code };
  }
}
