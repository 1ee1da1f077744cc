import { t } from '@vscode/l10n';
import type { Waiting } from '../protocol';
import { Icon } from '../ui/icon';
import { ProgressRing } from '../ui/progress-ring';
import { StatusLine } from './status-line';
import { duration, Elapsed, useNow } from './time';

/** What goes on by itself: each side with its status, for how long, and what it waits for. */
export function WaitingPanel({ waiting }: { readonly waiting: Waiting }) {
  return (
    <div class="waiting">
      <p class="waiting-summary">
        {waiting.sides.some(({ status }) => status.tone === 'moving' || status.tone === 'leaving') ? (
          <ProgressRing />
        ) : null}
        {waiting.summary}
      </p>
      <ul class="sides">
        {waiting.sides.map(({ id, status, since, waitingFor, advice }) => (
          <li key={id}>
            <StatusLine status={status} />
            {since === undefined ? null : (
              <p class="since">
                {t('For')} <Elapsed since={since} />
              </p>
            )}
            {waitingFor === undefined ? null : <p>{t('Waits for: {0}', waitingFor)}</p>}
            {advice === undefined ? null : (
              <p class="next">
                <Icon name="lightbulb" /> {advice}
              </p>
            )}
          </li>
        ))}
      </ul>
      <Asked lastAsked={waiting.lastAsked} nextAsk={waiting.nextAsk} />
    </div>
  );
}

function Asked({
  lastAsked,
  nextAsk,
}: {
  readonly lastAsked: number | undefined;
  readonly nextAsk: number | undefined;
}) {
  const now = useNow();
  if (lastAsked === undefined) return null;
  return (
    <p class="asked">
      {t('Asked {0} ago.', duration(now - lastAsked))}{' '}
      {nextAsk === undefined
        ? null
        : nextAsk <= now
          ? t('Asking again now.')
          : t('Asks again in {0}.', duration(nextAsk - now))}
    </p>
  );
}
