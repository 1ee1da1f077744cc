import type { Clock } from '../core/clock';
import type { Logger } from '../core/logger';
import type { ElementRef } from './element';

/** One element in a snapshot. */
export interface SnapshotEntry {
  readonly ref: ElementRef;
  readonly value: unknown;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

/** Where the snapshot of one account survives the window. Holds no secret: Atlas's answers have none. */
export interface SnapshotStorage {
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  delete(): Promise<void>;
}

/** Reads snapshots, and writes them a while after the last of several changes. */
export interface SnapshotKeeper {
  /** Empty when there is none or it cannot be used; never rejects. */
  read(accountId: string): Promise<readonly SnapshotEntry[]>;
  changed(accountId: string, snapshot: () => readonly SnapshotEntry[]): void;
  delete(accountId: string): Promise<void>;
  /** Writes at once what waits to be written. */
  flush(): Promise<void>;
}

/** Raised whenever a stored value changes its shape: an older snapshot is then ignored. */
const version = 1;
/** Long enough to gather the changes of a level that loads, in milliseconds. */
const quietBeforeWrite = 2_000;

/** Keeps snapshots; a storage that fails costs the snapshot, never the work. */
export function createSnapshotKeeper(ports: {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storageOf: (accountId: string) => SnapshotStorage | undefined;
  readonly isKept?: (accountId: string) => boolean;
}): SnapshotKeeper {
  const waiting = new Map<string, { readonly stop: () => void; readonly write: () => Promise<void> }>();
  // One after the other: a deletion shall not be overtaken by a write that began before it.
  const last = new Map<string, Promise<void>>();

  function inOrder(accountId: string, step: () => Promise<void>): Promise<void> {
    const next = (last.get(accountId) ?? Promise.resolve()).then(step).catch((error: unknown) => {
      ports.logger.warn(`Snapshot: ${error instanceof Error ? error.name : 'failed'}`);
    });
    last.set(accountId, next);
    return next;
  }

  return {
    read: async (accountId) => {
      try {
        const text = await ports.storageOf(accountId)?.read();
        return text === undefined ? [] : entriesIn(text);
      } catch (error) {
        ports.logger.warn(`Snapshot not readable: ${error instanceof Error ? error.name : 'unknown'}`);
        return [];
      }
    },
    changed: (accountId, snapshot) => {
      const storage = ports.storageOf(accountId);
      if (storage === undefined || waiting.has(accountId)) return;
      const write = (): Promise<void> => {
        waiting.delete(accountId);
        return inOrder(accountId, async () => {
          // Another window may have signed out of it.
          if (ports.isKept?.(accountId) === false) return;
          await storage.write(JSON.stringify({ version, entries: snapshot() }));
        });
      };
      waiting.set(accountId, { write, stop: ports.clock.after(quietBeforeWrite, () => void write()) });
    },
    delete: async (accountId) => {
      waiting.get(accountId)?.stop();
      waiting.delete(accountId);
      await inOrder(accountId, async () => {
        await ports.storageOf(accountId)?.delete();
      });
    },
    flush: async () => {
      const writes = [...waiting.values()].map(async ({ stop, write }) => {
        stop();
        await write();
      });
      await Promise.all(writes);
    },
  };
}

function entriesIn(text: string): readonly SnapshotEntry[] {
  const stored = JSON.parse(text) as { version?: unknown; entries?: unknown };
  if (stored.version !== version || !Array.isArray(stored.entries)) return [];
  return stored.entries.filter(isEntry);
}

function isEntry(entry: unknown): entry is SnapshotEntry {
  if (typeof entry !== 'object' || entry === null) return false;
  const { ref, asOf } = entry as Partial<SnapshotEntry>;
  return typeof ref === 'object' && (ref as unknown) !== null && typeof asOf === 'number';
}
