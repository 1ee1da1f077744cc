import { useLayoutEffect, useRef } from 'preact/hooks';
import { describedBy, FieldFrame, type FieldProps } from './field';
import { valueOf } from './text-control';
import { need } from './toolkit';

export interface DropdownOption {
  readonly value: string;
  readonly label: string;
  /** Shown, but not to be taken. */
  readonly disabled: boolean;
}

export interface DropdownProps extends FieldProps {
  readonly value: string;
  readonly options: readonly DropdownOption[];
  readonly onChange: (value: string) => void;
}

/** One of a list. */
export function Dropdown(props: DropdownProps) {
  need('dropdown', 'option');
  const { id, label, value, options, disabled, problem, onChange } = props;
  const host = useRef<HTMLElement>(null);
  // The library reads `selected` of the options once, when they come; later changes go by the value.
  useLayoutEffect(() => {
    if (host.current !== null) Reflect.set(host.current, 'value', value);
  }, [value]);
  return (
    <FieldFrame {...props}>
      <span class="label" id={`${id}-label`} onClick={() => host.current?.focus()}>
        {label}
      </span>
      <vscode-dropdown
        // Other options are another list: the library would keep the position and change the choice.
        key={options.map((option) => option.value).join('\n')}
        ref={host}
        id={id}
        class="dropdown"
        position="below"
        aria-labelledby={`${id}-label`}
        aria-describedby={describedBy(props)}
        aria-invalid={problem !== undefined}
        disabled={disabled}
        onChange={(event: Event) => onChange(valueOf(event))}
      >
        {options.map((option) => (
          <vscode-option
            key={option.value}
            value={option.value}
            selected={option.value === value}
            disabled={option.disabled}
          >
            {option.label}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </FieldFrame>
  );
}
