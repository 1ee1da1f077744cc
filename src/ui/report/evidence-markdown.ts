import { t } from '@vscode/l10n';
import type { TestReport } from '../../diagnostics/events';
import type { Evidence } from '../../diagnostics/evidence';
import { codeText, escapeText, marks } from '../../diagnostics/report/report-markdown';
import { evidenceRows } from './evidence-rows';
import { askedText, missingText } from './missing-text';

/** What Atlas and the cloud account say as the last sections of a report in Markdown; empty when nobody was asked. */
export function evidenceMarkdown(evidence: Evidence, test: Pick<TestReport, 'context' | 'hops'>): string {
  const rows = evidenceRows(evidence, test).map(({ tone, title, id, word, explanation, message }) =>
    [
      `- ${marks[tone]} ${escapeText(title)}${id === undefined ? '' : ` ${codeText(id)}`}: ${escapeText(word)}`,
      ...(explanation === undefined || explanation === '' ? [] : [`  ${escapeText(explanation)}`]),
      ...(message === undefined ? [] : [`  ${codeText(message)}`]),
    ].join('\n'),
  );
  const asked = evidence.asked === undefined ? [] : [escapeText(askedText(evidence.asked)), ''];
  const missing = (evidence.missing ?? []).map((one) => `- ${escapeText(missingText(one))}`);
  return [
    ...(rows.length === 0 ? [] : ['', `## ${t('What Atlas and the cloud account say')}`, '', ...asked, ...rows, '']),
    ...(missing.length === 0 ? [] : ['', `## ${t('Not checked')}`, '', ...missing, '']),
  ].join('\n');
}
