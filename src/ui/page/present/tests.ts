import { t } from '@vscode/l10n';
import type { PathTone, TestResultView } from '../../../../webview/protocol';
import type { HopOutcome } from '../../../core/hop';
import { verdictTone } from '../../../diagnostics/report/tones';
import { weightOf } from '../../../diagnostics/verdict';
import type { KeptReport } from '../../report/report-documents';
import { placeWithHost, verdictSentence } from '../../../messages/test-text';
import { button, findingOf } from './views';

/** A test as the page shows it. */
export function testResult({ title, address, report }: KeptReport): TestResultView {
  const id = address.toString();
  return {
    id,
    title,
    outcome: pathTone(verdictTone(report.verdict)),
    outcomeText: verdictSentence(report.verdict, title),
    at: Date.parse(report.context.startedAt),
    from: placeWithHost(report.context.where),
    findings: report.verdict.problems.map((problem, index) =>
      findingOf(`${id}/${String(index)}`, weightOf(problem.code) === 'error' ? 'blocking' : 'warning', problem),
    ),
    actions: [
      button('show-report', t('Show Report'), 'secondary', { subject: id, icon: 'output' }),
      button('copy-report', t('Copy Report'), 'secondary', { subject: id, icon: 'copy' }),
    ],
  };
}

/** An outcome as the page marks it. */
export function pathTone(outcome: HopOutcome): PathTone {
  return outcome === 'skipped' ? 'untested' : outcome;
}
