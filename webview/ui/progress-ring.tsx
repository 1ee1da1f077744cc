import { useLayoutEffect, useRef } from 'preact/hooks';
import { need } from './toolkit';

/** Something is going on; the words beside it say what. */
export function ProgressRing() {
  need('progress-ring');
  const host = useRef<HTMLElement>(null);
  // The library makes it an alert named "Loading" in English; the words beside it are the message.
  useLayoutEffect(() => {
    for (const attribute of ['role', 'aria-live', 'aria-label']) host.current?.removeAttribute(attribute);
    host.current?.setAttribute('aria-hidden', 'true');
  }, []);
  return <vscode-progress-ring ref={host} class="progress-ring" />;
}
