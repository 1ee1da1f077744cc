/** Where a variable is set in a dotenv file: its whole line, or the lines of a quoted value. */
function assignment(name: string): RegExp {
  return new RegExp(
    String.raw`^([ \t]*(?:export[ \t]+)?${name}[ \t]*=[ \t]*)("(?:\\.|[^"\\])*"|'[^']*'|` +
      '`[^`]*`' +
      String.raw`|[^\r\n]*)`,
    'm',
  );
}

/** True when a dotenv file sets the variable; commented lines do not count. */
export function hasVariable(text: string, name: string): boolean {
  return assignment(name).test(text);
}

/**
 * The text of a dotenv file with a variable set: its value replaced where it stands, else a line added at the end.
 * Everything else stays as it is, line ends too. `name` consists of letters, digits and underscores.
 */
export function setVariable(text: string, name: string, value: string): string {
  const quoted = quote(value);
  if (hasVariable(text, name)) return text.replace(assignment(name), (_match, left: string) => `${left}${quoted}`);
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const separator = text === '' || text.endsWith('\n') ? '' : lineEnd;
  return `${text}${separator}${name}=${quoted}${lineEnd}`;
}

/** Single quotes keep `$`, `#` and backslashes as they are in every dotenv reader. */
function quote(value: string): string {
  return value.includes("'") ? `"${value.replace(/["\\]/g, '\\$&')}"` : `'${value}'`;
}
