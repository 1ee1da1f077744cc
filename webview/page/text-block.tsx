import { t } from '@vscode/l10n';
import type { TextBlock } from '../protocol';
import { Button } from '../ui/button';
import { usePage } from './context';

/** A text on lines of its own, to copy or to open in an editor. */
export function TextBlockView({ block: { id, title, text, note } }: { readonly block: TextBlock }) {
  const page = usePage();
  return (
    <figure class="text-block">
      <figcaption>{title}</figcaption>
      <pre tabIndex={0} role="region" aria-label={title}>
        <code>{text}</code>
      </pre>
      {note === undefined ? null : <p class="note">{note}</p>}
      <div class="actions">
        <Button
          icon="copy"
          name={t('Copy: {0}', title)}
          onClick={() => page.send({ type: 'copy', what: 'command', id })}
        >
          {t('Copy')}
        </Button>
        <Button
          icon="go-to-file"
          name={t('Open in Editor: {0}', title)}
          onClick={() => page.send({ type: 'open-command', id })}
        >
          {t('Open in Editor')}
        </Button>
      </div>
    </figure>
  );
}
