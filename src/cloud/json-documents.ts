/** More than any of these commands prints: fifty forwarding rules are about 60,000 characters. */
export const maximumOutput = 500_000;

/** Characters that are looked at before a text is given up: one of brackets that nothing closes is read many times. */
const maximumEffort = 30 * maximumOutput;

/** What it takes to try one place, beside its length, in characters: a place that is no JSON is an exception. */
const effortOfTry = 1000;

/**
 * The JSON objects and arrays in a text that was copied from a terminal, in their order. Whatever stands before,
 * between and after them (prompts, progress, a command that was copied too) is passed over.
 */
export function readJsonDocuments(text: string): readonly unknown[] {
  const documents: unknown[] = [];
  const opening = /[{[]/gu;
  let effort = 0;
  while (effort < maximumEffort) {
    const start = opening.exec(text)?.index;
    if (start === undefined) break;
    const end = endOfDocument(text, start);
    effort += (end ?? text.length) - start + effortOfTry;
    const parsed = end === undefined ? undefined : parse(text.slice(start, end));
    if (parsed === undefined) continue;
    documents.push(parsed);
    opening.lastIndex = end ?? text.length;
  }
  return documents;
}

/** Behind the bracket that closes the one at `start`; undefined when nothing does. */
function endOfDocument(text: string, start: number): number | undefined {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') {
      inString = true;
    } else if (character === '{' || character === '[') {
      depth += 1;
    } else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return undefined;
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

// ---------------------------------------------------------------- reading unknown values

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in a value that is one, or a list of some. */
export function objectsIn(value: unknown): readonly JsonObject[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isObject);
}

/** A property that is a text and not empty. */
export function textIn(object: JsonObject, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/**
 * The objects in a document; of what `terraform output -json` prints of a folder also the values of its outputs, which it
 * prints alone where an output is named.
 */
export function objectsWithOutputs(document: unknown): readonly JsonObject[] {
  return objectsIn(document).flatMap((object) => [
    object,
    ...Object.values(object).flatMap((output) =>
      isObject(output) && 'type' in output && 'sensitive' in output ? objectsIn(output.value) : [],
    ),
  ]);
}
