/**
 * Where a connection string stands in a line of text: from its scheme to what cannot be part of one. Atlas's
 * placeholders in angle brackets belong to it.
 */
const pattern = /mongodb(?:\+srv)?:\/\/(?:<[A-Za-z_]+>|[^\s"'`<>\\])+/g;

/** The connection string around `offset` in `text`, or the only one; without punctuation that ends a sentence. */
export function stringAt(text: string, offset: number): string | undefined {
  const found = [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    value: match[0].replace(/[),;.\]}]+$/, ''),
  }));
  const under = found.find(({ start, value }) => offset >= start && offset <= start + value.length);
  return under?.value ?? (found.length === 1 ? found[0]?.value : undefined);
}
