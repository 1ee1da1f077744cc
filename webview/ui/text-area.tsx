import { FieldFrame } from './field';
import { useTextControl, type TextFieldProps } from './text-control';
import { need } from './toolkit';

/** Several lines of text. */
export function TextArea({ rows = 5, ...props }: TextFieldProps & { readonly rows?: number }) {
  need('text-area');
  return (
    <FieldFrame {...props}>
      <vscode-text-area {...useTextControl(props)} rows={rows} resize="vertical">
        {props.label}
      </vscode-text-area>
    </FieldFrame>
  );
}
