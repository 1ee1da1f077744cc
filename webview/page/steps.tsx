import { t } from '@vscode/l10n';
import type { PageState, StepId } from '../protocol';
import { RunningPanel } from './running';
import { Step } from './step';

export interface StepsProps {
  readonly state: PageState;
  readonly isOpen: (step: StepId) => boolean;
  readonly onToggle: (step: StepId) => void;
}

/** The set-up as an ordered list. What runs shows in its step, or above them all when it belongs to none. */
export function Steps({ state: { steps, currentStep, running }, isOpen, onToggle }: StepsProps) {
  if (steps.length === 0) return null;
  return (
    <section aria-labelledby="steps-title">
      <h2 id="steps-title">{t('Set-up')}</h2>
      <ol class="steps">
        {steps.map((step) => (
          <Step
            key={step.id}
            step={step}
            current={step.id === currentStep}
            open={isOpen(step.id)}
            running={running?.step === step.id ? running : undefined}
            onToggle={() => onToggle(step.id)}
          />
        ))}
      </ol>
    </section>
  );
}

/** What runs and belongs to no step that shows. */
export function LooseRunning({ state: { steps, running } }: { readonly state: PageState }) {
  if (running === undefined || steps.some(({ id }) => id === running.step)) return null;
  return <RunningPanel running={running} />;
}
