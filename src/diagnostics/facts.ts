import type { Fact } from './events';

/** Builds a list of facts from pairs; leaves out what is undefined. */
export function facts(...pairs: readonly (readonly [name: string, value: string | undefined])[]): readonly Fact[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value: shorten(value) }]));
}

/** The value of the first fact of that name. */
export function factOf({ facts: list }: { readonly facts: readonly Fact[] }, name: string): string | undefined {
  return list.find((fact) => fact.name === name)?.value;
}

/** The values of all facts of that name. */
export function factsOf({ facts: list }: { readonly facts: readonly Fact[] }, name: string): readonly string[] {
  return list.filter((fact) => fact.name === name).map(({ value }) => value);
}

/** Servers may answer anything: nothing they say is longer in a report than a line or two. */
const longestValue = 400;

function shorten(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f]+/g, ' ');
  return plain.length > longestValue ? `${plain.slice(0, longestValue)}…` : plain;
}
