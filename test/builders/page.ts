import { openAtlas } from '../../src/accounts/open-atlas';
import { sandboxAccountId, type Account } from '../../src/accounts/account';
import type { KeyValue } from '../../src/accounts/account-store';
import { openAwsCloud } from '../../src/cloud/aws/open-aws-cloud';
import { silentLogger } from '../../src/core/logger';
import { startSandbox, type SandboxHandle } from '../../src/sandbox/start';
import { paces } from '../../src/sandbox/world/create-world';
import type { SandboxProject } from '../../src/sandbox/world/world';
import { createAtlasStore, type AtlasStore } from '../../src/store/atlas-store';
import { createDrafts } from '../../src/ui/page/drafts';
import { createPageController, type PageController } from '../../src/ui/page/page-controller';
import type { PageEditor } from '../../src/ui/page/page-ports';
import type { FieldId, FocusTarget, PageRef, PageState, StepId, StepState } from '../../webview/protocol';
import { fastClock } from './set-up';

/** A page in a window of its own: with its own store, as after a restart of the editor. */
export interface PageUnderTest {
  readonly controller: PageController;
  readonly store: AtlasStore;
  /** `METHOD path` of every request to Atlas of this window. */
  readonly requests: readonly string[];
  readonly announced: readonly string[];
  readonly focused: readonly FocusTarget[];
  readonly copied: readonly string[];
  readonly opened: readonly { readonly language: string; readonly text: string }[];
  readonly problems: readonly unknown[];
  /** What `askText` answers next. */
  readonly answers: string[];
  state(): PageState;
  step(id: StepId): StepState;
  /** Resolves with the first state that is as wanted; the test's timeout is the limit. */
  until(wanted: (state: PageState) => boolean): Promise<PageState>;
  set(fields: Readonly<Partial<Record<FieldId, string | boolean | readonly string[]>>>): Promise<void>;
  /** As if the window were gone. */
  kill(): Promise<void>;
}

export interface PagesUnderTest {
  readonly sandbox: SandboxHandle;
  project(name: string): SandboxProject;
  /** A page in a new window. Drafts are the machine's: all windows have them. */
  open(ref: Omit<PageRef, 'accountId'> & { readonly kind: PageRef['kind'] }): Promise<PageUnderTest>;
  close(): Promise<void>;
}

const account: Account = { id: sandboxAccountId, label: 'Sandbox', kind: 'sandbox', baseUrl: '' };

/** A whole sandbox in fast time, with pages on it. */
export async function startPages(): Promise<PagesUnderTest> {
  const clock = fastClock(20);
  const sandbox = await startSandbox({ clock, pace: paces.quick });
  sandbox.world.atlas.rateLimit = 1_000_000;
  const kept = new Map<string, unknown>();
  const state: KeyValue = {
    get: (key) => kept.get(key),
    update: (key, value) => {
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
  const windows: PageUnderTest[] = [];

  async function open(ref: Omit<PageRef, 'accountId'>): Promise<PageUnderTest> {
    const { atlasBaseUrl, clientId, clientSecret, ec2Endpoint, stsEndpoint } = sandbox.description;
    const { awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = sandbox.description;
    const requests: string[] = [];
    const logger = { ...silentLogger };
    const api = openAtlas(
      atlasBaseUrl,
      { kind: 'service-account', clientId, clientSecret },
      { clock, logger, onSecret: () => undefined },
    );
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
    const store = createAtlasStore({
      apiOf: () => Promise.resolve(counted),
      clock,
      logger,
      storageOf: () => undefined,
    });
    const listeners = new Set<(state: PageState) => void>();
    const seen = {
      announced: [] as string[],
      focused: [] as FocusTarget[],
      copied: [] as string[],
      opened: [] as { language: string; text: string }[],
      problems: [] as unknown[],
      answers: [] as string[],
    };
    const editor: PageEditor = {
      show: (now) => {
        for (const listener of listeners) listener(now);
      },
      progress: () => undefined,
      announce: (text) => seen.announced.push(text),
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
      problem: (error) => seen.problems.push(error),
    };
    const controller = createPageController(
      {
        accounts: { get: () => account, onDidChange: () => () => undefined },
        store,
        apiOf: () => Promise.resolve(counted),
        reports: { kept: () => [], onDidAdd: () => () => undefined },
        drafts: createDrafts(state, clock),
        clock,
        logger,
        listAwsProfiles: () => Promise.resolve([]),
        openAws: (_, __, region) =>
          Promise.resolve(
            openAwsCloud({
              region,
              endpoints: { ec2: ec2Endpoint, sts: stsEndpoint },
              credentials: { accessKeyId, secretAccessKey },
            }),
          ),
      },
      editor,
      { ...ref, accountId: account.id } as PageRef,
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
      kill: async () => {
        controller.dispose();
        await store.dispose();
      },
    };
    windows.push(page);
    await controller.receive({ type: 'ready' });
    return page;
  }

  return {
    sandbox,
    open,
    project: (name) => {
      const found = [...sandbox.world.atlas.projects.values()].find((one) => one.name === name);
      if (found === undefined) throw new Error(`the sandbox has no project ${name}`);
      return found;
    },
    close: async () => {
      await Promise.all(windows.map((page) => page.kill()));
      await sandbox.close();
    },
  };
}
