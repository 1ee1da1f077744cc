import type { ComponentChildren } from 'preact';

/** What is wrong with a field, in words. */
export interface FieldProblem {
  readonly title: string;
  readonly remedies: readonly string[];
}

/** What every field has. */
export interface FieldProps {
  /** Unique on the page. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: FieldProblem | undefined;
  readonly disabled?: boolean | undefined;
}

/** The text that a screen reader says after the name of a field: what is wrong first, then the hint. */
export function fieldDescription({ hint, problem }: Pick<FieldProps, 'hint' | 'problem'>): string {
  return [problem?.title, ...(problem?.remedies ?? []), hint].filter((text) => text !== undefined).join(' ');
}

/** Ids of the elements that {@link FieldTexts} makes and that hold text, for `aria-describedby`. */
export function describedBy({ id, hint, problem }: Pick<FieldProps, 'id' | 'hint' | 'problem'>): string | undefined {
  const ids = [problem === undefined ? [] : [`${id}-problem`], hint === undefined ? [] : [`${id}-hint`]].flat();
  return ids.length === 0 ? undefined : ids.join(' ');
}

/** The texts that belong to a field, before and after the control itself. */
export function FieldFrame({ id, hint, problem, children }: FieldProps & { readonly children: ComponentChildren }) {
  return (
    <div class={problem === undefined ? 'field' : 'field invalid'}>
      {children}
      <FieldTexts id={id} hint={hint} problem={problem} />
    </div>
  );
}

/** Hint and problem of a field, each with an id that the field is described by. */
export function FieldTexts({ id, hint, problem }: Pick<FieldProps, 'id' | 'hint' | 'problem'>) {
  return (
    <>
      {problem === undefined ? null : (
        <div id={`${id}-problem`} class="field-problem">
          <i class="codicon codicon-error" aria-hidden="true" />
          <div>
            <p>{problem.title}</p>
            {problem.remedies.length === 0 ? null : (
              <ul>
                {problem.remedies.map((remedy) => (
                  <li key={remedy}>{remedy}</li>
                ))}
              </ul>
            )}
          </div>
        </div>
      )}
      {hint === undefined ? null : (
        <p id={`${id}-hint`} class="hint">
          {hint}
        </p>
      )}
    </>
  );
}
