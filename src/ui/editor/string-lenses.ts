import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';
import { ageWords } from '../age';
import type { TestResult, TestResults } from '../test-run/test-results';
import { stringsOf } from './document-strings';
import { factsLine, factsOf } from './string-facts';

export interface LensPorts {
  readonly store: AtlasStore;
  readonly testResults: TestResults;
  readonly clock: Pick<Clock, 'now'>;
}

/** Lenses of one document; more strings are data. */
const mostLenses = 100;

/** Above every connection string: what it is, a test, another string in its place. */
export function lensesOf(
  { store, testResults, clock }: LensPorts,
  document: vscode.TextDocument,
): readonly vscode.CodeLens[] {
  const { t } = vscode.l10n;
  return stringsOf(document)
    .slice(0, mostLenses)
    .flatMap(({ found, range }) => {
      const facts = factsOf(store, found.value);
      const result = testResults.of(found.value);
      const what = [factsLine(facts), ...(result === undefined ? [] : [resultWords(result, clock.now())])]
        .filter((words) => words !== '')
        .join(' · ');
      const lens = (title: string, command: string, tooltip: string, ...args: readonly unknown[]) =>
        new vscode.CodeLens(range, { title, command, tooltip, arguments: [...args] });
      const place = [document.uri.toString(), range.start.line, range.start.character];
      return [
        lens(what, 'atlasPrivateEndpoints.showString', t('Show what is known about it'), ...place),
        // Where the workspace is not trusted nothing is connected to because of what stands in it.
        ...(vscode.workspace.isTrusted && !found.isTemplate
          ? [lens(t('Test'), 'atlasPrivateEndpoints.testStringAt', t('Test the connection'), ...place)]
          : []),
        lens(t('Switch'), 'atlasPrivateEndpoints.switchConnectionString', t('Put another one in its place'), ...place),
      ];
    });
}

/** The outcome of the last test and how long ago it was, in words. */
export function resultWords({ report, at }: TestResult, now: number): string {
  const { t } = vscode.l10n;
  const age = ageWords(now - at);
  switch (report.verdict.outcome) {
    case 'connected':
      return withIcon('pass', t('connected {0}', age));
    case 'reachable-not-signed-in':
      return withIcon('pass', t('reachable {0}', age));
    case 'failed':
      return withIcon('error', t('test failed {0}', age));
    case 'cancelled':
      return '';
  }
}

/** Lines above code swallow plain spaces beside an icon. */
function withIcon(icon: string, words: string): string {
  return `\u00a0$(${icon})\u00a0${words}`;
}
