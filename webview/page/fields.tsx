import { t } from '@vscode/l10n';
import type { ComponentChildren } from 'preact';
import type { Field, FieldGroup, FieldOption } from '../protocol';
import { Checkbox } from '../ui/checkbox';
import { Dropdown } from '../ui/dropdown';
import { describedBy, FieldTexts, type FieldProblem } from '../ui/field';
import { Icon } from '../ui/icon';
import { ProgressRing } from '../ui/progress-ring';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';
import { usePage } from './context';
import { TextBlockView } from './text-block';
import { severityIcons } from './tone';

/** Fields under a legend, with advice about all of them; `place` tells them from the same ones elsewhere on the page. */
export function FieldGroups({ groups, place }: { readonly groups: readonly FieldGroup[]; readonly place: string }) {
  return (
    <>
      {groups.map((group) => (
        <fieldset
          key={group.id}
          class="field-group"
          aria-describedby={group.hint === undefined ? undefined : hintId(place, group)}
        >
          <legend>{group.legend}</legend>
          {group.hint === undefined ? null : (
            <p class="hint" id={hintId(place, group)}>
              {group.hint}
            </p>
          )}
          <Fields fields={group.fields} place={place} />
        </fieldset>
      ))}
    </>
  );
}

function hintId(place: string, { id }: FieldGroup): string {
  return `group-${place}-${id}-hint`;
}

export function Fields({ fields, place }: { readonly fields: readonly Field[]; readonly place: string }) {
  return (
    <>
      {fields.map((field) => (
        <div key={field.id} class="field-row" data-field={field.id}>
          <FieldControl field={field} id={`field-${place}-${field.id}`} />
          {field.block === undefined ? null : <TextBlockView block={field.block} />}
          {field.loading === true ? (
            <p class="loading">
              <ProgressRing /> {t('Reading the choices…')}
            </p>
          ) : null}
          {field.note === undefined ? null : (
            <p class="note">
              <Icon name="info" /> {field.note}
            </p>
          )}
        </div>
      ))}
    </>
  );
}

function FieldControl({ field, id }: { readonly field: Field; readonly id: string }) {
  const page = usePage();
  const common = {
    id,
    label: field.required ? field.label : t('{0} (optional)', field.label),
    hint: field.hint,
    problem: fieldProblem(field),
    disabled: field.disabled,
  };
  switch (field.kind) {
    case 'text': {
      const text = {
        ...common,
        value: page.value(field.id, field.value),
        placeholder: field.placeholder,
        required: field.required,
        code: field.code,
        onInput: (value: string) => page.type(field.id, value),
        onCommit: (value: string) => page.commit(field.id, value),
      };
      return field.rows === undefined ? <TextField {...text} /> : <TextArea {...text} rows={field.rows} />;
    }
    case 'select':
      return (
        <Dropdown
          {...common}
          value={page.value(field.id, field.value)}
          options={selectable(field.options, field.value)}
          onChange={(value) => page.choose(field.id, value)}
        />
      );
    case 'checkbox':
      return (
        <div class={field.problem === undefined ? 'field' : 'field invalid'}>
          <Checkbox
            id={id}
            // A box that may stay empty needs no "optional".
            label={field.label}
            checked={page.value(field.id, field.value)}
            disabled={common.disabled}
            describedBy={describedBy(common)}
            invalid={common.problem !== undefined}
            onChange={(value) => page.choose(field.id, value)}
          />
          <FieldTexts {...common} />
        </div>
      );
    case 'radio':
      return (
        <OptionSet {...common} options={field.options}>
          {(option, optionId) => (
            <label class="radio" for={optionId}>
              <input
                type="radio"
                id={optionId}
                name={id}
                value={option.value}
                checked={option.value === page.value(field.id, field.value)}
                disabled={common.disabled || option.unavailable !== undefined}
                aria-describedby={optionTexts(option, optionId)}
                aria-invalid={common.problem !== undefined}
                onChange={() => page.choose(field.id, option.value)}
              />
              <span>{option.label}</span>
            </label>
          )}
        </OptionSet>
      );
    case 'checklist': {
      const values = page.value(field.id, field.values);
      return (
        <OptionSet {...common} options={field.options}>
          {(option, optionId) => (
            <Checkbox
              id={optionId}
              label={option.label}
              checked={values.includes(option.value)}
              disabled={common.disabled || option.unavailable !== undefined}
              describedBy={optionTexts(option, optionId)}
              invalid={common.problem !== undefined}
              onChange={(checked) =>
                page.choose(
                  field.id,
                  // In the order of the options, whatever the order of the clicks.
                  field.options
                    .map(({ value }) => value)
                    .filter((value) => (value === option.value ? checked : values.includes(value))),
                )
              }
            />
          )}
        </OptionSet>
      );
    }
  }
}

interface OptionSetProps {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: FieldProblem | undefined;
  readonly options: readonly FieldOption[];
  readonly children: (option: FieldOption, id: string) => ComponentChildren;
}

/** Options that all show, under the headings of their groups. */
function OptionSet({ id, label, hint, problem, options, children }: OptionSetProps) {
  const groups = [...Map.groupBy(options, ({ group }) => group)];
  return (
    <fieldset
      id={id}
      class={problem === undefined ? 'option-set field' : 'option-set field invalid'}
      aria-describedby={describedBy({ id, hint, problem })}
    >
      <legend>{label}</legend>
      {options.length === 0 ? <p class="empty">{t('There is nothing to choose from.')}</p> : null}
      {groups.map(([group, members], index) => {
        const list = members.map((option) => {
          const optionId = `${id}-${option.value}`;
          return (
            <li key={option.value} class={option.unavailable === undefined ? undefined : 'unavailable'}>
              {children(option, optionId)}
              <OptionTexts option={option} id={optionId} />
            </li>
          );
        });
        if (group === undefined) return <ul key="">{list}</ul>;
        return (
          <div key={group} role="group" aria-labelledby={`${id}-group-${index}`} class="option-group">
            <p class="option-group-name" id={`${id}-group-${index}`}>
              {group}
            </p>
            <ul>{list}</ul>
          </div>
        );
      })}
      <FieldTexts id={id} hint={hint} problem={problem} />
    </fieldset>
  );
}

function OptionTexts({ option, id }: { readonly option: FieldOption; readonly id: string }) {
  const text = option.unavailable ?? option.description;
  if (text === undefined) return null;
  const tone = option.unavailable === undefined ? option.tone : undefined;
  return (
    <p class="option-text" id={`${id}-text`}>
      {tone === undefined ? null : <Icon name={severityIcons[tone]} class={`severity-${tone}`} />}
      {text}
    </p>
  );
}

function optionTexts({ description, unavailable }: FieldOption, id: string): string | undefined {
  return description === undefined && unavailable === undefined ? undefined : `${id}-text`;
}

/** A list shows one line for each option, with what there is to say about it. */
function selectable(options: readonly FieldOption[], value: string) {
  const choices = options.map((option) => {
    const text = option.unavailable ?? option.description;
    return {
      value: option.value,
      label: text === undefined ? option.label : `${option.label} – ${text}`,
      disabled: option.unavailable !== undefined,
    };
  });
  const known = choices.some((choice) => choice.value === value);
  return known ? choices : [{ value, label: value === '' ? t('Choose…') : value, disabled: false }, ...choices];
}

function fieldProblem({ problem }: Field): FieldProblem | undefined {
  return problem === undefined ? undefined : { title: problem, remedies: [] };
}
