import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { fieldDescription, type FieldProps } from './field';

/**
 * Tells assistive technology about the hint and the problem of a text control. The library keeps the real control in a
 * shadow tree, where an id of the page cannot be referred to: so a copy of the words goes into that tree.
 */
export function useDescribedControl(
  host: RefObject<HTMLElement | null>,
  texts: Pick<FieldProps, 'hint' | 'problem'>,
): void {
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
