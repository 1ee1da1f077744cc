/**
 * Reads a line the way PowerShell reads the arguments of a program (about_Quoting_Rules, about_Parsing), as far as
 * generated commands go: bare words, single-quoted text in which every single quote, typographic ones too, stands
 * twice, and the format operator in parentheses. Anything else is refused, so that a test fails on it.
 */
export function readPowershellWords(line: string, nativeQuote: string, cmdQuote = ''): readonly string[] {
  const words: string[] = [];
  let rest = line;
  while ((rest = rest.trimStart()) !== '') {
    const formatted =
      /^\(('(?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*') -f \$(nativeQuote|cmdQuote)\)/u.exec(
        rest,
      );
    const quoted = /^'(?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*'/u.exec(rest);
    const bare = /^[A-Za-z/-][A-Za-z0-9_./-]*/u.exec(rest);
    const [match] = formatted ?? quoted ?? bare ?? [];
    if (match === undefined) throw new Error(`PowerShell would read more than text here: ${rest}`);
    rest = rest.slice(match.length);
    if (rest !== '' && !rest.startsWith(' ')) throw new Error(`a word goes on after its end: ${rest}`);
    if (formatted !== null) {
      const pattern = unquote(formatted[1] ?? '');
      const quote = formatted[2] === 'cmdQuote' ? cmdQuote : nativeQuote;
      words.push(pattern.replaceAll(/\{\{|\}\}|\{0\}/gu, (each) => (each === '{0}' ? quote : each.charAt(0))));
    } else {
      words.push(quoted === null ? match : unquote(match));
    }
  }
  return words;
}

function unquote(text: string): string {
  return text.slice(1, -1).replaceAll(/(['\u2018\u2019\u201a\u201b])['\u2018\u2019\u201a\u201b]/gu, '$1');
}

/**
 * What a batch file gets of the words that PowerShell hands on (Windows PowerShell, and newer ones for batch files): one
 * line, quotes around what has white space, read again by the command prompt, then by the program. Refuses a line in
 * which the command prompt would read more than text.
 */
export function readBatchFileWords(words: readonly string[]): readonly string[] {
  const line = words.map((word) => (/\s/u.test(word) && !word.startsWith('"') ? `"${word}"` : word)).join(' ');
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && '()|^&<>'.includes(character)) throw new Error(`the command prompt reads more here: ${line}`);
  }
  return [...line.matchAll(/(?:"[^"]*"|[^\s"])+/gu)].map(([word]) => word.replaceAll('"', ''));
}
