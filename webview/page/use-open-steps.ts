import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Bootstrap, PageState, StepId } from '../protocol';
import type { Host } from './host';

/** Which steps are open: the current one, unless the person said otherwise. */
export interface OpenSteps {
  readonly isOpen: (step: StepId) => boolean;
  readonly toggle: (step: StepId) => void;
  readonly open: (step: StepId) => void;
}

/** Keeps which steps are open, and has the editor remember what the page is about and where the person was. */
export function useOpenSteps(
  { restorable }: Bootstrap,
  host: Host,
  state: Pick<PageState, 'page' | 'currentStep'> | undefined,
): OpenSteps {
  const current = state?.currentStep;
  const page = state?.page;
  const [said, say] = useState<ReadonlyMap<StepId, boolean>>(
    new Map(restorable.step === undefined ? [] : [[restorable.step, true]]),
  );
  const last = [...said].findLast(([, open]) => open)?.[0] ?? current;
  useEffect(() => {
    if (page !== undefined) host.remember({ page, ...(last === undefined ? {} : { step: last }) });
  }, [host, page, last]);
  return useMemo(() => {
    const isOpen = (step: StepId) => said.get(step) ?? step === current;
    const set = (step: StepId, open: boolean) => {
      // Goes on from what was said last, which may not be drawn yet.
      say((before) => {
        const next = new Map(before);
        next.delete(step);
        return next.set(step, open);
      });
    };
    return { isOpen, toggle: (step) => set(step, !isOpen(step)), open: (step) => set(step, true) };
  }, [said, current]);
}
