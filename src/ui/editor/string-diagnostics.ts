import * as vscode from 'vscode';
import type { AtlasStore } from '../../store/atlas-store';
import type { StringFinding } from '../../workspace/string-findings';
import { areDiagnosticsOn } from '../settings';
import { rangeOf } from './apply-insertion';
import { isWatched, stringsOf } from './document-strings';
import { findingText, type StringChecks } from './string-checks';

export interface DiagnosticPorts {
  readonly store: Pick<AtlasStore, 'onDidChange'>;
  readonly checks: StringChecks;
  /** Has the state of Atlas read where it is not known yet; does not wait. */
  readonly warmUp: () => void;
}

/** What the problems are said to be from. */
export const diagnosticSource = 'Private Endpoints';

/** Milliseconds after the last change of a document, and in which changes of what is known are gathered. */
const quietMs = 300;
/** More strings of one document are data. */
const mostChecked = 200;

/** Shows what is wrong with the connection strings of open documents as problems. */
export function showStringDiagnostics({ store, checks, warmUp }: DiagnosticPorts): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('atlasPrivateEndpoints');
  const waiting = new Set<vscode.TextDocument>();
  let timer: NodeJS.Timeout | undefined;

  const check = (document: vscode.TextDocument): void => {
    if (document.isClosed || !isWatched(document)) return;
    const diagnostics = areDiagnosticsOn(document) ? diagnosticsOf(checks, document) : [];
    if (diagnostics.length > 0 || collection.has(document.uri)) collection.set(document.uri, diagnostics);
    if (stringsOf(document).length > 0) warmUp();
  };
  const soon = (document: vscode.TextDocument): void => {
    waiting.add(document);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const documents = [...waiting];
      waiting.clear();
      documents.forEach(check);
    }, quietMs);
  };
  const all = (): void => vscode.workspace.textDocuments.forEach(soon);

  const stop = store.onDidChange(all);
  all();
  return vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(soon),
    vscode.workspace.onDidChangeTextDocument(({ document }) => soon(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => collection.delete(uri)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('atlasPrivateEndpoints.strings')) all();
    }),
    checks.onDidChange(all),
    {
      dispose: () => {
        clearTimeout(timer);
        stop();
      },
    },
  );
}

function diagnosticsOf(checks: StringChecks, document: vscode.TextDocument): vscode.Diagnostic[] {
  return stringsOf(document)
    .slice(0, mostChecked)
    .flatMap(({ found }) => checks.findings(document, found).map((finding) => diagnosticOf(document, finding)));
}

/** A finding as the editor shows it. */
export function diagnosticOf(document: vscode.TextDocument, finding: StringFinding): vscode.Diagnostic {
  const range = rangeOf(document, finding.span);
  const diagnostic = new vscode.Diagnostic(range, findingText(finding), severityOf(finding.severity));
  diagnostic.source = diagnosticSource;
  diagnostic.code = finding.problem.code;
  return diagnostic;
}

function severityOf(severity: StringFinding['severity']): vscode.DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return vscode.DiagnosticSeverity.Error;
    case 'warning':
      return vscode.DiagnosticSeverity.Warning;
    case 'information':
      return vscode.DiagnosticSeverity.Information;
  }
}
