import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { FieldId, StepId, ToExtension } from '../protocol';
import type { FieldValue } from './drafts';

/** What the parts of the page need from the whole. */
export interface Page {
  /** Sends what was typed and not sent yet, then this. */
  readonly send: (message: ToExtension) => void;
  /** Something is under way: other actions wait. */
  readonly busy: boolean;
  readonly value: <T extends FieldValue>(field: FieldId, fromState: T) => T;
  /** Keeps what is being typed; it is sent after a moment. */
  readonly type: (field: FieldId, value: string) => void;
  /** Sends what was typed now: the person has left the field. */
  readonly commit: (field: FieldId, value: string) => void;
  /** Sends a value that was chosen. */
  readonly choose: (field: FieldId, value: FieldValue) => void;
  /** After the answer, the focus goes to what is wrong in this step. */
  readonly expectAnswer: (step: StepId) => void;
}

const PageContext = createContext<Page | undefined>(undefined);

export const PageProvider = PageContext.Provider;

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('Outside of the page.');
  return page;
}
