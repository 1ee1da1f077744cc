import { t } from '@vscode/l10n';
import type { PageRef, PageState, ToExtension } from '../../../webview/protocol';
import { problem, ProblemError } from '../../core/problem';
import { createAwsReader, type AwsReader } from './aws-reader';
import { profileName } from './choices';
import type { StepPorts } from './do-step';
import { factsOf } from './facts';
import { rememberedBy, type Page } from './page';
import type { PageEditor, PagePorts } from './page-ports';
import { loadPage, readFollowed, refresh, refreshOld } from './read-atlas';
import { receive } from './receive';
import { modelOf, stateOf } from './state-of';

/** One page about a set-up: knows what is shown, and does what its buttons say. */
export interface PageController {
  ref(): PageRef;
  state(): PageState;
  receive(message: ToExtension): Promise<void>;
  /** Visible pages ask again for what moves. */
  setVisible(visible: boolean): void;
  /** Reads what the page needs and is not known yet. */
  load(): Promise<void>;
  dispose(): void;
}

/** First and longest wait between two looks at a project whose strings are on their way; milliseconds. */
const pace = { first: 5_000, longest: 60_000, factor: 1.5 } as const;
/** So many looks, some two minutes, at what has a status that is not known: it may never have another. */
const looksAtUnknown = 8;

/** A page with its lifetime: what it listens to, when it draws, and when it looks again by itself. */
export function createPageController(ports: PagePorts, editor: PageEditor, initial: PageRef): PageController {
  const { store, clock, accounts } = ports;
  let visible = true;
  let disposed = false;
  let due = false;
  let stopTimer: (() => void) | undefined;
  let wait: number = pace.first;
  let looks = 0;

  const aws = createAwsReader({
    profiles: ports.listAwsProfiles,
    open: async (profile, region) => {
      const account = accounts.get(page.ref.accountId);
      if (account === undefined) throw new ProblemError(problem('ACCOUNT_NONE', ''));
      return await ports.openAws(account, profileName(profile) ?? '', region);
    },
    onChange: update,
  });
  const page: Page = {
    ...rememberedBy(ports, initial),
    ports,
    editor,
    aws,
    steps: stepPorts(ports, aws, () => page.ref.accountId),
    update,
    isClosed: () => disposed,
    hurry: () => {
      wait = pace.first;
      looks = 0;
    },
  };

  function isSignedIn(): boolean {
    return accounts.get(page.ref.accountId) !== undefined;
  }

  function update(): void {
    if (due || disposed) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      if (disposed) return;
      show(page);
      void readFollowed(page);
      schedule();
    });
  }

  /** Strings come some minutes after their endpoint, without a status that moves meanwhile. */
  function schedule(): void {
    if (!visible || disposed || stopTimer !== undefined || !isSignedIn()) return;
    const { registration, strings, service } = factsOf(modelOf(page));
    const waits =
      (registration === 'available' && strings === 'none') ||
      registration === 'moving' ||
      service === 'moving' ||
      service === 'leaving';
    const isUnknown = registration === 'unknown' || service === 'unknown';
    if (!waits && !(isUnknown && looks < looksAtUnknown)) {
      if (!isUnknown) page.hurry();
      return;
    }
    const stop = clock.after(wait, () => {
      looks += 1;
      wait = Math.min(pace.longest, wait * pace.factor);
      void refresh(page).finally(() => {
        // Hidden and shown again meanwhile, the page looks by another timer already.
        if (stopTimer !== stop) return;
        stopTimer = undefined;
        schedule();
      });
    });
    stopTimer = stop;
  }

  function setVisible(now: boolean): void {
    if (visible === now) return;
    visible = now;
    stopTimer?.();
    stopTimer = undefined;
    page.hurry();
    if (!now) return;
    void refreshOld(page);
  }

  const stops = [
    store.onDidChange(({ accountId }) => {
      if (accountId === page.ref.accountId) update();
    }),
    ports.reports.onDidAdd(update),
    accounts.onDidChange(() => {
      update();
      void loadPage(page);
    }),
  ];

  return {
    ref: () => page.ref,
    state: () => stateOf(page),
    load: () => loadPage(page),
    receive: async (message) => {
      try {
        await receive(page, message);
      } catch (error) {
        editor.problem(error);
      }
    },
    setVisible,
    dispose: () => {
      disposed = true;
      stopTimer?.();
      page.abort?.abort();
      for (const stop of stops) stop();
      aws.dispose();
    },
  };
}

/** What steps are carried out with: the account may change until they are. */
function stepPorts({ apiOf, clock, logger }: PagePorts, aws: AwsReader, accountId: () => string): StepPorts {
  return { api: () => apiOf(accountId()), aws: (profile, region) => aws.cloud(profile, region), clock, logger };
}

/** Shows a new state, and says it when another step is the current one. */
function show(page: Page): void {
  const before = page.last?.currentStep;
  const state = stateOf(page);
  page.editor.show(state);
  if (before === undefined || state.currentStep === undefined || state.currentStep === before) return;
  const step = state.steps.find(({ id }) => id === state.currentStep);
  if (step !== undefined) page.editor.announce(t('Now: step {0}, {1}', step.number, step.title), false);
}
