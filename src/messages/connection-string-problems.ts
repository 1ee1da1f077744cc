import { t } from '@vscode/l10n';
import type { StringProblemCode } from '../core/problem-codes/connection-string';
import type { Problem } from '../core/problem';
import type { ProblemTexts } from './problem-text';

const unworded = (problem: Problem) => ({ title: t('{0}: {1}', problem.code, problem.subject), fixes: [] });

export const stringProblems = {
  STRING_MALFORMED: unworded,
} satisfies ProblemTexts<StringProblemCode>;
