import type { Socket } from 'node:net';
import { deserialize, serialize, type Document } from 'bson';
import type { Clock } from '../../core/clock';
import { deadline } from '../deadline';
import type { FailureKind } from '../../core/hop';

const opMsg = 2013;
const headerLength = 16;
/** A hello is some hundred bytes, and some ten thousand with fifty hosts. */
const largestReply = 1024 * 1024;

export type CommandResult = { readonly reply: Document } | { readonly failure: FailureKind; readonly code?: string };

/**
 * Sends one command as OP_MSG and reads its reply (MongoDB wire protocol). Never rejects; leaves the socket open. It is
 * for the commands before sign-in only: everything else is the driver's.
 */
export async function runCommand(
  socket: Socket,
  command: Document,
  options: { readonly clock: Clock; readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<CommandResult> {
  const limit = deadline(options.clock, options.timeoutMs, options.signal);
  try {
    return await exchange(socket, encode(command), limit.signal);
  } finally {
    limit.clear();
  }
}

function encode(command: Document): Buffer {
  const document = serialize(command);
  const head = Buffer.alloc(headerLength + 5);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(opMsg, 12);
  return Buffer.concat([head, document]);
}

function exchange(socket: Socket, message: Buffer, signal: AbortSignal): Promise<CommandResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let received = 0;
    const end = (result: CommandResult): void => {
      signal.removeEventListener('abort', onAbort);
      socket.off('data', onData);
      socket.off('error', onError);
      socket.off('close', onClose);
      resolve(result);
    };
    const onAbort = (): void => end({ failure: 'timeout' });
    const onClose = (): void => end({ failure: 'closed' });
    const onError = (error: Error): void => {
      end({ failure: 'closed', code: 'code' in error && typeof error.code === 'string' ? error.code : error.message });
    };
    const onData = (chunk: Buffer): void => {
      chunks.push(chunk);
      received += chunk.length;
      if (received < 4) return;
      const all = chunks.length === 1 ? chunk : Buffer.concat(chunks);
      const length = all.readInt32LE(0);
      if (length < headerLength + 10 || length > largestReply) end({ failure: 'unreadable', code: `length ${length}` });
      else if (received >= length) end(decode(all.subarray(0, length)));
    };
    if (signal.aborted) {
      onAbort();
      return;
    }
    if (socket.destroyed) {
      onClose();
      return;
    }
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('data', onData);
    socket.on('error', onError);
    socket.on('close', onClose);
    socket.write(message);
  });
}

/** One question has one answer here; whose it is by its header, the driver does not look at either. */
function decode(message: Buffer): CommandResult {
  const unreadable = (code: string): CommandResult => ({ failure: 'unreadable', code });
  if (message.readInt32LE(12) !== opMsg) return unreadable(`opcode ${message.readInt32LE(12)}`);
  if (message[headerLength + 4] !== 0) return unreadable('no body');
  try {
    const start = headerLength + 5;
    const size = message.readInt32LE(start);
    return { reply: deserialize(message.subarray(start, start + size), { promoteBuffers: true }) };
  } catch (error) {
    return unreadable(error instanceof Error ? error.name : 'BSON');
  }
}
