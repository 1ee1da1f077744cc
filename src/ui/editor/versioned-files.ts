import * as vscode from 'vscode';
import { isIgnored } from './git-files';

/** Which files go into version control. Git is asked in the background. */
export interface VersionedFiles {
  /** Something is known now that was not, or is another than before. */
  readonly onDidChange: vscode.Event<void>;
  /** Whether git takes the file; false until that is known. */
  isVersioned(file: vscode.Uri): boolean;
  dispose(): void;
}

/** Milliseconds after which git is asked again about a file that is still of interest. */
const oldMs = 30_000;

export function createVersionedFiles(now: () => number): VersionedFiles {
  const changed = new vscode.EventEmitter<void>();
  const answers = new Map<string, { readonly versioned: boolean; readonly at: number }>();
  let asking: Promise<void> = Promise.resolve();

  async function ask(file: vscode.Uri, key: string): Promise<void> {
    const before = answers.get(key)?.versioned === true;
    let versioned = before;
    try {
      versioned = (await isIgnored(file)) === false;
    } catch {
      // Nobody can say: what was known stays.
    }
    answers.set(key, { versioned, at: now() });
    if (versioned !== before) changed.fire();
  }

  const saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    if (!uri.path.endsWith('/.gitignore')) return;
    for (const [key, { versioned }] of answers) answers.set(key, { versioned, at: -oldMs });
    changed.fire();
  });
  return {
    onDidChange: changed.event,
    isVersioned: (file) => {
      const key = file.toString();
      const known = answers.get(key);
      if (known === undefined || now() - known.at > oldMs) {
        answers.set(key, { versioned: known?.versioned ?? false, at: now() });
        // One after the other: each may start a process.
        asking = asking.then(() => ask(file, key));
      }
      return known?.versioned ?? false;
    },
    dispose: () => {
      saved.dispose();
      changed.dispose();
    },
  };
}
