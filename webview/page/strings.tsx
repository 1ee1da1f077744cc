import { t } from '@vscode/l10n';
import type { ClusterStrings, StringTargetView, StringView } from '../protocol';
import { Button } from '../ui/button';
import { usePage } from './context';
import { Fold } from './fold';
import { StatusBadge } from './status-line';
import { TestResult } from './test-result';

/** Connection strings per cluster: those that lead through this page's endpoints show, the others open on demand. */
export function Strings({ clusters }: { readonly clusters: readonly ClusterStrings[] }) {
  return (
    <ul class="clusters">
      {clusters.map((cluster) => (
        <li key={cluster.id}>
          <Cluster cluster={cluster} />
        </li>
      ))}
    </ul>
  );
}

function Cluster({ cluster }: { readonly cluster: ClusterStrings }) {
  const { name, description, state, targets, whyNone, lastTest } = cluster;
  const here = targets.filter((target) => target.here);
  const others = targets.filter((target) => !target.here);
  return (
    <section class="card">
      <h4>
        {name} <span class="description">{description}</span> <StatusBadge status={state} />
      </h4>
      {whyNone === undefined ? null : <p class="empty">{whyNone}</p>}
      {here.map((target) => (
        <Target key={target.id} target={target} cluster={name} />
      ))}
      {others.length === 0 ? null : (
        <Fold summary={t('Strings for other networks')}>
          {() => others.map((target) => <Target key={target.id} target={target} cluster={name} />)}
        </Fold>
      )}
      {lastTest === undefined ? null : <TestResult test={lastTest} />}
    </section>
  );
}

function Target({ target, cluster }: { readonly target: StringTargetView; readonly cluster: string }) {
  return (
    <div class="target">
      <p class="target-label">
        <strong>{target.label}</strong> <span class="description">{target.description}</span>
      </p>
      <p class="hint">{target.detail}</p>
      {target.strings.map((string) => (
        <ConnectionString key={string.id} string={string} cluster={cluster} />
      ))}
    </div>
  );
}

function ConnectionString({ string, cluster }: { readonly string: StringView; readonly cluster: string }) {
  const page = usePage();
  const { id, form, detail, recommended, text } = string;
  const about = `${cluster}, ${form}`;
  return (
    <div class="string">
      <p>
        {form} {recommended ? <span class="badge">{t('Recommended')}</span> : null}
      </p>
      <code class="string-text">{text}</code>
      <p class="hint">{detail}</p>
      <div class="actions">
        <Button
          icon="copy"
          name={t('Copy: {0}', about)}
          onClick={() => page.send({ type: 'copy', what: 'string', id })}
        >
          {t('Copy')}
        </Button>
        <Button icon="insert" name={t('Insert: {0}', about)} onClick={() => page.send({ type: 'insert', string: id })}>
          {t('Insert')}
        </Button>
        <Button
          icon="run-all"
          name={t('Test: {0}', about)}
          disabled={page.busy}
          onClick={() => page.send({ type: 'test', string: id })}
        >
          {t('Test')}
        </Button>
      </div>
    </div>
  );
}
