import { t } from '@vscode/l10n';
import type { DiagnosticProblemCode } from '../core/problem-codes/diagnostics';
import type { Problem } from '../core/problem';
import type { ProblemTexts } from './problem-text';

const unworded = (problem: Problem) => ({ title: t('{0}: {1}', problem.code, problem.subject), fixes: [] });

export const diagnosticProblems = {
  UNKNOWN_AT_HOP: unworded,
} satisfies ProblemTexts<DiagnosticProblemCode>;
