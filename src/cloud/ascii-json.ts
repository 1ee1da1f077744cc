/**
 * JSON of ASCII characters only, which comes through whatever encoding stands between here and a tool: a PowerShell pipe
 * (`$OutputEncoding`), or a file that the AWS CLI reads in the encoding of the system.
 */
export function asciiJson(body: object): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(body).replaceAll(/[^ -~]/gu, (character) => character.split('').map(escape).join(''));
}
