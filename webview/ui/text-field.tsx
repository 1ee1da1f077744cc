import { FieldFrame } from './field';
import { useTextControl, type TextFieldProps } from './text-control';
import { need } from './toolkit';

/** One line of text. */
export function TextField(props: TextFieldProps) {
  need('text-field');
  return (
    <FieldFrame {...props}>
      <vscode-text-field {...useTextControl(props)}>{props.label}</vscode-text-field>
    </FieldFrame>
  );
}
