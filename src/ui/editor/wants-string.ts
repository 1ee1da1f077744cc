import { holdsConnectionString } from '../../workspace/variable-names';

/**
 * Whether a look at the whole place is worth it when a character was typed: the beginning of a connection string stands
 * before the cursor, or the line has a name that holds one. Cheap: it runs after many keystrokes. With `isContinued`,
 * the word before the cursor may have been typed since it was.
 */
export function mayWantString(line: string, cursor: number, isContinued = false): boolean {
  const before = line.slice(Math.max(0, cursor - 400), cursor);
  if (imported.test(before)) return false;
  return isWorthIt(before) || (isContinued && isWorthIt(before.replace(/[\p{L}\p{N}][\p{L}\p{N}_. -]{0,80}$/u, '')));
}

function isWorthIt(before: string): boolean {
  if (/(?:mon(?:g(?:o(?:d(?:b\S*)?)?)?)?|mongodb\S*)$/.test(before)) return true;
  if (ofOtherLines.test(before)) return true;
  return [...before.matchAll(/[A-Za-z_][\w.:-]*/g)].some(([name]) =>
    holdsConnectionString(name.replace(/[:.-]+$/, '')),
  );
}

/** A key of YAML whose name says too little: the keys above it, or the `name:` beside it, may say more. */
const ofOtherLines = /^[\s-]*["']?(?:ur[il]|value|connection-?string)["']?:\s+["']?$/i;

/** The driver's package has the name that a connection string begins with. */
const imported = /\b(?:from|import|require|use|using|package)\b[\s(]*["'`]?mon[\w+]*$/;

/**
 * True when a change has just finished the word `mongodb`. The editor passes over trigger characters at the end of a
 * word, and within literals it does not ask for words by itself.
 */
export function endsScheme(line: string, cursor: number): boolean {
  return /(?:^|[^\w])mongodb$/.test(line.slice(Math.max(0, cursor - 8), cursor));
}
