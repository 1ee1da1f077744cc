import type { ToPage } from '../protocol';

/**
 * A message from the extension, or undefined for what is none: the editor and its tools may post things of their own to
 * a page. Both ends are built together, so only what the page cannot do without is looked at.
 */
export function readMessage(data: unknown): ToPage | undefined {
  return isMessage(data) ? data : undefined;
}

function isMessage(data: unknown): data is ToPage {
  if (!isObject(data)) return false;
  switch (data.type) {
    case 'state':
      return isState(data.state);
    case 'progress':
      return isObject(data.running) && typeof data.running.title === 'string' && Array.isArray(data.running.lines);
    case 'announce':
      return typeof data.text === 'string' && typeof data.urgent === 'boolean';
    case 'focus':
      return isObject(data.target) && typeof data.target.kind === 'string';
    default:
      return false;
  }
}

function isState(state: unknown): boolean {
  return (
    isObject(state) &&
    typeof state.revision === 'number' &&
    isObject(state.page) &&
    isObject(state.header) &&
    Array.isArray(state.header.statuses) &&
    [state.notices, state.steps, state.actions].every(Array.isArray)
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
