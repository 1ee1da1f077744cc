import { sandboxAccountId, type Account, type AccountCredentials } from '../../src/accounts/account';
import type { KeyValue } from '../../src/accounts/account-store';
import { openAtlas } from '../../src/accounts/open-atlas';
import { openAwsCloud } from '../../src/cloud/aws/open-aws-cloud';
import type { AwsAccess } from '../../src/core/cloud';
import type { Clock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../src/store/atlas-store';
import { createDrafts } from '../../src/ui/page/drafts';
import { createPageController, type PageController } from '../../src/ui/page/page-controller';
import type { PageEditor } from '../../src/ui/page/page-ports';
import type { FieldId, FocusTarget, PageRef, PageState, Running, StepId, StepState } from '../../webview/protocol';

/** A page in a window of its own: with its own store, as after a restart of the editor. */
export interface PageUnderTest {
  readonly controller: PageController;
  readonly store: AtlasStore;
  /** `METHOD path` of every request to Atlas of this window. */
  readonly requests: readonly string[];
  readonly announced: readonly string[];
  /** The lines of what runs, each time that they changed. */
  readonly progress: readonly Running['lines'][];
  readonly focused: readonly FocusTarget[];
  readonly copied: readonly string[];
  readonly opened: readonly { readonly language: string; readonly text: string }[];
  readonly problems: readonly unknown[];
  /** Whether the page has closed itself. */
  readonly closed: readonly true[];
  /** What `askChoice` has offered. */
  readonly offered: readonly (readonly string[])[];
  /** What `askText` and `askChoice` answer next. */
  readonly answers: string[];
  state(): PageState;
  step(id: StepId): StepState;
  /** Resolves with the first state that is as wanted; the test's timeout is the limit. */
  until(wanted: (state: PageState) => boolean): Promise<PageState>;
  set(fields: Readonly<Partial<Record<FieldId, string | boolean | readonly string[]>>>): Promise<void>;
  /** Says yes to what the page asks, and types what it wants typed; with all that is offered beside it unless told. */
  confirm(options?: readonly string[]): Promise<void>;
  /** As if the window were gone. */
  kill(): Promise<void>;
}

/** What a page is about, less whose account it is. */
export type RefUnderTest = PageRef extends infer R ? (R extends PageRef ? Omit<R, 'accountId'> : never) : never;

export interface WindowOptions {
  readonly atlasBaseUrl: string;
  readonly signIn: AccountCredentials;
  /** Of the AWS account; the region comes from the page. */
  readonly aws: Required<Pick<AwsAccess, 'endpoints' | 'credentials'>>;
  /** The same of a profile that leads to another account, by its name. */
  readonly otherAws?: Readonly<Record<string, WindowOptions['aws']>>;
  /** Of the page and its store. */
  readonly clock: Clock;
  /** Of the client of the API, whose time limits are those of a real network. */
  readonly apiClock?: Clock;
  /** The editor's storage: the drafts are in it. */
  readonly storage: KeyValue;
  /** Told every state, as the page's script is. */
  readonly onShow?: (state: PageState) => void;
}

const account: Account = { id: sandboxAccountId, label: 'Sandbox', kind: 'sandbox', baseUrl: '' };

/** Opens a page in a new window: nothing is remembered but what the storage holds. */
export async function openPageWindow(options: WindowOptions, ref: RefUnderTest): Promise<PageUnderTest> {
  const { clock, storage, aws, otherAws = {} } = options;
  const requests: string[] = [];
  const logger = { ...silentLogger };
  const api = openAtlas(options.atlasBaseUrl, options.signIn, {
    clock: options.apiClock ?? clock,
    logger,
    onSecret: () => undefined,
  });
  // Every method of the API is one kind of request; its name tells which.
  const counted = new Proxy(api, {
    get: (target, name, receiver): unknown => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        requests.push(String(name));
        return Reflect.apply(value, target, args);
      };
    },
  });
  const store = createAtlasStore({ apiOf: () => Promise.resolve(counted), clock, logger, storageOf: () => undefined });
  const listeners = new Set<(state: PageState) => void>();
  const clouds = new Set<ReturnType<typeof openAwsCloud>>();
  const seen = {
    announced: [] as string[],
    progress: [] as Running['lines'][],
    focused: [] as FocusTarget[],
    copied: [] as string[],
    opened: [] as { language: string; text: string }[],
    problems: [] as unknown[],
    answers: [] as string[],
    closed: [] as true[],
    offered: [] as (readonly string[])[],
  };
  const editor: PageEditor = {
    show: (now) => {
      options.onShow?.(now);
      for (const listener of listeners) listener(now);
    },
    progress: ({ lines }) => seen.progress.push(lines),
    announce: (text) => seen.announced.push(text),
    refuse: (reason) => seen.announced.push(reason),
    focus: (target) => seen.focused.push(target),
    copy: (text) => {
      seen.copied.push(text);
      return Promise.resolve();
    },
    openText: (language, text) => {
      seen.opened.push({ language, text });
      return Promise.resolve();
    },
    insert: () => Promise.resolve(),
    run: () => Promise.resolve(),
    openInAtlas: () => Promise.resolve(),
    askText: () => Promise.resolve(seen.answers.shift()),
    askChoice: ({ choices }) => {
      seen.offered.push(choices.map(({ value }) => value));
      return Promise.resolve(seen.answers.shift());
    },
    problem: (error) => seen.problems.push(error),
    close: () => {
      seen.closed.push(true);
    },
  };
  const controller = createPageController(
    {
      accounts: { get: () => account, onDidChange: () => () => undefined },
      store,
      apiOf: () => Promise.resolve(counted),
      reports: { kept: () => [], onDidAdd: () => () => undefined },
      drafts: createDrafts(storage, clock),
      clock,
      logger,
      listAwsProfiles: () => Promise.resolve([]),
      openAws: (_, profile, region) => {
        const cloud = openAwsCloud({ region, ...(otherAws[profile] ?? aws) });
        clouds.add(cloud);
        return Promise.resolve(cloud);
      },
    },
    editor,
    { ...ref, accountId: account.id },
  );
  const page: PageUnderTest = {
    controller,
    store,
    requests,
    ...seen,
    state: () => controller.state(),
    step: (id) => {
      const found = controller.state().steps.find((step) => step.id === id);
      if (found === undefined) throw new Error(`the page has no step ${id}`);
      return found;
    },
    until: (wanted) =>
      new Promise((resolve) => {
        const look = (now: PageState): void => {
          if (!wanted(now)) return;
          listeners.delete(look);
          resolve(now);
        };
        listeners.add(look);
        look(controller.state());
      }),
    set: async (fields) => {
      for (const [field, value] of Object.entries(fields)) {
        await controller.receive({ type: 'set', field: field as FieldId, value });
      }
    },
    confirm: async (options) => {
      const { confirmation } = controller.state();
      if (confirmation === undefined) throw new Error(`nothing is asked: ${JSON.stringify(seen.problems)}`);
      await controller.receive({
        type: 'confirm',
        confirmation: confirmation.id,
        typed: confirmation.typed?.expected ?? '',
        options: options ?? confirmation.options.map(({ id }) => id),
      });
    },
    kill: async () => {
      controller.dispose();
      await store.dispose();
      for (const cloud of clouds) cloud.dispose();
    },
  };
  await controller.receive({ type: 'ready' });
  return page;
}
