import type { ComponentChildren } from 'preact';
import { need } from './toolkit';

export interface CheckboxProps {
  readonly id?: string | undefined;
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean | undefined;
  /** Ids of elements with more about it. */
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean | undefined;
  readonly onChange: (checked: boolean) => void;
  /** What stands beside the label and is not part of the name. */
  readonly children?: ComponentChildren;
}

/** Yes or no. */
export function Checkbox({ id, label, checked, disabled, describedBy, invalid, onChange, children }: CheckboxProps) {
  need('checkbox');
  return (
    <div class="checkbox">
      <vscode-checkbox
        id={id}
        aria-label={label}
        aria-describedby={describedBy}
        aria-invalid={invalid ?? false}
        checked={checked}
        disabled={disabled}
        onChange={({ currentTarget }: Event) => {
          // The library also tells of changes that we made ourselves.
          const now = currentTarget !== null && Reflect.get(currentTarget, 'checked') === true;
          if (now !== checked) onChange(now);
        }}
      >
        {label}
      </vscode-checkbox>
      {children}
    </div>
  );
}
