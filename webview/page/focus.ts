import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FocusTarget, PageState, StepId } from '../protocol';
import { firstProblem, stepOfField } from './fields-of';
import type { OpenSteps } from './use-open-steps';

/** After so long a place that is not on the page is not waited for; milliseconds. */
const patienceMs = 3000;

/** Where the focus has to go, once that is on the page. */
interface Wish {
  readonly target: FocusTarget | { readonly kind: 'problem'; readonly step: StepId };
  readonly until: number;
}

export interface Focus {
  /** Moves the focus as soon as the place is there; opens the step that hides it. */
  readonly go: (target: FocusTarget) => void;
  /** After the answer about this step, the focus goes to what is wrong in it. */
  readonly expectAnswer: (step: StepId) => void;
}

/**
 * Moves the focus where the person has to look next: to what the extension names, to the first problem after an answer,
 * to a question that has come up and back again, and to the current step when the element that had it has gone.
 */
export function useFocus(state: PageState | undefined, steps: OpenSteps): Focus {
  const [wish, setWish] = useState<Wish>();
  const go = useCallback((target: Wish['target']) => setWish({ target, until: Date.now() + patienceMs }), []);
  const expectAnswer = useAnswers(state, go);
  useQuestions(state, go);
  useLayoutEffect(() => {
    if (wish === undefined || state === undefined) return;
    const step = stepOf(wish.target, state);
    if (Date.now() > wish.until) setWish(undefined);
    else if (step !== undefined && !steps.isOpen(step)) steps.open(step);
    else if (focus(elementOf(wish.target))) setWish(undefined);
  });
  useLostFocus(state);
  return { go, expectAnswer };
}

/** Looks for problems in the first states after *Do it*: at a field at once, in the whole step when it has run. */
function useAnswers(state: PageState | undefined, go: (target: Wish['target']) => void): (step: StepId) => void {
  const expected = useRef<{ readonly step: StepId; readonly revision: number; ran: boolean } | undefined>(undefined);
  useEffect(() => {
    const wanted = expected.current;
    if (wanted === undefined || state === undefined) return;
    if (state.running !== undefined) wanted.ran = true;
    if (state.running !== undefined || state.revision <= wanted.revision) return;
    const step = state.steps.find(({ id }) => id === wanted.step);
    const field = step === undefined ? undefined : firstProblem(step);
    if (field !== undefined) go({ kind: 'field', field });
    else if (step?.problem !== undefined && wanted.ran) go({ kind: 'problem', step: wanted.step });
    if (field !== undefined || wanted.ran) expected.current = undefined;
  }, [state, go]);
  return useCallback(
    (step) => {
      expected.current = { step, revision: state?.revision ?? 0, ran: false };
    },
    [state?.revision],
  );
}

/** To a question that has come up while the page is open, and back to where it was asked from. */
function useQuestions(state: PageState | undefined, go: (target: FocusTarget) => void): void {
  const before = useRef<{ readonly id: string | undefined; readonly from: Element | null } | undefined>(undefined);
  const id = state?.confirmation?.id;
  useLayoutEffect(() => {
    const { id: asked, from } = before.current ?? { id, from: null };
    if (id !== undefined && id !== asked) go({ kind: 'confirmation' });
    if (id === undefined && asked !== undefined && from?.isConnected === true) focus(from as HTMLElement);
    before.current = { id, from: id === undefined || id === asked ? from : document.activeElement };
  }, [id, go]);
}

/** When what had the focus has gone: to what is running, else to the current step, else to the top. */
function useLostFocus(state: PageState | undefined): void {
  const last = useRef<EventTarget | undefined>(undefined);
  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      last.current = target ?? undefined;
    };
    document.addEventListener('focusin', note);
    return () => document.removeEventListener('focusin', note);
  }, []);
  useEffect(() => {
    const gone = last.current instanceof Element && !last.current.isConnected;
    const active = document.activeElement;
    if (!gone || (active !== null && active !== document.body)) return;
    last.current = undefined;
    const places = ['running', `step-${state?.currentStep ?? ''}`, 'page-title'];
    places.some((id) => focus(document.getElementById(id)));
  });
}

function stepOf(target: Wish['target'], state: PageState): StepId | undefined {
  switch (target.kind) {
    case 'field':
      return stepOfField(state, target.field);
    case 'step':
    case 'problem':
      return target.step;
    case 'confirmation':
    case 'unfinished':
      return undefined;
  }
}

/** A field is found by its row: the control is an input, or the first of its options. */
function elementOf(target: Wish['target']): HTMLElement | null {
  switch (target.kind) {
    case 'field':
      return document.querySelector<HTMLElement>(
        `[data-field="${CSS.escape(target.field)}"] :is(input, vscode-text-field, vscode-text-area, vscode-dropdown, vscode-checkbox):not([disabled])`,
      );
    case 'step':
      return document.getElementById(`step-${target.step}`);
    case 'problem':
      return document.getElementById(`step-${target.step}-problem`);
    case 'confirmation':
      return document.getElementById('confirmation-title');
    case 'unfinished':
      return document.getElementById('finding-unfinished');
  }
}

function focus(element: HTMLElement | null): boolean {
  if (element === null) return false;
  element.focus();
  return true;
}
