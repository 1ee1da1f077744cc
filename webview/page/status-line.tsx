import { t } from '@vscode/l10n';
import type { StatusView } from '../protocol';
import { Icon } from '../ui/icon';

/** A status: whose, icon and word, what it means and what to do next. */
export function StatusLine({ status, brief = false }: { readonly status: StatusView; readonly brief?: boolean }) {
  const { subject, word, value, explanation, nextAction, message } = status;
  return (
    <div class="status">
      <StatusWord status={status} />
      <div class="status-text">
        <p>
          <span class="status-subject">{subject}:</span> <strong>{word}</strong>{' '}
          {brief || value === '' || value === word ? null : <code class="status-value">{value}</code>}
        </p>
        <p class="explanation">{explanation}</p>
        {brief || message === undefined ? null : <p class="message">{t('Atlas says: {0}', message)}</p>}
        {brief || nextAction === undefined ? null : (
          <p class="next">
            <Icon name="arrow-right" /> {nextAction}
          </p>
        )}
      </div>
    </div>
  );
}

function StatusWord({ status: { icon, tone } }: { readonly status: StatusView }) {
  return <Icon name={icon} class={`tone-${tone}${tone === 'moving' ? ' turning' : ''}`} />;
}

/** Icon and word alone, in a heading or a table. */
export function StatusBadge({ status }: { readonly status: StatusView }) {
  return (
    <span class="status-badge">
      <StatusWord status={status} /> {status.word}
    </span>
  );
}
