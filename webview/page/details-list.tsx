import { t } from '@vscode/l10n';
import type { Detail } from '../protocol';
import { IconButton } from '../ui/button';
import { usePage } from './context';

/** Values to look up and copy. */
export function DetailsList({ details, about }: { readonly details: readonly Detail[]; readonly about?: string }) {
  const page = usePage();
  if (details.length === 0) return null;
  return (
    <dl class="details">
      {details.map(({ id, label, value, code, copyable }) => (
        <div key={id}>
          <dt>{label}</dt>
          <dd>
            {code ? <code>{value}</code> : <span>{value}</span>}
            {copyable ? (
              <IconButton
                icon="copy"
                name={about === undefined ? t('Copy {0}', label) : t('Copy {0} of {1}', label, about)}
                onClick={() => page.send({ type: 'copy', what: 'detail', id })}
              />
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
