import { t } from '@vscode/l10n';
import type { FieldId, Running, StepId } from '../../../webview/protocol';
import { isCancellation, problem, problemOf, type Problem } from '../../core/problem';
import { securityGroupMode } from './aws-lists';
import { targetOf } from './cloud-target';
import type { Page } from './page';
import type { Unfinished } from './model';
import { choiceField } from './present/cloud-fields';
import { fieldsIn, shownBy } from './state-of';
import { subjectOf } from './subject';

/** Says how far it is, for as long as it runs. */
export type Tell = (lines: Running['lines']) => void;

/**
 * Does something that can be cancelled, one at a time: while something runs, nothing else begins. What goes wrong stands
 * at its field or its step afterwards, or above where it has none. Never rejects; false: it did not come to its end.
 */
export async function perform(
  page: Page,
  step: StepId | undefined,
  title: string,
  work: (signal: AbortSignal, tell: Tell) => Promise<void>,
): Promise<boolean> {
  if (isAmidWork(page)) return false;
  const abort = new AbortController();
  const common = { title, cancellable: true, ...(step === undefined ? {} : { step }) };
  page.abort = abort;
  page.running = { ...common, lines: [] };
  if (step !== undefined) page.stepProblems.delete(step);
  page.fieldProblems.clear();
  page.unfinished = undefined;
  page.update();
  let isDone = false;
  let lines: Running['lines'] = [];
  let failure: Problem | undefined;
  try {
    await work(abort.signal, (now) => {
      lines = now;
      page.running = { ...common, lines };
      page.editor.progress(page.running);
    });
    page.worked = true;
    isDone = true;
  } catch (error) {
    failure = failureOf(page, error, title);
  } finally {
    page.running = undefined;
    page.abort = undefined;
  }
  const done = lines.filter(({ status }) => status === 'done').map(({ text }) => text);
  if (failure !== undefined) place(page, failure, step, { title, done });
  else if (!isDone && done.length > 0) page.unfinished = { title, done };
  page.hurry();
  page.update();
  return isDone;
}

/** Whether something runs that whatever else is wanted has to wait for; says so then. */
export function isAmidWork({ running, editor }: Page): boolean {
  if (running === undefined) return false;
  editor.refuse(t('Not done, because something else is under way: {0}', running.title));
  return true;
}

/** Asks Atlas for something, as {@link perform} does things. */
export async function askAtlas(page: Page, step: StepId | undefined, work: () => Promise<void>): Promise<void> {
  await perform(page, step, t('Asking Atlas…'), work);
}

function failureOf({ ports: { logger } }: Page, error: unknown, title: string): Problem | undefined {
  if (isCancellation(error)) return undefined;
  const known = problemOf(error);
  const failure = known ?? problem('UNEXPECTED', title);
  logger.warn(`Set-up: ${failure.code} ${failure.subject} ${failure.evidence ?? ''}`);
  if (known === undefined && error instanceof Error) logger.error(error.stack ?? error.message);
  return failure;
}

/** A refusal stands beside the field that caused it, where the page has that field, else at its step. */
function place(page: Page, failure: Problem, step: StepId | undefined, work: Pick<Unfinished, 'title' | 'done'>): void {
  const { editor } = page;
  const field = fieldOf(page, failure, step);
  if (field !== undefined && fieldsIn(shownBy(page)).some(({ id }) => id === field)) {
    page.fieldProblems.set(field, failure);
    editor.focus({ kind: 'field', field });
  } else if (step === undefined) {
    page.unfinished = { ...work, problem: failure };
    editor.focus({ kind: 'unfinished' });
  } else {
    page.stepProblems.set(step, failure);
    editor.focus({ kind: 'step', step });
  }
  editor.announce(t('It did not work. See what is said beside it.'), true);
}

function fieldOf({ draft, ref, ports }: Page, failure: Problem, step: StepId | undefined): FieldId | undefined {
  const byCloud = choiceField(failure, securityGroupMode(draft));
  if (byCloud !== undefined) return byCloud;
  const { field } = failure.parameters;
  if (field !== undefined) return field as FieldId;
  const isRefusal = failure.code === 'ATLAS_REFUSED' || failure.code === 'ATLAS_CONFLICT';
  if (!isRefusal) return undefined;
  if (step === 'service') return 'region';
  if (step !== 'register') return undefined;
  return targetOf(subjectOf(ref, draft, ports.store), draft).provider === 'GCP' ? 'endpointGroup' : 'endpointId';
}
