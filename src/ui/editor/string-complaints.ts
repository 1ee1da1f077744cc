import { parseConnectionString } from '../../connection-string/parse';
import { describeProblem } from '../../messages/problem-text';
import type { FoundString } from '../../workspace/find-strings';

/** What is wrong with one string, for people. */
export interface StringComplaint {
  readonly severity: 'error' | 'warning' | 'information';
  readonly sentence: string;
}

/** What is wrong with a string, most serious first. A string that a program puts together is not complete here. */
export function complaintsOf({ value, isTemplate }: FoundString): readonly StringComplaint[] {
  const parsed = parseConnectionString(value);
  if (isTemplate || parsed.ok) return [];
  const { title, detail } = describeProblem(parsed.problem);
  return [{ severity: 'error', sentence: [title, detail].filter((part) => part !== undefined).join(' ') }];
}
