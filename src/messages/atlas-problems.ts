import { t } from '@vscode/l10n';
import type { AtlasProblemCode } from '../core/problem-codes/atlas';
import type { Problem } from '../core/problem';
import type { ProblemTexts } from './problem-text';

const unworded = (problem: Problem) => ({ title: t('{0}: {1}', problem.code, problem.subject), fixes: [] });

export const atlasProblems = {
  ATLAS_SIGN_IN_REFUSED: unworded,
  ATLAS_CLOCK_SKEW: unworded,
  ATLAS_FORBIDDEN: unworded,
  ATLAS_ACCESS_LIST: unworded,
  ATLAS_PAYMENT_REQUIRED: unworded,
  ATLAS_NOT_FOUND: unworded,
  ATLAS_CONFLICT: unworded,
  ATLAS_REFUSED: unworded,
  ATLAS_RATE_LIMITED: unworded,
  ATLAS_SERVER_ERROR: unworded,
  ATLAS_REPLY_UNREADABLE: unworded,
  ATLAS_TIMEOUT: unworded,
  ATLAS_UNREACHABLE: unworded,
  ATLAS_INPUT_INVALID: unworded,
  ATLAS_CLI_PROFILE_UNUSABLE: unworded,
} satisfies ProblemTexts<AtlasProblemCode>;
