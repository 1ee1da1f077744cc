import type { Field, FieldId, FieldOption } from '../../../../webview/protocol';
import type { Problem } from '../../../core/problem';
import type { Loadable, PageModel } from '../model';
import { fieldProblem } from './views';

type Common = Partial<Pick<Field, 'hint' | 'note' | 'required' | 'disabled' | 'loading'>>;

/** Builds the fields of a page, each with the complaint about it. */
export interface Fields {
  text(
    id: FieldId,
    label: string,
    value: string,
    more?: Common & { readonly placeholder?: string; readonly rows?: number; readonly code?: boolean },
  ): Field;
  select(id: FieldId, label: string, value: string, options: readonly FieldOption[], more?: Common): Field;
  radio(id: FieldId, label: string, value: string, options: readonly FieldOption[], more?: Common): Field;
  checkbox(id: FieldId, label: string, value: boolean, more?: Common): Field;
  checklist(
    id: FieldId,
    label: string,
    values: readonly string[],
    options: readonly FieldOption[],
    more?: Common,
  ): Field;
}

/**
 * Fields with the complaints of the last try and, where something was entered, what is wrong with it at once (`live`).
 */
export function createFields({ ui, draft }: PageModel, live: ReadonlyMap<FieldId, Problem> = new Map()): Fields {
  const common = (id: FieldId, label: string, more: Common) => {
    const entered = (draft as Readonly<Record<string, unknown>>)[id];
    const isEmpty = entered === undefined || entered === '' || (Array.isArray(entered) && entered.length === 0);
    const problem = ui.fieldProblems.get(id) ?? (isEmpty ? undefined : live.get(id));
    const { hint, note, required = true, disabled = ui.running !== undefined, loading } = more;
    return {
      id,
      label,
      required,
      disabled,
      ...(hint === undefined ? {} : { hint }),
      ...(note === undefined ? {} : { note }),
      ...(loading === undefined ? {} : { loading }),
      ...(problem === undefined ? {} : fieldProblem(id, problem)),
    };
  };
  return {
    text: (id, label, value, { placeholder, rows, code = true, ...more } = {}) => ({
      ...common(id, label, more),
      kind: 'text',
      value,
      code,
      ...(placeholder === undefined ? {} : { placeholder }),
      ...(rows === undefined ? {} : { rows }),
    }),
    select: (id, label, value, options, more = {}) => ({ ...common(id, label, more), kind: 'select', value, options }),
    radio: (id, label, value, options, more = {}) => ({ ...common(id, label, more), kind: 'radio', value, options }),
    checkbox: (id, label, value, more = {}) => ({
      ...common(id, label, { required: false, ...more }),
      kind: 'checkbox',
      value,
    }),
    checklist: (id, label, values, options, more = {}) => ({
      ...common(id, label, more),
      kind: 'checklist',
      values,
      options,
    }),
  };
}

/** The part of a field that says whether its choices are there. */
export function loadingOf(loadable: Loadable<unknown> | undefined): Pick<Field, 'loading'> {
  return loadable?.loading === true && loadable.value === undefined ? { loading: true } : {};
}
