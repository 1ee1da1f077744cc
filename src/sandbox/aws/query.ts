import { AwsRefusal, invalidValue, missing } from './refusal';

/** The parameters of a request in the Query protocol: `SubnetId.2`, `Tag.1.Key`. */
export type Query = ReadonlyMap<string, string>;

/** Reads a form or query string; the first of several values counts. Control characters are refused: XML has none. */
export function parseQuery(text: string): Query {
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(name + value)) {
      throw new AwsRefusal('InvalidCharacter', 'The request contains characters that are not valid.');
    }
    if (!query.has(name)) query.set(name, value);
  }
  return query;
}

/** The value of a parameter; an empty one counts as absent, as in EC2. */
export function textOf(query: Query, name: string): string | undefined {
  const value = query.get(name);
  return value === '' ? undefined : value;
}

export function requiredText(query: Query, name: string): string {
  const value = textOf(query, name);
  if (value === undefined) throw missing(name);
  return value;
}

/** `true` or `false` in any case; absent is false. */
export function flagOf(query: Query, name: string): boolean {
  const value = textOf(query, name)?.toLowerCase();
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalidValue(name, value, 'Expecting true or false.');
}

export function integerOf(query: Query, name: string): number | undefined {
  const value = textOf(query, name);
  if (value === undefined) return undefined;
  if (!/^-?\d{1,9}$/.test(value)) throw invalidValue(name, value, 'Expecting an integer.');
  return Number(value);
}

/** The numbered structures below a name, in the order of their numbers: `Filter.1.Name` → `[{ Name }]`. */
export function structuresOf(query: Query, prefix: string): Query[] {
  const found = new Map<number, Map<string, string>>();
  for (const [name, value] of query) {
    if (!name.startsWith(`${prefix}.`)) continue;
    const [, number, rest] = /^(\d{1,5})(?:\.(.+))?$/.exec(name.slice(prefix.length + 1)) ?? [];
    if (number === undefined) throw new AwsRefusal('UnknownParameter', `The parameter ${name} is not recognized`);
    const index = Number(number);
    const structure = found.get(index) ?? new Map<string, string>();
    structure.set(rest ?? '', value);
    found.set(index, structure);
  }
  return [...found].sort(([one], [other]) => one - other).map(([, structure]) => structure);
}

/** The numbered values below a name, in the order of their numbers: `SubnetId.1` → its value. */
export function valuesOf(query: Query, prefix: string): string[] {
  return structuresOf(query, prefix).flatMap((structure) => structure.get('') ?? []);
}

/** Refuses parameters that the sandbox would otherwise silently leave out of account. */
export function checkNames(query: Query, known: readonly string[]): void {
  for (const name of query.keys()) {
    const [first = ''] = name.split('.');
    if (!known.includes(first)) {
      throw new AwsRefusal('UnknownParameter', `The parameter ${first} is not recognized`);
    }
  }
}
