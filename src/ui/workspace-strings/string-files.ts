import * as vscode from 'vscode';
import { distinctSecretsIn } from '../../connection-string/credentials';
import { findStrings } from '../../workspace/find-strings';
import { escapesOf } from '../../workspace/settings-formats';
import { isWatched, placeStrings, stringsOf, type PlacedString } from '../editor/document-strings';
import { nextTurn } from '../next-turn';
import { excludedBy, type IsExcluded } from './exclude-globs';
import { mayHoldString, scanFolder, scanLimits, type ScanPorts } from './scan-folder';

/** A file of the workspace with the connection strings in it; never none. */
export interface StringFile {
  readonly uri: vscode.Uri;
  readonly strings: readonly PlacedString[];
}

/** How far the look through the workspace has come. */
export type ScanState = 'not-started' | 'scanning' | 'done';

/** Every connection string of the workspace: as the editor has it in open documents, else as it is in the file. */
export interface StringFiles {
  /** Something was found, has changed or is gone; or the state has changed. Fires at most every tenth of a second. */
  readonly onDidChange: vscode.Event<void>;
  /** Starts to look, unless that was done before. Does not wait. */
  start(): void;
  /** Looks again from nothing. */
  rescan(): void;
  /** In the order of their addresses. */
  all(): readonly StringFile[];
  /** One of them. */
  at(uri: vscode.Uri): StringFile | undefined;
  state(): { readonly scan: ScanState; readonly limited: boolean };
  /** Resolves when the look through the workspace has ended. */
  scanned(): Promise<void>;
  dispose(): void;
}

/** Strings beyond this number are not listed. */
const mostStrings = 5000;
/** Milliseconds in which changes of files and documents are gathered. */
const gatherMs = 300;
const tellMs = 100;

export interface StringFilesPorts {
  /** Tells the redactor the passwords that stand in files. */
  readonly onSecret: (secret: string) => void;
}

export function createStringFiles({ onSecret }: StringFilesPorts): StringFiles {
  const changed = new vscode.EventEmitter<void>();
  const files = new Map<string, StringFile>();
  /** `files` in order, once somebody has asked since they changed. */
  let ordered: readonly StringFile[] | undefined;
  const lifetime: { dispose(): unknown }[] = [changed];
  let scan: ScanState = 'not-started';
  let limited = false;
  let abort = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let telling: NodeJS.Timeout | undefined;
  const pending = new Map<string, vscode.Uri>();
  let gathering: NodeJS.Timeout | undefined;

  const tell = (): void => {
    ordered = undefined;
    telling ??= setTimeout(() => {
      telling = undefined;
      changed.fire();
    }, tellMs);
  };

  function putDocument(document: vscode.TextDocument): void {
    const strings = stringsOf(document);
    put(document.uri, strings);
    // Half of a password that is being typed is none: it counts when it is saved.
    if (!document.isDirty) tellSecrets(strings);
  }

  function tellSecrets(strings: readonly PlacedString[]): void {
    for (const { found } of strings) for (const secret of distinctSecretsIn(found.value)) onSecret(secret);
  }

  function put(uri: vscode.Uri, strings: readonly PlacedString[]): void {
    const key = uri.toString();
    if (strings.length === 0) {
      if (files.delete(key)) tell();
      return;
    }
    if (!files.has(key) && countOf(files) + strings.length > mostStrings) {
      limited = true;
      return;
    }
    files.set(key, { uri, strings });
    tell();
  }

  const openDocument = (uri: vscode.Uri): vscode.TextDocument | undefined => {
    const key = uri.toString();
    return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === key);
  };

  function putText(uri: vscode.Uri, text: string): void {
    // What is open counts as the editor has it.
    const document = openDocument(uri);
    if (document !== undefined) {
      putDocument(document);
      return;
    }
    const strings = placeStrings(text, findStrings(text, escapesOf({ languageId: '', fileName: uri.path })));
    put(uri, strings);
    tellSecrets(strings);
  }

  async function scanAll(signal: AbortSignal): Promise<void> {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      await ports.pause();
      const isExcluded = excludesOf(folder);
      await ports.pause();
      const result = await scanFolder(ports, folder.uri, isExcluded, putText, signal);
      if (signal.aborted) return;
      limited ||= result.limited;
    }
    scan = 'done';
    tell();
  }

  function rescan(): void {
    abort.abort();
    abort = new AbortController();
    files.clear();
    limited = false;
    scan = 'scanning';
    tell();
    const { signal } = abort;
    running = scanAll(signal);
  }

  /** A file or an open document has changed; several are looked at together. */
  function gather(uri: vscode.Uri): void {
    if (scan === 'not-started') return;
    pending.set(uri.toString(), uri);
    gathering ??= setTimeout(() => {
      gathering = undefined;
      const uris = [...pending.values()];
      pending.clear();
      void lookAgain(uris, abort.signal);
    }, gatherMs);
  }

  async function lookAgain(uris: readonly vscode.Uri[], signal: AbortSignal): Promise<void> {
    for (const uri of uris) {
      const folder = vscode.workspace.getWorkspaceFolder(uri);
      if (signal.aborted) return;
      if (folder === undefined || isBelowExcluded(folder, uri)) continue;
      const document = openDocument(uri);
      if (document !== undefined) putDocument(document);
      else putText(uri, await textOf(uri));
      await ports.pause();
    }
  }

  function start(): void {
    if (scan !== 'not-started') return;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    lifetime.push(
      watcher,
      watcher.onDidCreate(gather),
      watcher.onDidChange(gather),
      watcher.onDidDelete((uri) => {
        // A folder takes what is below it along.
        for (const { uri: one } of [...files.values()]) if (isSameOrBelow(uri, one)) put(one, []);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (isWatched(document)) gather(document.uri);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (isWatched(document)) gather(document.uri);
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => gather(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(rescan),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('files.exclude') || change.affectsConfiguration('search.exclude')) rescan();
      }),
    );
    rescan();
  }

  return {
    onDidChange: changed.event,
    start,
    rescan: () => (scan === 'not-started' ? start() : rescan()),
    all: () => (ordered ??= [...files.values()].sort((a, b) => compare(a.uri.path, b.uri.path))),
    at: (uri) => files.get(uri.toString()),
    state: () => ({ scan, limited }),
    scanned: async () => {
      let seen: Promise<void> | undefined;
      // It may have been started again in the meantime.
      while (seen !== running) await (seen = running);
    },
    dispose: () => {
      abort.abort();
      clearTimeout(telling);
      clearTimeout(gathering);
      for (const one of lifetime) one.dispose();
    },
  };
}

function countOf(files: ReadonlyMap<string, StringFile>): number {
  let count = 0;
  for (const { strings } of files.values()) count += strings.length;
  return count;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Through the editor's file systems, so that virtual ones work, too. */
const ports: ScanPorts<vscode.Uri> = {
  list: async (folder) =>
    (await vscode.workspace.fs.readDirectory(folder)).map(([name, type]) => ({ name, kind: kindOf(type) })),
  join: (folder, name) => vscode.Uri.joinPath(folder, name),
  sizeOf: async (file) => (await vscode.workspace.fs.stat(file)).size,
  read: async (file) => await vscode.workspace.fs.readFile(file),
  now: () => performance.now(),
  pause: nextTurn,
};

function kindOf(type: vscode.FileType): 'file' | 'folder' | 'other' {
  if ((type & vscode.FileType.File) !== 0) return 'file';
  return type === vscode.FileType.Directory ? 'folder' : 'other';
}

/** The text of a file, empty when there is none, when it is no text, or when it cannot hold a string. */
async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    if ((await ports.sizeOf(uri)) > scanLimits.fileSize) return '';
    const bytes = await ports.read(uri);
    return mayHoldString(bytes) ? new TextDecoder().decode(bytes) : '';
  } catch {
    return '';
  }
}

/** Settings of the folder, which may differ from the others' in a multi-root workspace. */
function excludesOf(folder: vscode.WorkspaceFolder): IsExcluded {
  const setting = (section: string): unknown =>
    vscode.workspace.getConfiguration(section, folder.uri).get<unknown>('exclude');
  return excludedBy(setting('files'), setting('search'));
}

/** True when the settings leave out the file or a folder that it is in. */
function isBelowExcluded(folder: vscode.WorkspaceFolder, uri: vscode.Uri): boolean {
  const isExcluded = excludesOf(folder);
  const names = uri.path.slice(folder.uri.path.length).split('/').filter(Boolean);
  return names.some((_, index) => isExcluded(names.slice(0, index + 1).join('/'), nothing));
}

const nothing: ReadonlySet<string> = new Set();

function isSameOrBelow(folder: vscode.Uri, uri: vscode.Uri): boolean {
  return (
    folder.scheme === uri.scheme &&
    folder.authority === uri.authority &&
    (uri.path === folder.path || uri.path.startsWith(`${folder.path}/`))
  );
}
