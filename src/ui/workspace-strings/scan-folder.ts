import { createStretches, type StretchPorts } from '../stretches';
import type { IsExcluded } from './exclude-globs';

/** What a scan needs of the editor's file systems; addresses are whatever the editor uses. */
export interface ScanPorts<U> extends StretchPorts {
  /** Rejects for a folder that cannot be read. */
  readonly list: (folder: U) => Promise<readonly ScanEntry[]>;
  readonly join: (folder: U, name: string) => U;
  /** Size in bytes. */
  readonly sizeOf: (file: U) => Promise<number>;
  readonly read: (file: U) => Promise<Uint8Array>;
}

export interface ScanEntry {
  readonly name: string;
  /** Folders that are links are `other`: they may lead in a circle. */
  readonly kind: 'file' | 'folder' | 'other';
}

export interface ScanResult {
  /** Files that were looked into. */
  readonly files: number;
  /** There is more than what a scan looks at. */
  readonly limited: boolean;
}

export const scanLimits = {
  /** Bytes; larger files are data. */
  fileSize: 1_000_000,
  files: 50_000,
  /** Folders below one another. */
  depth: 40,
  /** Milliseconds that a scan works at a stretch. */
  stretchMs: 4,
  /** Reads at the same time. */
  readers: 8,
} as const;

/** The start of every connection string, as bytes of UTF-8. */
const marker = Buffer.from('mongodb');
/** A NUL among the first bytes means: no text. */
const sniffed = 8000;

/** True for the bytes of a text that may hold a connection string. */
export function mayHoldString(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes(marker) && !buffer.subarray(0, sniffed).includes(0);
}

/**
 * Looks into every file below a folder and gives those texts to `onText` that may hold a connection string. Works in
 * stretches of some milliseconds. What cannot be read is left out. Ends early when `signal` is aborted.
 */
export async function scanFolder<U>(
  ports: ScanPorts<U>,
  root: U,
  isExcluded: IsExcluded,
  onText: (file: U, text: string) => void,
  signal: AbortSignal,
): Promise<ScanResult> {
  const folders: { readonly at: U; readonly path: string; readonly depth: number }[] = [
    { at: root, path: '', depth: 0 },
  ];
  const files: U[] = [];
  let looked = 0;
  let limited = false;
  const stretches = createStretches(scanLimits.stretchMs, ports);

  const openFolder = async (folder: (typeof folders)[number]): Promise<void> => {
    const entries = await orNothing(ports.list(folder.at));
    const siblings = new Set(entries?.map(({ name }) => name));
    for (const { name, kind } of entries ?? []) {
      while (stretches.isTired()) await stretches.rest();
      if (signal.aborted) return;
      const path = folder.path === '' ? name : `${folder.path}/${name}`;
      if (kind === 'other' || isExcluded(path, siblings)) continue;
      if (kind === 'file') files.push(ports.join(folder.at, name));
      else if (folder.depth < scanLimits.depth) {
        folders.push({ at: ports.join(folder.at, name), path, depth: folder.depth + 1 });
      } else limited = true;
    }
  };
  const openFile = async (file: U): Promise<void> => {
    const size = await orNothing(ports.sizeOf(file));
    if (size === undefined || size > scanLimits.fileSize) return;
    const bytes = await orNothing(ports.read(file));
    while (stretches.isTired()) await stretches.rest();
    // It may have grown since.
    if (bytes === undefined || bytes.byteLength > scanLimits.fileSize || signal.aborted) return;
    if (mayHoldString(bytes)) onText(file, new TextDecoder().decode(bytes));
  };

  /** Files first: a folder with many must not be held in memory for long. */
  const step = (): Promise<void> | undefined => {
    const file = looked < scanLimits.files ? files.pop() : undefined;
    if (file !== undefined) {
      looked += 1;
      return openFile(file);
    }
    if (files.length > 0) {
      limited = true;
      return undefined;
    }
    const folder = folders.pop();
    return folder === undefined ? undefined : openFolder(folder);
  };
  const running = new Set<Promise<void>>();
  for (;;) {
    while (running.size < scanLimits.readers && !signal.aborted) {
      const next = step();
      if (next === undefined) break;
      const tracked = next.finally(() => running.delete(tracked));
      running.add(tracked);
    }
    if (running.size === 0) break;
    await Promise.race(running);
  }
  return { files: looked, limited };
}

async function orNothing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch {
    return undefined;
  }
}
