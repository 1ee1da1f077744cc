import type { FieldId, PageRef, PageState, Running, Shell, StepId } from '../../../webview/protocol';
import type { Problem } from '../../core/problem';
import type { AssignedRole } from '../../core/project';
import { storable, type Draft } from '../../setup/draft';
import type { RefOf } from '../../store/element';
import type { AwsReader } from './aws-reader';
import type { StepPorts } from './do-step';
import type { Question, Removed, Unfinished } from './model';
import { pageKey } from './page-ref';
import type { PageEditor, PagePorts } from './page-ports';

/** One open page: what it works with and what it remembers. Its parts are functions over this. */
export interface Page {
  readonly ports: PagePorts;
  readonly editor: PageEditor;
  readonly aws: AwsReader;
  readonly steps: StepPorts;
  /** Shows what has changed; many changes at once are one state. */
  readonly update: () => void;
  /** Nobody sees it any more. */
  readonly isClosed: () => boolean;
  /** Something was done: what moves now is looked at soon. */
  readonly hurry: () => void;

  /** What it is about; a set-up moves on to the service that it has made. */
  ref: PageRef;
  draft: Draft;
  roles: readonly AssignedRole[] | undefined;
  shell: Shell;
  running: Running | undefined;
  /** Ends what runs. */
  abort: AbortController | undefined;
  question: Question | undefined;
  /** What the person has removed here, until something else is done. */
  removed: Removed | undefined;
  /** What did not come to its end, until something else is done. */
  unfinished: Unfinished | undefined;
  /** Something was done here: the last step is worth showing when all are done. */
  worked: boolean;
  /** The state that was made last, and its number. */
  last: PageState | undefined;
  revision: number;
  readonly openCommands: Set<StepId>;
  readonly openElsewhere: Set<StepId>;
  readonly stepProblems: Map<StepId, Problem>;
  readonly fieldProblems: Map<FieldId, Problem>;
  /** Since when something has had its status, as far as this page has seen; by subject and status. */
  readonly since: Map<string, number>;
  /** Endpoints that were read by themselves, so that each is asked for once. */
  readonly followed: Set<string>;
}

type Remembered = Omit<Page, 'ports' | 'editor' | 'aws' | 'steps' | 'update' | 'isClosed' | 'hurry'>;

/** What a page remembers when it is opened: the draft of an earlier time. */
export function rememberedBy({ drafts }: PagePorts, ref: PageRef): Remembered {
  return {
    ref,
    draft: drafts.get(pageKey(ref)),
    roles: undefined,
    shell: process.platform === 'win32' ? 'powershell' : 'posix',
    running: undefined,
    abort: undefined,
    question: undefined,
    removed: undefined,
    unfinished: undefined,
    worked: false,
    last: undefined,
    revision: 0,
    openCommands: new Set(),
    openElsewhere: new Set(),
    stepProblems: new Map(),
    fieldProblems: new Map(),
    since: new Map(),
    followed: new Set(),
  };
}

/** The project that a page is in. */
export function projectOf({ ref }: Page): RefOf<'project'> {
  return { kind: 'project', projectId: ref.projectId };
}

/** Keeps a draft, here and over reloads; an empty one leaves nothing behind. */
export function keepDraft(page: Page, draft: Draft): void {
  const { drafts } = page.ports;
  page.draft = draft;
  if (Object.keys(storable(draft)).length === 0) drafts.delete(pageKey(page.ref));
  else drafts.set(pageKey(page.ref), draft);
}

/** The page is about something else now. Its draft comes along, but is not stored there yet. */
export function moveTo(page: Page, next: PageRef): void {
  if (pageKey(next) === pageKey(page.ref)) return;
  page.ports.drafts.delete(pageKey(page.ref));
  page.ref = next;
}
