/** Words on one line as long as they fit, else one flag a line. */
export function foldAtFlags(words: readonly string[], continuation: string, indent: string): string {
  const line = words.join(' ');
  if (line.length <= 100) return line;
  const folded: string[][] = [];
  for (const word of words) {
    const last = folded.at(-1);
    if (last === undefined || word.startsWith('--')) folded.push([word]);
    else last.push(word);
  }
  return folded.map((part) => part.join(' ')).join(`${continuation}\n${indent}  `);
}

export function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

/** A text of several lines as those, however they end. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/u);
}
