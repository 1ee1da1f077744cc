import { useRef } from 'preact/hooks';
import { FieldFrame, type FieldProps } from './field';
import { useDescribedControl } from './text-control';
import './toolkit';

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly required?: boolean | undefined;
  /** Ids, addresses, JSON: in the font of the editor. */
  readonly code?: boolean | undefined;
  /** Called at each change while typing. */
  readonly onInput: (value: string) => void;
  /** Called when the person is done with it: leaves it, or presses Enter. */
  readonly onCommit?: ((value: string) => void) | undefined;
}

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const { id, label, value, placeholder, required, disabled, onInput, onCommit } = props;
  const host = useRef<HTMLElement>(null);
  useDescribedControl(host, props);
  return (
    <FieldFrame {...props}>
      <vscode-text-field
        ref={host}
        id={id}
        class={props.code === true ? 'text-control code' : 'text-control'}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        required={required}
        disabled={disabled}
        spellcheck={false}
        onInput={(event) => onInput(valueOf(event))}
        onChange={onCommit === undefined ? undefined : (event) => onCommit(valueOf(event))}
      >
        {label}
      </vscode-text-field>
    </FieldFrame>
  );
}

/** The text in the element that an event came from. */
export function valueOf({ currentTarget }: Event): string {
  const value: unknown = currentTarget === null ? '' : Reflect.get(currentTarget, 'value');
  return typeof value === 'string' ? value : '';
}
