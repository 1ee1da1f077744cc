import { holdsConnectionString } from '../../workspace/variable-names';

/**
 * Whether a look at the whole place is worth it when a character was typed: the beginning of a connection string stands
 * before the cursor, or the line has a name that holds one. Cheap: it runs after many keystrokes.
 */
export function mayWantString(line: string, cursor: number): boolean {
  const before = line.slice(Math.max(0, cursor - 400), cursor);
  if (/(?:mon(?:g(?:o(?:d(?:b\S*)?)?)?)?|mongodb\S*)$/.test(before)) return true;
  return [...before.matchAll(/[A-Za-z_][\w.:-]*/g)].some(([name]) =>
    holdsConnectionString(name.replace(/[:.-]+$/, '')),
  );
}
