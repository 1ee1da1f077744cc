import { t } from '@vscode/l10n';
import type { Running } from '../../../webview/protocol';
import { without } from '../../setup/draft';
import type { OnRemoval } from '../../setup/remove';
import { readFederationUses } from './federation-uses';
import type { Question } from './model';
import { keepDraft, type Page } from './page';
import { perform } from './perform';
import { cloudOption, presentConfirmation, questionId } from './present/confirmation';
import { isGone, presentGone, removedNoticeId } from './present/gone';
import { refresh } from './read-atlas';
import { doConfirmed, removalText, removedBy } from './remove-subject';
import { modelOf } from './state-of';

/** Asks before something is removed or switched; not while something runs, and not where nothing is left. */
export function ask(page: Page, question: Question): void {
  if (page.running !== undefined) return;
  const model = modelOf(page);
  if (isGone(model)) {
    page.editor.announce(presentGone(model)?.title ?? '', true);
    return;
  }
  page.question = question;
  if (question.kind === 'remove-endpoint') void readFederationUses(page);
  page.update();
  page.editor.focus({ kind: 'confirmation' });
}

/** The person has said yes: does it if that was the question, and if what had to be typed was. */
export async function confirm(page: Page, id: string, typed: string, options: readonly string[]): Promise<void> {
  const { question, editor } = page;
  if (question === undefined || questionId(question) !== id) return;
  const model = modelOf(page);
  const shown = presentConfirmation(model);
  if (shown?.typed !== undefined && typed.trim() !== shown.typed.expected) {
    editor.announce(t('Nothing was removed: what was typed is not "{0}".', shown.typed.expected), true);
    return;
  }
  page.question = undefined;
  const lines = new Map<string, Running['lines'][number]>();
  const withCloud = options.includes(cloudOption) && (shown?.options.length ?? 0) > 0;
  page.removed = undefined;
  await perform(page, undefined, shown?.title ?? '', async (signal, tell) => {
    const notFound = await doConfirmed(
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
    if (question.kind === 'remove-endpoint' || question.kind === 'remove-service') {
      keepDraft(page, without(page.draft, 'endpoint', 'serverlessEndpoint', 'adding'));
    }
    page.removed = removedBy(model, question, withCloud, notFound);
    page.aws.forget('endpoints');
    await refresh(page);
  });
  const notice = presentGone(modelOf(page));
  if (notice?.id === removedNoticeId) editor.announce(notice.title, false);
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
