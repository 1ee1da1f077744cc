import { useRef } from 'preact/hooks';
import { FieldFrame } from './field';
import { useDescribedControl } from './text-control';
import { valueOf, type TextFieldProps } from './text-field';
import './toolkit';

/** Several lines of text. */
export function TextArea(props: TextFieldProps & { readonly rows?: number }) {
  const { id, label, value, placeholder, required, disabled, rows = 5, onInput, onCommit } = props;
  const host = useRef<HTMLElement>(null);
  useDescribedControl(host, props);
  return (
    <FieldFrame {...props}>
      <vscode-text-area
        ref={host}
        id={id}
        class={props.code === true ? 'text-control code' : 'text-control'}
        aria-label={label}
        value={value}
        placeholder={placeholder}
        required={required}
        disabled={disabled}
        spellcheck={false}
        rows={rows}
        resize="vertical"
        onInput={(event) => onInput(valueOf(event))}
        onChange={onCommit === undefined ? undefined : (event) => onCommit(valueOf(event))}
      >
        {label}
      </vscode-text-area>
    </FieldFrame>
  );
}
