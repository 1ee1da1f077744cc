import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { ClassAttributes, HTMLAttributes } from 'preact';

/**
 * The component library, which is archived: this file registers the elements that the wrappers beside it use, and
 * nothing else knows its name. To replace it, give the wrappers other elements.
 */
const elements = {
  button: vsCodeButton,
  checkbox: vsCodeCheckbox,
  dropdown: vsCodeDropdown,
  option: vsCodeOption,
  'progress-ring': vsCodeProgressRing,
  'text-area': vsCodeTextArea,
  'text-field': vsCodeTextField,
};

const registered = new Set<keyof typeof elements>();

/** Registers an element of the library when a page first needs it; most pages need few of them. */
export function need(...names: readonly (keyof typeof elements)[]): void {
  for (const name of names) {
    if (registered.has(name)) continue;
    registered.add(name);
    provideVSCodeDesignSystem().register(elements[name]());
  }
}

/** What the wrappers set on the library's elements. */
type ElementProps<T> = ClassAttributes<HTMLElement> & Omit<HTMLAttributes, keyof T> & T;

interface TextAttributes {
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly required?: boolean | undefined;
  readonly spellcheck?: boolean | undefined;
}

declare module 'preact' {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- this is how preact is told about elements
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': ElementProps<{ readonly appearance: 'primary' | 'secondary' | 'icon' }>;
      'vscode-checkbox': ElementProps<{ readonly checked: boolean; readonly disabled?: boolean | undefined }>;
      'vscode-dropdown': ElementProps<{ readonly disabled?: boolean | undefined; readonly position?: 'below' }>;
      'vscode-option': ElementProps<{ readonly value: string; readonly selected: boolean; readonly disabled: boolean }>;
      'vscode-progress-ring': ElementProps<object>;
      'vscode-text-area': ElementProps<TextAttributes & { readonly rows: number; readonly resize: 'vertical' }>;
      'vscode-text-field': ElementProps<TextAttributes>;
    }
  }
}
