import { t } from '@vscode/l10n';
import type { Running } from '../../../webview/protocol';
import { without } from '../../setup/draft';
import { afterRegistration } from './choices';
import type { OnRemoval } from '../../setup/remove';
import { shortId } from '../tree/drafts';
import { readFederationUses } from './federation-uses';
import type { PageModel, Question } from './model';
import { moveToService } from './move-to-service';
import { keepDraft, type Page } from './page';
import { isAmidWork, perform } from './perform';
import { cloudOption, presentConfirmation, questionId } from './present/confirmation';
import { isGone, presentGone, removedNoticeId } from './present/gone';
import { lookAfterwards, refresh, refreshAtlas, refreshOld } from './read-atlas';
import { doConfirmed, removalText } from './remove-subject';
import { modelOf } from './state-of';
import { endpointIdsOf } from './subject';
import { endsWish } from './unregistered';

/** Asks before something is removed or switched; not while something runs, and not about what is not there. */
export function ask(page: Page, question: Question): void {
  if (isAmidWork(page)) return;
  const model = modelOf(page);
  const why = whyNotAsked(model, question);
  if (why !== undefined) {
    page.editor.refuse(why);
    return;
  }
  page.question = question;
  if (question.kind === 'remove-endpoint') void readFederationUses(page);
  // What leads through it may have changed since the page was opened: the question is drawn again with what comes.
  void refreshOld(page);
  page.editor.focus({ kind: 'confirmation' });
}

/** Why there is nothing to ask, in a sentence: commands come past the buttons, which are there only with what they are about. */
function whyNotAsked(model: PageModel, question: Question): string | undefined {
  const { subject, project } = model;
  if (isGone(model)) return presentGone(model)?.title ?? '';
  const isUnread = subject.kind === 'serverless' && subject.endpoints.value === undefined;
  if (project.value === undefined || isUnread)
    return t('Atlas has not told yet what there is. Refresh, and try again.');
  switch (question.kind) {
    case 'remove-service':
      return subject.kind === 'service' && subject.service !== undefined
        ? undefined
        : t('There is no endpoint service here that could be removed.');
    case 'remove-endpoint':
      return endpointIdsOf(subject).includes(question.endpointId)
        ? undefined
        : t('Atlas did not list this endpoint when it was asked last: {0}', shortId(question.endpointId));
    case 'enable-regionalized':
    case 'disable-regionalized':
      return undefined;
  }
}

/** The person has said yes: does it if that was the question, and if what had to be typed was. */
export async function confirm(page: Page, id: string, typed: string, options: readonly string[]): Promise<void> {
  const { question, editor } = page;
  if (question === undefined || questionId(question) !== id || isAmidWork(page)) return;
  const shown = presentConfirmation(modelOf(page));
  if (shown?.typed !== undefined && typed.trim() !== shown.typed.expected) {
    editor.refuse(t('Nothing was removed: what was typed is not "{0}".', shown.typed.expected));
    return;
  }
  const isRemoval = question.kind === 'remove-endpoint' || question.kind === 'remove-service';
  if (isRemoval) moveToService(page);
  const asked = modelOf(page);
  const read = saidBy(asked);
  page.question = undefined;
  const lines = new Map<string, Running['lines'][number]>();
  const withCloud = options.includes(cloudOption) && (shown?.options.length ?? 0) > 0;
  page.removed = undefined;
  const isDone = await perform(page, undefined, shown?.title ?? '', async (signal, tell) => {
    // Another window, or Atlas itself, may have changed what it leads to since it was drawn.
    await refreshAtlas(page);
    signal.throwIfAborted();
    const now = modelOf({ ...page, question });
    // What somebody else has removed meanwhile may have left its other side here.
    const model = whyNotAsked(now, question) === undefined ? withAtlasOf(asked, now) : asked;
    if (saidBy(model).some((text) => !read.includes(text))) {
      askAnew(page, question);
      return;
    }
    const removed = await doConfirmed(
      page.steps,
      model,
      question,
      withCloud,
      (part, status) => {
        const text = removalText(part);
        lines.set(text, { text, ...lineOf(status) });
        tell([...lines.values()]);
      },
      signal,
    );
    // Regionalized mode is switched amid a set-up, too.
    if (isRemoval) {
      // What was made for a service that is gone leads nowhere.
      const rest = endsWish(model, question) ? afterRegistration(page.draft) : page.draft;
      keepDraft(page, without(rest, 'endpoint', 'serverlessEndpoint', 'adding'));
    }
    page.removed = removed;
    page.aws.forget('endpoints');
    await refresh(page);
  });
  if (!isDone) await lookAfterwards(page);
  const notice = presentGone(modelOf(page));
  if (notice?.id === removedNoticeId) editor.announce(notice.title, false);
}

/** A model with what Atlas tells by now, and all else as the person has seen it. */
function withAtlasOf(seen: PageModel, { subject, project, uses }: PageModel): PageModel {
  return { ...seen, subject, project, ...(uses === undefined ? {} : { uses }) };
}

/** Everything that a question says, part by part, less what the person has chosen in it. */
function saidBy(model: PageModel): readonly string[] {
  const said = presentConfirmation(model);
  if (said === undefined) return [];
  const { title, consequences, strings, typed } = said;
  return [title, ...consequences, ...strings.map(({ text }) => text), ...(typed === undefined ? [] : [typed.prompt])];
}

/** The same question, with what it says now: nothing is done of what nobody has read. */
function askAnew(page: Page, question: Question): void {
  page.question = { ...question, isAgain: true };
  page.editor.focus({ kind: 'confirmation' });
  page.editor.announce(
    t('Not done yet: there is more to it now than when you were asked. Read the question again.'),
    true,
  );
}

function lineOf(status: Parameters<OnRemoval>[1]): Omit<Running['lines'][number], 'text'> {
  switch (status) {
    case 'running':
      return { status, statusText: t('Under way') };
    case 'done':
      return { status, statusText: t('Done') };
    case 'not-found':
      return { status: 'todo', statusText: t('Not found') };
  }
}
