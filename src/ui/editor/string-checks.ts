import type * as vscode from 'vscode';
import { secretsIn } from '../../connection-string/credentials';
import type { Clock } from '../../core/clock';
import { describeStringProblem } from '../../messages/connection-string-problems';
import type { AtlasStore } from '../../store/atlas-store';
import { stringKnowledge } from '../../store/string-knowledge';
import type { FoundString } from '../../workspace/find-strings';
import { escapesOf } from '../../workspace/settings-formats';
import { findingsOf, type StringFinding } from '../../workspace/string-findings';
import { nameOf } from './apply-insertion';
import { createVersionedFiles } from './versioned-files';

/** Where a string was found. */
export interface CheckedFile {
  readonly uri: vscode.Uri;
  /** Empty when no editor has opened it. */
  readonly languageId: string;
}

/** What is wrong with connection strings of files, by what is known. */
export interface StringChecks {
  /** What git says about a file has changed. What Atlas says is the store's to tell. */
  readonly onDidChange: vscode.Event<void>;
  /** Most serious first. */
  findings(file: CheckedFile, found: FoundString): readonly StringFinding[];
  dispose(): void;
}

export interface StringCheckPorts {
  readonly store: Pick<AtlasStore, 'elements' | 'known'>;
  readonly clock: Pick<Clock, 'now'>;
}

export function createStringChecks({ store, clock }: StringCheckPorts): StringChecks {
  const versioned = createVersionedFiles(() => clock.now());
  return {
    onDidChange: versioned.onDidChange,
    findings: ({ uri, languageId }, found) => {
      const place = {
        escapes: escapesOf({ languageId, fileName: uri.path }),
        fileName: nameOf(uri),
        // Asked only where it matters: git is a process.
        isVersioned: secretsIn(found.value).length > 0 && versioned.isVersioned(uri),
      };
      return findingsOf(found, place, stringKnowledge(store, found.value));
    },
    dispose: () => versioned.dispose(),
  };
}

/** A finding in one sentence. */
export function findingSentence({ problem }: StringFinding): string {
  return describeStringProblem(problem).title;
}

/** A finding with its reason. */
export function findingText({ problem }: StringFinding): string {
  const { title, detail } = describeStringProblem(problem);
  return detail === undefined ? title : `${title}\n${detail}`;
}
