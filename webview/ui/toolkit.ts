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
provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextArea(),
  vsCodeTextField(),
);

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
