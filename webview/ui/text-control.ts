import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { fieldDescription, type FieldProps } from './field';

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

/** What the library's elements for text are given, of one line and of several. */
export function useTextControl(props: TextFieldProps) {
  const { id, label, value, placeholder, required, disabled, code, onInput, onCommit } = props;
  const host = useRef<HTMLElement>(null);
  useDescribedControl(host, props);
  return {
    ref: host,
    id,
    class: code === true ? 'text-control code' : 'text-control',
    'aria-label': label,
    value,
    placeholder,
    required,
    disabled,
    spellcheck: false,
    onInput: (event: Event) => onInput(valueOf(event)),
    onChange: onCommit === undefined ? undefined : (event: Event) => onCommit(valueOf(event)),
  };
}

/** The text in the element that an event came from. */
export function valueOf({ currentTarget }: Event): string {
  const value: unknown = currentTarget === null ? '' : Reflect.get(currentTarget, 'value');
  return typeof value === 'string' ? value : '';
}

/**
 * Tells assistive technology about the hint and the problem of a text control. The library keeps the real control in a
 * shadow tree, where an id of the page cannot be referred to: so a copy of the words goes into that tree.
 */
function useDescribedControl(host: RefObject<HTMLElement | null>, texts: Pick<FieldProps, 'hint' | 'problem'>): void {
  const description = fieldDescription(texts);
  const invalid = texts.problem !== undefined;
  useLayoutEffect(() => {
    const root = host.current?.shadowRoot;
    const control = root?.querySelector('.control');
    if (root === undefined || root === null || control === undefined || control === null) return;
    const words = root.querySelector('#description') ?? root.appendChild(hiddenText());
    words.textContent = description;
    if (description === '') control.removeAttribute('aria-describedby');
    else control.setAttribute('aria-describedby', 'description');
    control.setAttribute('aria-invalid', String(invalid));
  }, [host, description, invalid]);
}

function hiddenText(): HTMLElement {
  const element = document.createElement('span');
  element.id = 'description';
  element.hidden = true;
  return element;
}
