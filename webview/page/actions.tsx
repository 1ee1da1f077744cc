import type { ActionButton, StepId } from '../protocol';
import { Button } from '../ui/button';
import { usePage } from './context';

/** Buttons as they stood in the state, in a row; the dangerous ones only where they are asked for. */
export function Actions({ actions, about }: { readonly actions: readonly ActionButton[]; readonly about?: string }) {
  if (actions.length === 0) return null;
  return (
    <div class="actions">
      {actions.map((action) => (
        <ActionControl key={`${action.action} ${action.subject ?? ''}`} action={action} about={about} />
      ))}
    </div>
  );
}

interface ActionControlProps {
  readonly action: ActionButton;
  /** What it is about, in words, where several buttons on the page have the same label. */
  readonly about?: string | undefined;
  /** For *Do it* and the end of *I did it elsewhere*, which have messages of their own. */
  readonly step?: StepId;
}

/** One button, with the reason beside it when it cannot be used. */
export function ActionControl({ action, about, step }: ActionControlProps) {
  const page = usePage();
  const { label, icon, look, disabled } = action;
  const act = () => {
    if (step !== undefined && (action.action === 'do' || action.action === 'submit-elsewhere')) {
      page.expectAnswer(step);
      page.send({ type: action.action, step });
    } else {
      const subject = action.subject === undefined ? {} : { subject: action.subject };
      page.send({ type: 'action', action: action.action, ...subject });
    }
  };
  const unusable = disabled !== undefined || page.busy;
  const name = about === undefined ? undefined : `${label}: ${about}`;
  return (
    <span class={`action look-${look}`}>
      {look === 'link' ? (
        <button
          type="button"
          class="link"
          aria-label={name}
          aria-disabled={unusable}
          onClick={unusable ? undefined : act}
        >
          {icon === undefined ? null : <i class={`codicon codicon-${icon}`} aria-hidden="true" />}
          {label}
        </button>
      ) : (
        <Button
          kind={look === 'primary' ? 'primary' : 'secondary'}
          icon={icon}
          name={name}
          disabled={unusable}
          onClick={act}
        >
          {label}
        </Button>
      )}
      {disabled === undefined ? null : <span class="reason">{disabled}</span>}
    </span>
  );
}

export function isDangerous({ look }: ActionButton): boolean {
  return look === 'danger';
}
