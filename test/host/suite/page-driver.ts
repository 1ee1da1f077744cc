import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { systemClock } from '../../../src/core/clock';
import type { Services } from '../../../src/services';
import { readMessage } from '../../../src/ui/page/read-message';
import type { OpenPage } from '../../../src/ui/page/service-pages';
import type {
  ActionButton,
  ActionId,
  CommandBlock,
  Confirmation,
  Field,
  FieldId,
  PageState,
  StepId,
  StepState,
  ToExtension,
  ToPage,
} from '../../../webview/protocol';
import { answer, signedIn } from './extension';
import { contentsOf, type SandboxContents } from './sandbox-contents';

/** How many times as fast as in a person's window everything waits. */
const speed = 20;
/** Longest that a page may take to come to what is waited for; milliseconds. */
const patience = 45_000;

/** What the tests of set-ups begin with. */
export interface SetUpWindow {
  readonly services: () => Services;
  /** What the sandbox has of a project and in its AWS account. */
  contents(project: string): Promise<SandboxContents>;
  /** Opens the page of a project of which Atlas has nothing yet; `before` is what the sandbox has then. */
  begin(
    command: string,
    project: string,
    ...answers: readonly string[]
  ): Promise<{ readonly page: DrivenPage; readonly before: SandboxContents }>;
  /** Opens a page of a project, whatever Atlas has of it. */
  open(command: string, ...answers: readonly string[]): Promise<DrivenPage>;
}

/**
 * The beginning of a `describe` about a set-up: signed in, everything waits a fraction of its time, and no editor is left
 * open after a test.
 */
export function setUpWindow(): SetUpWindow {
  let services: Services;
  before(async () => {
    services = await signedIn();
    services.clock.after = (ms, callback) => systemClock.after(ms / speed, callback);
  });
  after(() => {
    services.clock.after = (ms, callback) => systemClock.after(ms, callback);
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  const contents: SetUpWindow['contents'] = (project) => contentsOf(services, project);
  const open: SetUpWindow['open'] = (command, ...answers) => openPage(services, command, ...answers);
  return {
    services: () => services,
    contents,
    open,
    begin: async (command, project, ...answers) => {
      const page = await open(command, project, ...answers);
      const found = await contents(project);
      assert.deepEqual(found.atlas, []);
      return { page, before: found };
    },
  };
}

/** Chooses the usual credentials, a VPC by its place among those that are offered, and a subnet of it. */
export async function chooseNetwork(page: DrivenPage, place = 0): Promise<void> {
  await page.fill({ profile: 'chain' });
  await page.fill({ vpc: (await page.choices('vpc'))[place] ?? '' });
  await page.fill({ subnets: (await page.choices('subnets')).slice(0, 1) });
}

/** What *Commands to Delete It* opens for an endpoint; closes it again. */
export async function removalCommands(page: DrivenPage, endpointId: string): Promise<string> {
  await page.act('show-removal-commands', endpointId);
  const text = vscode.window.activeTextEditor?.document.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return text;
}

/** Resolves when the page says that what it was about is removed, and nothing of it is left at Atlas. */
export async function isRemoved(page: DrivenPage): Promise<void> {
  await page.until('a notice that it was removed, with a new beginning', ({ notices }) =>
    notices.some(({ id, actions }) => id === 'removed' && actions.some(({ action }) => action === 'start-over')),
  );
}

/** A page in its panel, driven by what its script would post, and seen by what is posted to its script. */
export interface DrivenPage {
  readonly open: OpenPage;
  /** What the script was told last. */
  state(): PageState;
  step(id: StepId): StepState;
  /** Resolves with the first state that is as wanted. */
  until(what: string, wanted: (state: PageState) => boolean): Promise<PageState>;
  /** Resolves when the person's turn is at a step and nothing runs. */
  at(step: StepId): Promise<PageState>;
  /** Fills fields in order: each has to be shown and enabled, and of choices the value has to be one. */
  fill(fields: Readonly<Partial<Record<FieldId, string | boolean | readonly string[]>>>): Promise<void>;
  /** Values that a field offers, once they were read. */
  choices(field: FieldId): Promise<readonly string[]>;
  /** Presses the main button of a step. */
  press(step: StepId): Promise<void>;
  /** Opens the commands of a step and returns them. */
  commands(step: StepId): Promise<readonly CommandBlock[]>;
  /** Opens *I did it elsewhere* at a step, pastes there what a cloud's command line printed, and takes it over. */
  paste(step: 'cloud' | 'register', output: string): Promise<void>;
  /** Presses a button by its action. */
  act(action: ActionId, subject?: string): Promise<void>;
  /** Types something wrong first, where something has to be typed, and then what is asked for. */
  confirm(options?: { readonly cloud: boolean }): Promise<Confirmation>;
}

/** Runs a command that opens a page, answering its questions, and waits until the page's script listens. */
async function openPage(services: Services, command: string, ...answers: readonly string[]): Promise<DrivenPage> {
  const prompts = answer(services, ...answers);
  await vscode.commands.executeCommand(`atlasPrivateEndpoints.${command}`);
  prompts.done();
  const page = (await services.commands.pages()).active();
  assert.ok(page);
  return await drive(page);
}

/** Drives a page that is open. */
async function drive(open: OpenPage): Promise<DrivenPage> {
  const { controller } = open;
  const { webview } = open.panel;
  let latest = controller.state();
  const listeners = new Set<() => void>();
  const post = webview.postMessage.bind(webview);
  webview.postMessage = (message: ToPage) => {
    if (message.type === 'state') latest = message.state;
    for (const listener of [...listeners]) listener();
    return post(message);
  };
  open.panel.onDidDispose(() => listeners.clear());
  await open.ready;

  /** As the panel does with what the script posts. */
  async function send(message: ToExtension): Promise<void> {
    const read = readMessage(structuredClone(message));
    assert.deepEqual(read, message, 'a message of the page is understood');
    await controller.receive(message);
  }

  function until(what: string, wanted: (state: PageState) => boolean): Promise<PageState> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        listeners.delete(look);
        clearTimeout(timer);
      };
      const look = (): void => {
        if (!wanted(latest)) return;
        end();
        resolve(latest);
      };
      const timer = setTimeout(() => {
        end();
        reject(new Error(`the page does not come to: ${what}. It is at ${summary(latest)}`));
      }, patience);
      listeners.add(look);
      look();
    });
  }

  const step = (id: StepId): StepState => {
    const found = latest.steps.find((one) => one.id === id);
    assert.ok(found, `the page has no step ${id}`);
    return found;
  };
  const offers = (id: FieldId) => (state: PageState) => valuesOf(fieldOf(state, id)).length > 0;

  async function fill(fields: Parameters<DrivenPage['fill']>[0]): Promise<void> {
    for (const [key, value] of Object.entries(fields)) {
      const id = key as FieldId;
      const shown = await until(`a field ${id}`, (state) => fieldOf(state, id)?.disabled === false);
      if (fieldOf(shown, id) !== undefined && 'options' in (fieldOf(shown, id) ?? {})) {
        const values = valuesOf(fieldOf(await until(`choices of ${id}`, offers(id)), id));
        for (const one of [value].flat())
          assert.ok(values.includes(String(one)), `${String(one)} among: ${values.join()}`);
      }
      await send({ type: 'set', field: id, value });
      await until(`${id} as it was set`, (state) => {
        const field = fieldOf(state, id);
        // What was pasted goes into the fields that it tells.
        return id === 'pasted' || field === undefined || isSame('values' in field ? field.values : field.value, value);
      });
    }
  }

  return {
    open,
    state: () => latest,
    step,
    until,
    at: (id) => until(`step ${id}`, ({ currentStep, running }) => currentStep === id && running === undefined),
    fill,
    choices: async (id) => valuesOf(fieldOf(await until(`choices of ${id}`, offers(id)), id)),
    press: async (id) => {
      const { doIt } = step(id);
      assert.ok(doIt, `${id} has a button`);
      assert.equal(doIt.disabled, undefined);
      await send({ type: 'do', step: id });
      assert.deepEqual(complaintsIn(controller.state(), id), []);
    },
    commands: async (id) => {
      assert.ok(step(id).commands, `${id} has commands`);
      await send({ type: 'show-commands', step: id, open: true });
      const { steps } = await until(`commands of ${id}`, ({ steps: all }) =>
        all.some((one) => one.id === id && one.commands?.open === true),
      );
      const section = steps.find((one) => one.id === id)?.commands;
      assert.equal(section?.missing, undefined);
      return section?.blocks ?? [];
    },
    paste: async (id, output) => {
      await send({ type: 'show-elsewhere', step: id, open: true });
      await until(`a place to paste at ${id}`, (state) => fieldOf(state, 'pasted') !== undefined);
      await fill({ pasted: output });
      assert.deepEqual(complaintsIn(controller.state(), id), []);
      await send({ type: 'submit-elsewhere', step: id });
    },
    act: async (action, subject) => {
      const found = (): ActionButton | undefined =>
        buttonsOf(latest).find((one) => one.action === action && (subject === undefined || one.subject === subject));
      await until(`a button ${action}`, ({ running }) => running === undefined && found() !== undefined);
      assert.equal(found()?.disabled, undefined);
      await send({ type: 'action', action, ...(subject === undefined ? {} : { subject }) });
    },
    confirm: async ({ cloud } = { cloud: false }) => {
      const { confirmation: first } = await until('a question', (state) => state.confirmation !== undefined);
      assert.ok(first);
      const { id, typed, options: offered } = first;
      if (cloud)
        assert.deepEqual(
          offered.map((one) => one.id),
          ['cloud'],
        );
      const options = cloud ? ['cloud'] : [];
      if (typed !== undefined) {
        await send({ type: 'confirm', confirmation: id, typed: `${typed.expected}x`, options });
        assert.equal(controller.state().confirmation?.id, id, 'a wrong text does nothing');
      }
      // Asked again when there is more to it by then, as what else uses an endpoint is read while the question stands there.
      for (let asked = first; ;) {
        await send({ type: 'confirm', confirmation: asked.id, typed: asked.typed?.expected ?? '', options });
        const { confirmation: again } = await until('the end of what was confirmed', ({ running }) => !running);
        if (again === undefined) return asked;
        assert.match(again.consequences.join(' '), /there is more to it now/);
        asked = again;
      }
    },
  };
}

/** Texts of the strings that lead through the page's endpoints. */
export function stringsHere({ steps }: PageState): readonly string[] {
  const clusters = steps.find(({ id }) => id === 'use')?.strings ?? [];
  const targets = clusters.flatMap((cluster) => cluster.targets).filter(({ here }) => here);
  return targets.flatMap(({ strings }) => strings.map(({ text }) => text));
}

function fieldOf({ steps }: PageState, id: FieldId): Field | undefined {
  const fields = steps.flatMap(({ fieldGroups, elsewhere }) => [
    ...fieldGroups.flatMap((group) => group.fields),
    ...(elsewhere?.open === true ? elsewhere.fields : []),
  ]);
  return fields.find((field) => field.id === id);
}

function valuesOf(field: Field | undefined): readonly string[] {
  if (field === undefined || !('options' in field)) return [];
  return field.options.filter(({ unavailable }) => unavailable === undefined).flatMap(({ value }) => value || []);
}

function isSame(shown: unknown, value: unknown): boolean {
  return JSON.stringify(shown) === JSON.stringify(value);
}

function buttonsOf({ actions, notices, steps, status }: PageState): readonly ActionButton[] {
  return [
    ...actions,
    ...notices.flatMap((notice) => notice.actions),
    ...steps.flatMap(({ findings }) => findings.flatMap((finding) => finding.actions)),
    ...(status?.service?.actions ?? []),
    ...(status?.endpoints ?? []).flatMap((endpoint) => endpoint.actions),
    ...(status?.regionalized?.actions ?? []),
  ];
}

/** What a step says against what was entered or done. */
function complaintsIn({ steps }: PageState, id: StepId): readonly string[] {
  const one = steps.find((each) => each.id === id);
  const fields = [...(one?.fieldGroups ?? []).flatMap((group) => group.fields), ...(one?.elsewhere?.fields ?? [])];
  return [
    ...fields.flatMap(({ id: field, problem }) => (problem === undefined ? [] : [`${field}: ${problem}`])),
    ...(one?.problem === undefined ? [] : [`${one.problem.title} ${one.problem.evidence ?? ''}`]),
  ];
}

function summary(state: PageState): string {
  const { currentStep = 'no step', running, header, steps, notices } = state;
  return [
    currentStep,
    ...(running === undefined ? [] : [running.title]),
    ...header.statuses.map(({ value }) => value),
    ...steps.flatMap(({ id }) => complaintsIn(state, id)),
    ...notices.map(({ id }) => id),
  ].join(', ');
}
