import type { Field, FieldId, PageState, StepId, StepState } from '../protocol';
import type { FieldValue } from './drafts';

function fieldsOf({ fieldGroups, elsewhere }: StepState): readonly Field[] {
  return [...fieldGroups.flatMap(({ fields }) => fields), ...(elsewhere?.fields ?? [])];
}

/** The values of all fields of a state. */
export function fieldValues({ steps, status, confirmation }: PageState): ReadonlyMap<FieldId, FieldValue> {
  const loose = [...(status?.fieldGroups ?? []), ...(confirmation?.fieldGroups ?? [])].flatMap(({ fields }) => fields);
  return new Map(
    [...steps.flatMap(fieldsOf), ...loose].map((field) => [
      field.id,
      field.kind === 'checklist' ? field.values : field.value,
    ]),
  );
}

/** The step that a field stands in; undefined when no step has it. */
export function stepOfField({ steps }: PageState, field: FieldId): StepId | undefined {
  return steps.find((step) => fieldsOf(step).some(({ id }) => id === field))?.id;
}

/** The first field of a step that something is wrong with. */
export function firstProblem(step: StepState): FieldId | undefined {
  return fieldsOf(step).find(({ problem }) => problem !== undefined)?.id;
}
