import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { need } from './toolkit';

export interface ButtonProps {
  readonly id?: string | undefined;
  /** One primary button at most in each group. */
  readonly kind?: 'primary' | 'secondary' | undefined;
  /** A codicon before the text. */
  readonly icon?: string | undefined;
  /** The name, where the text alone would be ambiguous: "Copy" of which string. Must contain the text. */
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  /** For a button that shows and hides something. */
  readonly expanded?: boolean | undefined;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/**
 * A disabled button keeps its place in the tab order, so that the focus is not lost when something starts, and says that
 * it is disabled.
 */
export function Button({ id, kind = 'secondary', icon, name, disabled, expanded, onClick, children }: ButtonProps) {
  need('button');
  const host = useExpanded(expanded);
  return (
    <vscode-button
      ref={host}
      id={id}
      appearance={kind}
      aria-label={name}
      aria-disabled={disabled === true ? 'true' : undefined}
      onClick={() => {
        if (disabled !== true) onClick();
      }}
    >
      {icon === undefined ? null : <span slot="start" class={`codicon codicon-${icon}`} aria-hidden="true" />}
      {children}
    </vscode-button>
  );
}

export interface IconButtonProps {
  readonly icon: string;
  /** Is the name and the tooltip. */
  readonly name: string;
  readonly onClick: () => void;
}

/**
 * A button that is only an icon; its name shows when the pointer rests on it. There is one beside each of many values:
 * a plain element costs a tenth of one of the library.
 */
export function IconButton({ icon, name, onClick }: IconButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={name} title={name} onClick={onClick}>
      <i class={`codicon codicon-${icon}`} aria-hidden="true" />
    </button>
  );
}

/** The library hands `aria-expanded` on only when it is set as a property, which TypeScript does not know of. */
function useExpanded(expanded: boolean | undefined) {
  const host = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (host.current !== null && expanded !== undefined) Reflect.set(host.current, 'ariaExpanded', String(expanded));
  }, [expanded]);
  return host;
}
