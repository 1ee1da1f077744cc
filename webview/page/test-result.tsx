import { t } from '@vscode/l10n';
import type { TestResultView } from '../protocol';
import { Icon } from '../ui/icon';
import { Actions } from './actions';
import { Findings } from './findings';
import { Moment } from './time';
import { pathIcons } from './tone';

/** What a connection test found, when, and from where. */
export function TestResult({ test }: { readonly test: TestResultView }) {
  const { title, outcome, outcomeText, at, from, findings, actions } = test;
  return (
    <article class={`test-result path-${outcome}`}>
      <p class="test-title">
        <Icon name={pathIcons[outcome]} class={`path-${outcome}`} /> <strong>{outcomeText}</strong> {title}
      </p>
      <p class="hint">
        {t('Tested from {0}', from)} · <Moment at={at} />
      </p>
      <Findings findings={findings} />
      <Actions actions={actions} about={title} />
    </article>
  );
}
