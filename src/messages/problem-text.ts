import type { Problem, ProblemCode } from '../core/problem';
import { atlasProblems } from './atlas-problems';
import { availabilityProblems } from './availability-problems';
import { cloudProblems } from './cloud-problems';
import { stringProblems } from './connection-string-problems';
import { diagnosticProblems } from './diagnostic-problems';
import { editorProblems } from './editor-problems';
import { setupProblems } from './setup-problems';

/** A problem in words. */
export interface ProblemText {
  /** One sentence, the variable part last. */
  readonly title: string;
  /** What lies behind it, when the title does not say enough. */
  readonly detail?: string;
  /** What the person can do, most likely remedy first; imperative sentences. */
  readonly fixes: readonly string[];
  /** What a remedy hands over, for a place that has room for it; `language` is a language id of the editor. */
  readonly attachment?: { readonly title: string; readonly language: string; readonly text: string };
}

/** One text per code of a room. */
export type ProblemTexts<C extends ProblemCode> = Readonly<Record<C, (problem: Problem) => ProblemText>>;

const texts: ProblemTexts<ProblemCode> = {
  ...atlasProblems,
  ...availabilityProblems,
  ...cloudProblems,
  ...stringProblems,
  ...diagnosticProblems,
  ...editorProblems,
  ...setupProblems,
};

/** Whether a text is a code of this version: reports come from other versions, too. */
export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(texts, text);
}

/** The words for a problem, in the editor's display language where a translation is loaded. */
export function describeProblem(problem: Problem): ProblemText {
  return texts[problem.code](problem);
}
