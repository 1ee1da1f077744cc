import { t } from '@vscode/l10n';
import { useState } from 'preact/hooks';
import type { Confirmation } from '../protocol';
import { Button } from '../ui/button';
import { Checkbox } from '../ui/checkbox';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { usePage } from './context';
import { FieldGroups } from './fields';
import { TextBlockView } from './text-block';

/** The question before something dangerous: what will happen, which strings die, and what has to be typed. */
export function ConfirmationPanel({ confirmation }: { readonly confirmation: Confirmation }) {
  const page = usePage();
  const { id, title, consequences, strings, block, fieldGroups, options, typed, confirm, cancel } = confirmation;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  // Options come with what is chosen in the fields.
  const [changed, setChanged] = useState<Readonly<Record<string, boolean>>>({});
  const isChosen = (option: Confirmation['options'][number]) => changed[option.id] ?? option.value;
  const matches = typed === undefined || text.trim() === typed.expected;
  const answer = () => {
    if (matches)
      page.send({
        type: 'confirm',
        confirmation: id,
        typed: text.trim(),
        options: options.filter(isChosen).map((option) => option.id),
      });
    else {
      setTried(true);
      document.getElementById('confirmation-typed')?.focus();
    }
  };
  return (
    <section
      class="confirmation"
      role="group"
      aria-labelledby="confirmation-title"
      onKeyDown={({ key, defaultPrevented }) => {
        // A list that was open in it has taken the key.
        if (key === 'Escape' && !defaultPrevented) page.send({ type: 'dismiss', confirmation: id });
      }}
    >
      <h2 id="confirmation-title" tabIndex={-1}>
        <Icon name="warning" /> {title}
      </h2>
      {consequences.length === 0 ? null : (
        <ol>
          {consequences.map((consequence) => (
            <li key={consequence}>{consequence}</li>
          ))}
        </ol>
      )}
      {strings.length === 0 ? null : (
        <>
          <p>{t('These connection strings stop working or change:')}</p>
          <ul class="affected-strings">
            {strings.map(({ cluster, text: affected }) => (
              <li key={affected}>
                {cluster}: <code>{affected}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      {block === undefined ? null : <TextBlockView block={block} />}
      <FieldGroups groups={fieldGroups} place="confirmation" />
      {options.map((option) => (
        <Checkbox
          key={option.id}
          label={option.label}
          checked={isChosen(option)}
          onChange={(checked) => setChanged({ ...changed, [option.id]: checked })}
        />
      ))}
      {typed === undefined ? null : (
        <TextField
          id="confirmation-typed"
          label={typed.prompt}
          value={text}
          code
          required
          problem={tried && !matches ? { title: t('Type exactly: {0}', typed.expected), remedies: [] } : undefined}
          onInput={setText}
        />
      )}
      <div class="actions">
        <span class="action look-danger">
          <Button disabled={page.busy} onClick={answer}>
            {confirm}
          </Button>
        </span>
        <Button onClick={() => page.send({ type: 'dismiss', confirmation: id })}>{cancel}</Button>
      </div>
    </section>
  );
}
