import { t } from '@vscode/l10n';
import type { ElsewhereSection, Running, StepState } from '../protocol';
import { Button } from '../ui/button';
import { Icon } from '../ui/icon';
import { ActionControl } from './actions';
import { Commands } from './commands';
import { usePage } from './context';
import { DetailsList } from './details-list';
import { FieldGroups, Fields } from './fields';
import { Findings, FindingView } from './findings';
import { RunningPanel } from './running';
import { Strings } from './strings';
import { stepIcons } from './tone';
import { WaitingPanel } from './waiting';

export interface StepProps {
  readonly step: StepState;
  readonly current: boolean;
  readonly open: boolean;
  readonly running: Running | undefined;
  readonly onToggle: () => void;
}

/** One step of the set-up: its heading opens and closes it. */
export function Step({ step, current, open, running, onToggle }: StepProps) {
  const { id, number, title, status, statusText, summary } = step;
  return (
    <li class={`step step-${status}`} aria-current={current ? 'step' : undefined}>
      <h3>
        <button
          type="button"
          id={`step-${id}`}
          class="step-toggle"
          aria-expanded={open}
          aria-controls={`step-${id}-body`}
          onClick={onToggle}
        >
          <span class="step-number" aria-hidden="true">
            {number}
          </span>
          <span class="step-title">
            <span class="visually-hidden">{t('Step {0}:', number)} </span>
            {title}
          </span>
          <span class="step-status">
            <Icon name={stepIcons[status]} class={status === 'waiting' ? 'turning' : undefined} /> {statusText}
          </span>
          <Icon name={open ? 'chevron-down' : 'chevron-right'} class="step-chevron" />
        </button>
      </h3>
      <div class="step-body" id={`step-${id}-body`} hidden={!open}>
        {open ? (
          <>
            <p class="step-summary">{summary}</p>
            <StepBody step={step} running={running} />
          </>
        ) : null}
      </div>
    </li>
  );
}

function StepBody({ step, running }: { readonly step: StepState; readonly running: Running | undefined }) {
  const { id, findings, fieldGroups, details, waiting, problem, strings, commands, elsewhere } = step;
  return (
    <>
      {problem === undefined ? null : (
        <div id={`step-${id}-problem`} tabIndex={-1} class="step-problem">
          <FindingView finding={problem} />
        </div>
      )}
      <Findings findings={findings} />
      <DetailsList details={details} about={step.title} />
      {waiting === undefined ? null : <WaitingPanel waiting={waiting} />}
      <FieldGroups groups={fieldGroups} place={id} />
      {running === undefined ? null : <RunningPanel running={running} />}
      <Ways step={step} />
      {commands?.open === true ? <Commands commands={commands} step={id} /> : null}
      {elsewhere?.open === true ? <Elsewhere elsewhere={elsewhere} step={step} /> : null}
      {strings === undefined ? null : <Strings clusters={strings} />}
    </>
  );
}

/** The three ways to get a step done. */
function Ways({ step }: { readonly step: StepState }) {
  const page = usePage();
  const { id, title, doIt, whyNotHere, commands, elsewhere } = step;
  if (doIt === undefined && whyNotHere === undefined && commands === undefined && elsewhere === undefined) return null;
  return (
    <>
      {whyNotHere === undefined ? null : <p class="why-not">{whyNotHere}</p>}
      <div class="actions ways">
        {doIt === undefined ? null : <ActionControl action={doIt} step={id} />}
        {commands === undefined ? null : (
          <Button
            icon="terminal"
            name={t('Show commands: {0}', title)}
            expanded={commands.open}
            onClick={() => page.send({ type: 'show-commands', step: id, open: !commands.open })}
          >
            {t('Show commands')}
          </Button>
        )}
        {elsewhere === undefined ? null : (
          <Button
            icon="link-external"
            name={t('I did it elsewhere: {0}', title)}
            expanded={elsewhere.open}
            onClick={() => page.send({ type: 'show-elsewhere', step: id, open: !elsewhere.open })}
          >
            {t('I did it elsewhere')}
          </Button>
        )}
      </div>
    </>
  );
}

function Elsewhere({ elsewhere, step }: { readonly elsewhere: ElsewhereSection; readonly step: StepState }) {
  return (
    <section class="elsewhere" aria-label={t('I did it elsewhere')}>
      <p>{elsewhere.intro}</p>
      <Fields fields={elsewhere.fields} place={step.id} />
      <div class="actions">
        <ActionControl action={elsewhere.submit} step={step.id} />
      </div>
    </section>
  );
}
