import { t } from '@vscode/l10n';
import type {
  ActionId,
  FieldId,
  FocusTarget,
  PageRef,
  PageState,
  Running,
  Shell,
  StepId,
  ToExtension,
} from '../../../webview/protocol';
import type { AccountStore } from '../../accounts/account-store';
import { readCloudOutput } from '../../cloud/read-output';
import type { AtlasApi } from '../../core/atlas-api';
import type { AwsCloud, AwsProfile } from '../../core/cloud';
import type { Clock } from '../../core/clock';
import type { Logger } from '../../core/logger';
import { isCancellation, problem, problemOf, type Problem } from '../../core/problem';
import { storable, textIn, without, type Draft, type DraftField } from '../../setup/draft';
import type { AtlasStore } from '../../store/atlas-store';
import type { RefOf } from '../../store/element';
import type { TestReports } from '../report/report-documents';
import { createAwsReader, type AwsWants } from './aws-reader';
import { pageFindings, type Roles } from './checks';
import { cloudRegionOf, profileName, securityGroupMode, withRegistration } from './choices';
import { targetOf } from './cloud-target';
import { doStep, type StepPorts } from './do-step';
import type { Drafts } from './drafts';
import { factsOf } from './facts';
import type { PageModel, Question, UiState } from './model';
import { pageKey } from './page-ref';
import { presentPage } from './present/page-state';
import { choiceField } from './present/cloud-step';
import { cloudOption, presentConfirmation, questionId } from './present/confirmation';
import { whyNotSwitched } from './present/limits';
import { expectationOf } from './present/steps';
import { stringsById } from './present/strings';
import { cloudEndpointId, presentWaiting, sinceKey } from './present/wait-step';
import { doConfirmed, removalText } from './remove-subject';
import { serviceRefOf, subjectOf } from './subject';

/** What a page asks of the editor. */
export interface PageEditor {
  /** Everything the page shows is replaced by this. */
  show(state: PageState): void;
  progress(running: Running): void;
  announce(text: string, urgent: boolean): void;
  focus(target: FocusTarget): void;
  copy(text: string, what: string): Promise<void>;
  /** As a document that is not saved yet. */
  openText(language: string, text: string): Promise<void>;
  insert(text: string): Promise<void>;
  run(command: string, ...args: readonly unknown[]): Promise<void>;
  openInAtlas(ref: PageRef): Promise<void>;
  askText(question: {
    readonly title: string;
    readonly prompt: string;
    readonly value: string;
  }): Promise<string | undefined>;
  problem(error: unknown): void;
}

export interface PagePorts {
  readonly accounts: Pick<AccountStore, 'get' | 'onDidChange'>;
  readonly store: AtlasStore;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly reports: Pick<TestReports, 'kept' | 'onDidAdd'>;
  readonly drafts: Drafts;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly awsProfiles: () => Promise<readonly AwsProfile[]>;
  /** The AWS account of a profile, of the usual chain, or of the sandbox. */
  readonly openAws: (accountId: string, profile: string | undefined, region: string) => Promise<AwsCloud>;
}

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
/** What is older is asked again when a page is shown; milliseconds. */
const fresh = 15_000;

const dependents: Readonly<Partial<Record<FieldId, readonly DraftField[]>>> = {
  provider: ['region', 'remoteRegions', 'portMapping'],
  region: ['remoteRegions'],
  profile: ['vpc', 'subnets', 'securityGroups'],
  cloudRegion: ['vpc', 'subnets', 'securityGroups'],
  vpc: ['subnets', 'securityGroups', 'newGroupSources'],
  federationProvider: ['federationRegion'],
};

export function createPageController(ports: PagePorts, editor: PageEditor, initial: PageRef): PageController {
  const { store, clock, drafts, accounts } = ports;
  let ref = initial;
  let draft: Draft = drafts.get(pageKey(ref));
  let revision = 0;
  let roles: Roles;
  let visible = true;
  let disposed = false;
  let running: Running | undefined;
  let abort: AbortController | undefined;
  let question: Question | undefined;
  let shell: Shell = process.platform === 'win32' ? 'powershell' : 'posix';
  let worked = false;
  let last: PageState | undefined;
  let stopTimer: (() => void) | undefined;
  let wait: number = pace.first;
  const openCommands = new Set<StepId>();
  const openElsewhere = new Set<StepId>();
  const stepProblems = new Map<StepId, Problem>();
  const fieldProblems = new Map<FieldId, Problem>();
  const since = new Map<string, number>();

  const aws = createAwsReader({
    profiles: ports.awsProfiles,
    open: (profile, region) => ports.openAws(ref.accountId, profileName(profile), region),
    onChange: () => update(),
  });
  const steps: StepPorts = {
    api: () => ports.apiOf(ref.accountId),
    aws: (profile, region) => aws.cloud(profile, region),
    clock,
    logger: ports.logger,
  };

  const project = (): RefOf<'project'> => ({ kind: 'project', projectId: ref.projectId });

  function model(): PageModel {
    const subject = subjectOf(ref, draft, store);
    const known = store.known<'project'>(ref.accountId, project());
    const target = targetOf(subject, draft);
    const profile = textIn(draft, 'profile');
    const endpointId = cloudEndpointId(subject);
    const wants: AwsWants = {
      profile,
      region: target.region === '' ? '' : cloudRegionOf(target, draft),
      vpcId: textIn(draft, 'vpc'),
      ...(target.serviceName === undefined ? {} : { serviceName: target.serviceName }),
      ...(endpointId === undefined ? {} : { endpointId }),
    };
    const view = target.provider === 'AWS' ? aws.view(wants) : undefined;
    const ui: UiState = {
      openCommands,
      openElsewhere,
      shell,
      stepProblems,
      fieldProblems,
      since,
      worked,
      ...(running === undefined ? {} : { running }),
      ...(question === undefined ? {} : { question }),
    };
    const directory = store.known<'directory'>(ref.accountId, { kind: 'directory' }).value;
    return {
      ref,
      account: accounts.get(ref.accountId),
      projectName: directory?.projects.find(({ id }) => id === ref.projectId)?.name ?? ref.projectId,
      now: clock.now(),
      project: known,
      subject,
      draft,
      ...(view === undefined ? {} : { aws: view }),
      findings: pageFindings(subject, draft, known.value, view, roles),
      ui,
      reports: ports.reports.kept(),
    };
  }

  function state(): PageState {
    const now = model();
    for (const { id, status } of presentWaiting(now).sides) {
      const key = sinceKey(id, status);
      if (!since.has(key)) since.set(key, clock.now());
    }
    revision += 1;
    last = presentPage(now, revision);
    return last;
  }

  let due = false;
  /** Many changes at once are one state. */
  function update(): void {
    if (due || disposed) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      if (disposed) return;
      const before = last?.currentStep;
      const now = state();
      editor.show(now);
      if (before !== undefined && now.currentStep !== undefined && now.currentStep !== before) {
        const step = now.steps.find(({ id }) => id === now.currentStep);
        if (step !== undefined) editor.announce(t('Now: step {0}, {1}', step.number, step.title), false);
      }
      void readFollowed();
      schedule();
    });
  }

  /** Strings come some minutes after their endpoint, without a status that moves meanwhile. */
  function schedule(): void {
    if (!visible || disposed || stopTimer !== undefined || accounts.get(ref.accountId) === undefined) return;
    const { registration, strings, service } = factsOf(model());
    const waits =
      (registration === 'available' && strings === 'none') ||
      registration === 'moving' ||
      service === 'moving' ||
      service === 'leaving';
    if (!waits) {
      wait = pace.first;
      return;
    }
    stopTimer = clock.after(wait, () => {
      wait = Math.min(pace.longest, wait * pace.factor);
      void refresh().finally(() => {
        stopTimer = undefined;
        schedule();
      });
    });
  }

  const asked = new Set<string>();
  /** A service lists only the ids of its endpoints: the one that the page follows is read by itself, with one call. */
  async function readFollowed(): Promise<void> {
    if (ref.kind !== 'service') return;
    const subject = subjectOf(ref, draft, store);
    if (subject.kind !== 'service' || subject.endpointId === undefined || subject.endpoint !== undefined) return;
    const key = `${pageKey(ref)}/${subject.endpointId}`;
    if (asked.has(key)) return;
    asked.add(key);
    await store.refreshEndpoints(ref.accountId, serviceRefOf(ref), [subject.endpointId]);
  }

  async function refreshFollowed(): Promise<void> {
    if (ref.kind === 'serverless') {
      const { projectId, instanceName } = ref;
      await store.refresh(ref.accountId, { kind: 'serverless', projectId, instanceName });
    }
    if (ref.kind !== 'service') return;
    const subject = subjectOf(ref, draft, store);
    if (subject.kind !== 'service' || subject.endpointId === undefined) return;
    await store.refreshEndpoints(ref.accountId, serviceRefOf(ref), [subject.endpointId]);
  }

  async function refresh(): Promise<void> {
    aws.forget('endpoints');
    await store.refresh(ref.accountId, project());
    await refreshFollowed();
  }

  async function load(): Promise<void> {
    if (accounts.get(ref.accountId) === undefined) return;
    const { accountId } = ref;
    void readRoles();
    const parts = [store.ensure(accountId, { kind: 'directory' }), store.ensure(accountId, project())];
    if (ref.kind === 'serverless') {
      const { projectId, instanceName } = ref;
      parts.push(store.ensure(accountId, { kind: 'serverless', projectId, instanceName }));
    }
    await Promise.all(parts);
    update();
  }

  async function readRoles(): Promise<void> {
    try {
      const found = (await (await ports.apiOf(ref.accountId)).checkSignIn()).roles;
      // A service account need not tell its roles: nothing is known then.
      roles = found.length === 0 ? undefined : found;
      update();
    } catch (error) {
      ports.logger.debug(`Set-up: roles not read: ${problemOf(error)?.code ?? 'failed'}`);
    }
  }

  function keep(next: Draft): void {
    draft = next;
    if (Object.keys(storable(draft)).length === 0) drafts.delete(pageKey(ref));
    else drafts.set(pageKey(ref), draft);
  }

  function moveTo(next: PageRef): void {
    if (pageKey(next) === pageKey(ref)) return;
    const kept = draft;
    drafts.delete(pageKey(ref));
    ref = next;
    draft = kept;
  }

  /** Does something that can be cancelled, one at a time; what goes wrong stands at its field or its step. */
  async function perform(
    step: StepId | undefined,
    title: string,
    work: (signal: AbortSignal, tell: (lines: Running['lines']) => void) => Promise<void>,
  ): Promise<void> {
    if (running !== undefined) return;
    const own = new AbortController();
    abort = own;
    const common = { title, cancellable: true, ...(step === undefined ? {} : { step }) };
    running = { ...common, lines: [] };
    if (step !== undefined) stepProblems.delete(step);
    fieldProblems.clear();
    update();
    let failure: Problem | undefined;
    try {
      await work(own.signal, (lines) => {
        running = { ...common, lines };
        editor.progress(running);
      });
      worked = true;
    } catch (error) {
      if (!isCancellation(error)) {
        failure = problemOf(error) ?? problem('UNEXPECTED', title);
        ports.logger.warn(`Set-up: ${failure.code} ${failure.subject} ${failure.evidence ?? ''}`);
        if (problemOf(error) === undefined && error instanceof Error) ports.logger.error(error.stack ?? error.message);
      }
    } finally {
      running = undefined;
      abort = undefined;
    }
    if (failure !== undefined) place(failure, step);
    wait = pace.first;
    update();
  }

  /** A refusal stands beside the field that caused it, where the page has that field, else at its step. */
  function place(failure: Problem, step: StepId | undefined): void {
    const shown = fieldsShown();
    const field = fieldOf(failure, step);
    if (field !== undefined && shown.has(field)) {
      fieldProblems.set(field, failure);
      editor.focus({ kind: 'field', field });
    } else {
      stepProblems.set(step ?? last?.currentStep ?? 'check', failure);
      if (step !== undefined) editor.focus({ kind: 'step', step });
    }
    editor.announce(t('It did not work. See what is said beside it.'), true);
  }

  function fieldOf(failure: Problem, step: StepId | undefined): FieldId | undefined {
    const byCloud = choiceField(failure, securityGroupMode(draft));
    if (byCloud !== undefined) return byCloud;
    const { field } = failure.parameters;
    if (field !== undefined) return field as FieldId;
    const isRefusal = failure.code === 'ATLAS_REFUSED' || failure.code === 'ATLAS_CONFLICT';
    if (!isRefusal) return undefined;
    if (step === 'service') return 'region';
    if (step !== 'register') return undefined;
    return targetOf(subjectOf(ref, draft, store), draft).provider === 'GCP' ? 'endpointGroup' : 'endpointId';
  }

  function fieldsShown(): ReadonlySet<string> {
    const now = last ?? state();
    return new Set(
      now.steps.flatMap(({ fieldGroups, elsewhere }) => [
        ...fieldGroups.flatMap(({ fields }) => fields.map(({ id }) => id)),
        ...(elsewhere?.open === true ? elsewhere.fields.map(({ id }) => id) : []),
      ]),
    );
  }

  async function runStep(step: StepId): Promise<void> {
    if (step === 'check' || step === 'wait') {
      await perform(step, t('Asking Atlas…'), async () => {
        if (step === 'check') await readRoles();
        await refresh();
      });
      return;
    }
    const titles: Readonly<Record<StepId, string>> = {
      check: '',
      wait: '',
      use: '',
      service: t('Asking Atlas for the endpoint service…'),
      cloud: t('Creating the interface endpoint in the AWS account…'),
      register: t('Registering the endpoint at Atlas…'),
    };
    await perform(step, titles[step], async (signal) => {
      const { ref: next, draft: kept } = await doStep(steps, model(), step, signal);
      if (next !== undefined) moveTo(next);
      if (kept !== undefined) keep(kept);
      aws.forget('endpoints');
      if (step !== 'cloud') await refresh();
    });
  }

  async function submitElsewhere(step: StepId): Promise<void> {
    switch (step) {
      case 'cloud':
        if (!takePasted(textIn(draft, 'pasted'))) return;
        openElsewhere.delete('cloud');
        update();
        return;
      case 'register':
        if (!takePasted(textIn(draft, 'pasted'))) return;
        await runStep('register');
        return;
      case 'check':
      case 'service':
      case 'wait':
      case 'use':
        await perform(step, t('Asking Atlas…'), async () => {
          await refresh();
        });
    }
  }

  /** Fills the fields from what was pasted; false when it tells no endpoint, and says so beside it. */
  function takePasted(text: string): boolean {
    fieldProblems.delete('pasted');
    if (text === '') return true;
    const read = readCloudOutput(text, expectationOf(targetOf(subjectOf(ref, draft, store), draft)));
    if (!read.ok) {
      fieldProblems.set('pasted', read.problem);
      update();
      return false;
    }
    keep(withRegistration(draft, read.value));
    return true;
  }

  function set(field: FieldId, value: string | boolean | readonly string[]): void {
    fieldProblems.delete(field);
    const { [field]: before } = draft;
    const rest = before === value ? draft : without(draft, ...(dependents[field] ?? []));
    keep({ ...rest, [field]: value });
    if (field === 'pasted' && typeof value === 'string') takePasted(value.trim());
    if (field === 'profile') aws.forget('everything');
    update();
  }

  async function confirm(id: string, typed: string, options: readonly string[]): Promise<void> {
    const asking = question;
    if (asking === undefined || questionId(asking) !== id) return;
    const now = model();
    const shown = presentConfirmation(now);
    if (shown?.typed !== undefined && typed.trim() !== shown.typed.expected) {
      editor.announce(t('Nothing was removed: what was typed is not "{0}".', shown.typed.expected), true);
      return;
    }
    question = undefined;
    const lines = new Map<string, Running['lines'][number]>();
    await perform(undefined, shown?.title ?? '', async (signal, tell) => {
      const withCloud = options.includes(cloudOption) && (shown?.options.length ?? 0) > 0;
      await doConfirmed(
        steps,
        now,
        asking,
        withCloud,
        (part, status) => {
          const text = removalText(part);
          lines.set(text, { text, status, statusText: status === 'done' ? t('Done') : t('Under way') });
          tell([...lines.values()]);
        },
        signal,
      );
      keep(without(draft, 'endpoint', 'serverlessEndpoint', 'adding'));
      aws.forget('endpoints');
      await refresh();
    });
  }

  async function act(action: ActionId, subject: string | undefined): Promise<void> {
    switch (action) {
      case 'refresh':
      case 'use-service':
        await perform(undefined, t('Asking Atlas…'), async () => {
          await refresh();
        });
        return;
      case 'retry':
        if (ref.kind === 'service' && subject !== undefined) {
          await store.refreshEndpoints(ref.accountId, serviceRefOf(ref), [subject]);
        }
        return;
      case 'add-endpoint':
        keep({ ...without(draft, 'endpoint', 'serverlessEndpoint'), adding: true });
        worked = true;
        update();
        return;
      case 'open-page':
        if (subject === undefined) return;
        keep({
          ...without(draft, 'adding'),
          ...(ref.kind === 'serverless' ? { serverlessEndpoint: subject } : { endpoint: subject }),
        });
        worked = true;
        update();
        return;
      case 'start-over':
        moveTo({ kind: 'new-service', accountId: ref.accountId, projectId: ref.projectId });
        keep({});
        update();
        return;
      case 'remove-endpoint':
        if (subject === undefined) return;
        ask({ kind: 'remove-endpoint', endpointId: subject });
        return;
      case 'remove-service':
        ask({ kind: action });
        return;
      case 'enable-regionalized':
      case 'disable-regionalized': {
        // The command comes here too, past the button that says why it cannot be used.
        const why = whyNotSwitched(model());
        if (why === undefined) ask({ kind: action });
        else editor.announce(why, true);
        return;
      }
      default:
        await import('./page-actions').then(({ otherAction }) =>
          otherAction({ steps, editor, model, perform, refresh }, action, subject),
        );
    }
  }

  function ask(next: Question): void {
    if (running !== undefined) return;
    question = next;
    update();
    editor.focus({ kind: 'confirmation' });
  }

  async function copy(what: 'detail' | 'command' | 'string', id: string): Promise<void> {
    const now = last ?? state();
    switch (what) {
      case 'string': {
        const found = stringsById(model()).get(id);
        if (found !== undefined) await editor.copy(found.text, found.name);
        return;
      }
      case 'command': {
        const block = blockOf(now, id);
        if (block !== undefined) await editor.copy(block.text, block.title);
        return;
      }
      case 'detail': {
        const details = [
          ...now.steps.flatMap((step) => step.details),
          ...(now.status?.service?.details ?? []),
          ...(now.status?.endpoints ?? []).flatMap((endpoint) => endpoint.details),
        ];
        const found = details.find((one) => one.id === id);
        if (found !== undefined) await editor.copy(found.value, found.label);
      }
    }
  }

  function toggle(set: Set<StepId>, step: StepId, open: boolean): void {
    if (open) set.add(step);
    else set.delete(step);
    update();
  }

  async function handle(message: ToExtension): Promise<void> {
    switch (message.type) {
      case 'ready':
        editor.show(state());
        await load();
        return;
      case 'set':
        set(message.field, message.value);
        return;
      case 'do':
        await runStep(message.step);
        return;
      case 'submit-elsewhere':
        await submitElsewhere(message.step);
        return;
      case 'show-commands':
        toggle(openCommands, message.step, message.open);
        return;
      case 'show-elsewhere':
        toggle(openElsewhere, message.step, message.open);
        return;
      case 'choose-shell':
        ({ shell } = message);
        update();
        return;
      case 'action':
        await act(message.action, message.subject);
        return;
      case 'copy':
        await copy(message.what, message.id);
        return;
      case 'open-command': {
        const block = blockOf(last ?? state(), message.id);
        if (block !== undefined) await editor.openText(block.language, block.text);
        return;
      }
      case 'insert':
      case 'test': {
        const found = stringsById(model()).get(message.string);
        if (found === undefined) return;
        if (message.type === 'insert') await editor.insert(found.text);
        else await editor.run('atlasPrivateEndpoints.testConnection', found.text);
        return;
      }
      case 'confirm':
        await confirm(message.confirmation, message.typed, message.options);
        return;
      case 'dismiss':
        question = undefined;
        update();
        return;
      case 'cancel':
        abort?.abort();
        return;
      case 'page-error':
        ports.logger.error(`Set-up page: ${message.message}`);
    }
  }

  const stops = [
    store.onDidChange(({ accountId }) => {
      if (accountId === ref.accountId) update();
    }),
    ports.reports.onDidAdd(update),
    accounts.onDidChange(() => {
      update();
      void load();
    }),
  ];

  return {
    ref: () => ref,
    state,
    load,
    receive: async (message) => {
      try {
        await handle(message);
      } catch (error) {
        editor.problem(error);
      }
    },
    setVisible: (now) => {
      if (visible === now) return;
      visible = now;
      stopTimer?.();
      stopTimer = undefined;
      wait = pace.first;
      if (!now) return;
      const { asOf } = store.known<'project'>(ref.accountId, project());
      // What another window did meanwhile.
      if (asOf !== undefined && clock.now() - asOf > fresh && accounts.get(ref.accountId) !== undefined) void refresh();
      else update();
    },
    dispose: () => {
      disposed = true;
      stopTimer?.();
      abort?.abort();
      for (const stop of stops) stop();
      aws.dispose();
    },
  };
}

function blockOf(state: PageState, id: string) {
  return state.steps.flatMap(({ commands }) => commands?.blocks ?? []).find((block) => block.id === id);
}
