import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FieldId, PageState, ToExtension } from '../protocol';
import type { Page } from './context';
import { holdMs, noDrafts, settle, shown, unsent, withSent, withTyped, type Drafts, type FieldValue } from './drafts';
import { fieldValues } from './fields-of';
import type { Host } from './host';

/** How long typing has to rest before the extension is told; milliseconds. */
const typingRestMs = 400;

/** What is entered on the page, over what the extension says, and the way of both to the extension. */
export function useDrafts(
  host: Host,
  state: PageState | undefined,
): Pick<Page, 'send' | 'value' | 'type' | 'commit' | 'choose'> {
  const [drafts, setDrafts] = useState(noDrafts);
  const desk = useRef(createDesk(host, setDrafts)).current;
  useEffect(() => {
    if (state === undefined) return undefined;
    const values = fieldValues(state);
    desk.settle(values);
    // What was held against this state gives way to it when no other comes.
    const timer = setTimeout(() => desk.settle(values), holdMs);
    return () => clearTimeout(timer);
  }, [desk, state]);
  return useMemo(() => ({ ...desk, value: (field, fromState) => shown(drafts, field, fromState) }), [desk, drafts]);
}

function createDesk(host: Host, show: (drafts: Drafts) => void) {
  let drafts: Drafts = noDrafts;
  const resting = new Map<string, ReturnType<typeof setTimeout>>();
  const keep = (next: Drafts) => {
    if (next === drafts) return;
    drafts = next;
    show(next);
  };
  const post = (field: FieldId, value: FieldValue) => {
    clearTimeout(resting.get(field));
    keep(withSent(drafts, field, value, Date.now()));
    host.post({ type: 'set', field, value });
  };
  return {
    type: (field: FieldId, value: string) => {
      clearTimeout(resting.get(field));
      keep(withTyped(drafts, field, value));
      resting.set(
        field,
        setTimeout(() => post(field, value), typingRestMs),
      );
    },
    commit: (field: FieldId, value: string) => {
      const draft = drafts.get(field);
      // Leaving a field that was not typed into is no news, and a rest while typing may have sent it already.
      if (draft !== undefined && (draft.sentAt === undefined || draft.value !== value)) post(field, value);
    },
    choose: post,
    send: (message: ToExtension) => {
      for (const [field, value] of unsent(drafts)) post(field, value);
      host.post(message);
    },
    settle: (values: ReadonlyMap<FieldId, FieldValue>) => keep(settle(drafts, values, focusedField(), Date.now())),
  };
}

function focusedField(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-field]')?.dataset.field;
}
