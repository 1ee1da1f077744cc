import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

export interface FoldProps {
  readonly class?: string;
  /** Open from the start; the person opens and closes it then. */
  readonly open?: boolean;
  readonly summary: ComponentChildren;
  readonly children: () => ComponentChildren;
}

/** Opens on demand. What is in it is made when it is first opened: a long list of closed ones costs little. */
export function Fold({ class: name, open = false, summary, children }: FoldProps) {
  const [opened, setOpened] = useState(open);
  return (
    <details
      class={name}
      open={open}
      // Also when the editor's search or a script opens it.
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) setOpened(true);
      }}
    >
      {/* Earlier than the event above: it never shows empty. */}
      <summary onClick={() => setOpened(true)}>{summary}</summary>
      {opened || open ? children() : null}
    </details>
  );
}
