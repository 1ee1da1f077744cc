import { once } from 'node:events';
import { Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** More often than this nobody reads from a socket before the event loop has gone round once. */
const mostReadsInATurn = 200;

/**
 * Sends every byte in a segment of its own: writes that nobody waits between reach the other side as one piece, and those
 * before the connection stands even in one packet. After each the event loop goes round, so that a reader in this process
 * has seen it.
 */
export async function writeInSegments(socket: Socket, bytes: Uint8Array | readonly number[]): Promise<void> {
  if (socket.connecting) await once(socket, 'connect');
  socket.setNoDelay();
  for (const byte of bytes) {
    if (!socket.writable) return;
    socket.write(Buffer.from([byte]));
    await nextTurn();
    await nextTurn();
  }
}

/**
 * Until the returned function is called, a reader that asks a socket again and again without letting the event loop go
 * round gets an error, as no test could fail, nor time out, beside it.
 */
export function failEndlessReads(): () => void {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its socket below
  const { read } = Socket.prototype;
  let reads = 0;
  Socket.prototype.read = function (this: Socket, size?: number): unknown {
    if (reads === 0) setImmediate(() => (reads = 0));
    reads += 1;
    if (reads > mostReadsInATurn) throw new Error(`${String(reads)} reads, and the event loop has not gone round once`);
    return read.call(this, size);
  };
  return () => {
    Socket.prototype.read = read;
  };
}
