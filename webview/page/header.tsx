import { t } from '@vscode/l10n';
import type { PageState } from '../protocol';
import { ProgressRing } from '../ui/progress-ring';
import { Actions, isDangerous } from './actions';
import { StatusLine } from './status-line';
import { Ago } from './time';

/** What the page is about, how it stands in short, and what can be done with the whole. */
export function Header({ state: { header, actions, status } }: { readonly state: PageState }) {
  const { title, breadcrumb, feature, region, statuses, asOf, loading, sandbox } = header;
  return (
    <header>
      <p class="breadcrumb">
        {breadcrumb} {sandbox ? <span class="badge">{t('Sandbox: simulated, nothing here is real')}</span> : null}
      </p>
      <h1 id="page-title" tabIndex={-1}>
        {title}
      </h1>
      {feature === undefined && region === undefined ? null : (
        <p class="feature">{[feature, region].filter((text) => text !== undefined).join(' · ')}</p>
      )}
      {statuses.length === 0 ? null : (
        <ul class="header-statuses">
          {statuses.map((view) => (
            <li key={view.subject}>
              <StatusLine status={view} brief={status !== undefined} />
            </li>
          ))}
        </ul>
      )}
      <div class="header-foot">
        <Actions actions={actions.filter((action) => !isDangerous(action))} />
        <p class="as-of">
          {loading ? (
            <>
              <ProgressRing /> {t('Asking Atlas…')}
            </>
          ) : asOf === undefined ? null : (
            <>
              {t('From Atlas:')} <Ago at={asOf} />
            </>
          )}
        </p>
      </div>
    </header>
  );
}

/** Before anything is known. */
export function LoadingPage() {
  return (
    <main class="loading-page" aria-busy="true">
      <h1>{t('Private endpoint')}</h1>
      <p>
        <ProgressRing /> {t('Reading from Atlas…')}
      </p>
    </main>
  );
}

/** The dangerous actions about the whole, in a place of their own at the end. */
export function DangerZone({ state: { actions, status, header } }: { readonly state: PageState }) {
  const dangerous = [...(status?.service?.actions ?? []), ...actions].filter(isDangerous);
  if (dangerous.length === 0) return null;
  return (
    <section class="danger-zone" aria-labelledby="danger-title">
      <h2 id="danger-title">{t('Danger zone')}</h2>
      <p>{t('You are told what stops working, and asked again, before anything is removed.')}</p>
      <Actions actions={dangerous} about={header.title} />
    </section>
  );
}
