import { assignmentSlot } from './assignment-slot';
import { codeSlot } from './code-slot';
import { dotenvSlot } from './dotenv';
import { stringSpanAt } from './find-strings';
import { jsonSlot } from './json-slot';
import { languages } from './languages';
import { isReplaceable, sliceOf, typedBefore, type Place, type Slot, type SlotKind, type TextEdit } from './place';
import { propertiesSlot } from './properties-slot';
import { settingsFormatOf, type SettingsFormatName } from './settings-formats';
import { holdsConnectionString } from './variable-names';
import { xmlSlot } from './xml-slot';
import { yamlSlot } from './yaml-slot';

/** How a connection string is written into each format. Programs are in {@link languages}. */
const settingsSlots: Readonly<Record<SettingsFormatName, (place: Place) => Slot>> = {
  dotenv: dotenvSlot,
  json: jsonSlot,
  yaml: yamlSlot,
  properties: propertiesSlot,
  xml: xmlSlot,
};

/** What is inserted at a place. */
export interface Insertion {
  /** What the place is; see {@link SlotKind}. */
  readonly kind: SlotKind;
  readonly edits: readonly TextEdit[];
}

/** A place that reads a variable of the environment. */
export interface VariableInsertion extends Insertion {
  /** What the environment has to call it: Terraform has a prefix of its own. */
  readonly environmentName: string;
}

/** The name that is used where nobody chose one. */
export const usualVariable = 'MONGODB_URI';

/**
 * What stands at a place and how a connection string is written there. A language or format that is not known takes
 * it as plain text.
 */
export function slotAt(place: Place): Slot {
  const format = settingsFormatOf(place);
  if (format !== undefined) return settingsSlots[format.name](place);
  const language =
    languages.find(({ ids }) => ids.includes(place.languageId)) ??
    languages.find(({ files }) => files?.test(place.fileName) === true);
  if (language?.isSettings === true) return assignmentSlot(language, place);
  if (language !== undefined) return codeSlot(language, place);
  const { start, end, text } = place;
  const typed = start === end ? typedBefore(text, start) : '';
  const span = stringSpanAt(text, place) ?? { start: start - typed.length, end };
  return { kind: 'text', span, content: start === end ? sliceOf(text, span) : '', write: (value) => value };
}

/**
 * Puts a connection string at a place, in the form that the place wants: escaped inside of a literal, with quotes
 * outside of one, as the value of the key that stands there, or as an entry of its own (called `name`). A string that
 * stands there is replaced. Undefined when the place cannot hold the value: another kind of literal is needed then.
 */
export function insertString(place: Place, value: string, name: string = usualVariable): Insertion | undefined {
  const slot = slotAt(place);
  const newText = slot.write(value, name);
  if (newText === undefined) return undefined;
  return { kind: slot.kind, edits: [...(slot.also ?? []), { span: slot.span, newText }] };
}

/**
 * Makes a place read its connection string from an environment variable, in the language's own way, with the import
 * that takes. Undefined where there is no way: the format has none, or a literal stands there that nothing can be put
 * into. The variable is set by `variableEdit` of `dotenv.ts`.
 */
export function insertVariable(place: Place, variable: string): VariableInsertion | undefined {
  const { kind, read, environmentName } = slotAt(place);
  const edits = read?.(variable);
  return edits === undefined ? undefined : { kind, edits, environmentName: environmentName?.(variable) ?? variable };
}

/** True where a variable cannot be read because the value has to be known when the program is compiled. */
export function isConstant(place: Place): boolean {
  return slotAt(place).isConstant === true;
}

/**
 * True where a connection string may be offered while typing: in a literal or value that is the beginning of one or
 * belongs to a name that holds one, behind such a name, and behind the beginning of one anywhere.
 */
export function wantsString(slot: Slot): boolean {
  const { kind, content, name } = slot;
  const isNamed = name !== undefined && holdsConnectionString(name);
  if (kind === 'literal' || kind === 'value') return isNamed || (content.trim() !== '' && isReplaceable(content));
  return content !== '' || (kind === 'code' && isNamed);
}
