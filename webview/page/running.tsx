import { t } from '@vscode/l10n';
import type { Running } from '../protocol';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { ProgressRing } from '../ui/progress-ring';
import { usePage } from './context';

const icons: Readonly<Record<Running['lines'][number]['status'], string>> = {
  done: 'pass-filled',
  running: 'sync',
  todo: 'circle-large-outline',
  failed: 'error',
};

/** What is under way: done, doing, to do. */
export function RunningPanel({ running }: { readonly running: Running }) {
  const page = usePage();
  return (
    <section class="running" aria-label={running.title} id="running" tabIndex={-1}>
      <p class="running-title">
        <ProgressRing />
        <strong>{running.title}</strong>
      </p>
      <ol>
        {running.lines.map(({ text, status, statusText }, index) => (
          <li key={index} class={`line-${status}`}>
            <Icon name={icons[status]} class={status === 'running' ? 'turning' : undefined} />
            <span>
              <span class="severity-text">{statusText}:</span> {text}
            </span>
          </li>
        ))}
      </ol>
      {running.cancellable ? (
        <div class="actions">
          <Button onClick={() => page.send({ type: 'cancel' })}>{t('Cancel')}</Button>
        </div>
      ) : null}
    </section>
  );
}
