/** One choice in a list. */
export interface Choice<T> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** Shown, but not to be taken: says why in `detail`. */
  readonly unavailable?: boolean;
  /** A heading; not to be taken. */
  readonly separator?: boolean;
  readonly value: T;
}

/** Where a question stands in a series. */
export interface Step {
  readonly title: string;
  /** From 1. */
  readonly step?: number;
  readonly totalSteps?: number;
  /** Offers a Back button: the answer is then `back`. */
  readonly canGoBack?: boolean;
}

/** The person wants the question before. In the symbol registry, so that tests in a bundle of their own know it. */
export const back = Symbol.for('atlasPrivateEndpoints.back');

export type Answer<T> = T | typeof back | undefined;

/**
 * Everything that asks a person something. The one seam where tests answer instead. `undefined` means: dismissed.
 */
export interface Prompts {
  pick<T>(
    question: Step & {
      readonly placeholder: string;
      readonly choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
      /** Marked as the current one when it opens. */
      readonly active?: (value: T) => boolean;
    },
  ): Promise<Answer<T>>;
  input(
    question: Step & {
      readonly prompt: string;
      readonly placeholder?: string;
      readonly value?: string;
      readonly password?: boolean;
      /** A complaint, or undefined when the text will do. */
      readonly validate?: (text: string) => string | undefined;
    },
  ): Promise<Answer<string>>;
  /** A question that must be answered before anything else; false when dismissed. */
  confirm(question: { readonly message: string; readonly detail?: string; readonly action: string }): Promise<boolean>;
  /** A file on the machine the extension runs on; its absolute path. */
  file(question: { readonly title: string; readonly extensions: readonly string[] }): Promise<string | undefined>;
}

/**
 * One question of a series; answers with the new state, `back`, or undefined when dismissed. `before` is what it answered
 * with when it was asked before: what was typed stands there again after going back.
 */
export type SeriesStep<S> = (
  state: S,
  at: Pick<Step, 'step' | 'totalSteps' | 'canGoBack'>,
  before: S | undefined,
) => Promise<Answer<S>>;

/**
 * Asks a series of questions with a way back to the one before. A step that has nothing to ask returns its state
 * without asking; going back passes over it. Resolves with undefined when the person gave up.
 */
export async function askInSeries<S>(initial: S, steps: readonly SeriesStep<S>[]): Promise<S | undefined> {
  const states: S[] = [initial];
  const asked: boolean[] = [];
  let index = 0;
  while (index < steps.length) {
    const step = steps[index];
    const state = states[index];
    if (step === undefined || state === undefined) break;
    // Numbered by what was really asked: a step that had no question is none for the person.
    const askedBefore = asked.slice(0, index).filter(Boolean).length;
    const at = {
      step: askedBefore + 1,
      totalSteps: askedBefore + steps.length - index,
      canGoBack: askedBefore > 0,
    };
    const answer = await step(state, at, states[index + 1]);
    if (answer === undefined) return undefined;
    if (answer === back) {
      do index -= 1;
      while (index > 0 && asked[index] !== true);
      continue;
    }
    asked[index] = answer !== state;
    states[index + 1] = answer;
    index += 1;
  }
  return states[steps.length];
}
