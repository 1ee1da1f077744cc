import { t } from '@vscode/l10n';
import type { PathTone, TestResultView } from '../../../../webview/protocol';
import type { TestReport } from '../../../diagnostics/events';
import type { KeptReport } from '../../report/report-documents';
import { verdictSentence } from '../../../messages/test-text';
import { button, findingOf } from './views';

/** A test as the page shows it. */
export function testResult({ title, address, report }: KeptReport): TestResultView {
  const id = address.toString();
  const outcome = outcomeOf(report);
  return {
    id,
    title,
    outcome,
    outcomeText: verdictSentence(report.verdict, title),
    at: Date.parse(report.context.startedAt),
    from: machineText(report),
    findings: report.verdict.problems.map((problem, index) =>
      findingOf(`${id}/${String(index)}`, outcome === 'failed' ? 'blocking' : 'warning', problem),
    ),
    actions: [
      button('show-report', t('Show Report'), 'secondary', { subject: id, icon: 'output' }),
      button('copy-report', t('Copy Report'), 'secondary', { subject: id, icon: 'copy' }),
    ],
  };
}

function outcomeOf({ verdict }: TestReport): PathTone {
  switch (verdict.outcome) {
    case 'connected':
      return verdict.problems.length === 0 ? 'passed' : 'warned';
    case 'reachable-not-signed-in':
      return 'warned';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'untested';
  }
}

/** Where a test ran, in words. */
export function machineText({ context }: TestReport): string {
  const { hostname, kind } = context.where;
  return kind === 'local' ? t('this machine ({0})', hostname) : t('{0} ({1})', hostname, kind);
}
