import { t } from '@vscode/l10n';
import type { EditorProblemCode } from '../core/problem-codes/editor';
import type { Problem } from '../core/problem';
import type { ProblemTexts } from './problem-text';

const unworded = (problem: Problem) => ({ title: t('{0}: {1}', problem.code, problem.subject), fixes: [] });

export const editorProblems = {
  UNEXPECTED: unworded,
} satisfies ProblemTexts<EditorProblemCode>;
