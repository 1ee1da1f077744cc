/** The driver's own class, which its declarations leave out: the option `connectionType` takes a subclass of it. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { Duplex } from 'node:stream';
  import type { Document } from 'mongodb';

  export class Connection {
    constructor(stream: Duplex, options: { readonly hostAddress: { toString(): string } });
    /** Sends a command, also those of the handshake and the sign-in; resolves with its answer. */
    command(namespace: object, command: object, ...more: unknown[]): Promise<Document>;
  }
}
