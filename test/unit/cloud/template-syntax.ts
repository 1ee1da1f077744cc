/**
 * Strings and brackets of a Terraform or Bicep file: every string ends on its line, every bracket is closed by its
 * own kind. Returns the strings, unescaped; throws where something is open.
 */
export function readTemplateStrings(language: 'terraform' | 'bicep', text: string): readonly string[] {
  const quote = language === 'terraform' ? '"' : "'";
  const strings: string[] = [];
  const open: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charAt(index);
    if (character === quote) {
      const { value, end } = readString(language, text, index);
      strings.push(value);
      index = end;
    } else if ('{[('.includes(character)) {
      open.push(character);
    } else if ('}])'.includes(character)) {
      const expected = { '}': '{', ']': '[', ')': '(' }[character];
      if (open.pop() !== expected) throw new Error(`${character} closes nothing: ${text.slice(0, index + 1)}`);
    }
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join('')}`);
  return strings;
}

function readString(language: 'terraform' | 'bicep', text: string, start: number): { value: string; end: number } {
  const quote = text.charAt(start);
  let value = '';
  for (let index = start + 1; index < text.length; index += 1) {
    const character = text.charAt(index);
    const pair = text.slice(index, index + 2);
    if (character === quote) return { value, end: index };
    if (character === '\n') break;
    if (character === '\\') {
      const next = text.charAt(index + 1);
      value += { n: '\n', r: '\r', t: '\t' }[next] ?? next;
      index += 1;
    } else if (language === 'terraform' && (pair === '$$' || pair === '%%') && text.charAt(index + 2) === '{') {
      value += character;
      index += 1;
    } else if (pair === '${' || (language === 'terraform' && pair === '%{')) {
      throw new Error(`interpolation: ${text.slice(index, index + 20)}`);
    } else {
      value += character;
    }
  }
  throw new Error(`string without an end: ${text.slice(start, start + 40)}`);
}
