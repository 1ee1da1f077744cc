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

const movingKeys: ReadonlySet<string> = new Set(['ArrowDown', 'ArrowUp', 'Home', 'End']);

/**
 * The library takes each step through a closed list for a choice, and Escape in an open one too. A choice may ask
 * somebody for a code: so the keys that move open the list, as in the ARIA practices, and only Enter, Tab and leaving
 * the list choose.
 */
function openFirst(event: KeyboardEvent): void {
  const { currentTarget: host, key, altKey, ctrlKey, metaKey } = event;
  if (host === null) return;
  const isOpen = Reflect.get(host, 'open') === true;
  if (isOpen) {
    if (key === 'Escape') Reflect.set(host, 'selectedIndex', Reflect.get(host, 'indexWhenOpened'));
    // The library would close the list, keep the focus, and tell nobody of the choice: closed, it lets the focus go on.
    if (key === 'Tab') {
      const isChanged = Reflect.get(host, 'selectedIndex') !== Reflect.get(host, 'indexWhenOpened');
      Reflect.set(host, 'open', false);
      if (isChanged) host.dispatchEvent(new Event('change', { bubbles: true }));
    }
    return;
  }
  const isTyping = key.length === 1 && key !== ' ' && !altKey && !ctrlKey && !metaKey;
  if (Reflect.get(host, 'disabled') === true || !(isTyping || movingKeys.has(key))) return;
  Reflect.set(host, 'open', true);
  if (isTyping) return;
  event.preventDefault();
  event.stopImmediatePropagation();
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
        onKeyDownCapture={openFirst}
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
