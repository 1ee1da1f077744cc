import { t } from '@vscode/l10n';
import type { StepId } from '../../../webview/protocol';
import { problemOf } from '../../core/problem';
import { withChanges } from '../../setup/draft';
import { planSteps } from '../../setup/steps';
import { clientTokenFor, withSpentToken } from './client-tokens';
import { targetOf } from './cloud-target';
import { doStep, type DoneStep } from './do-step';
import { factsOf } from './facts';
import { takePasted } from './fill-fields';
import type { PageModel } from './model';
import { keepDraft, moveTo, type Page } from './page';
import { askAtlas, perform } from './perform';
import { isGone, presentGone } from './present/gone';
import { lookAfterwards, readRoles, refresh } from './read-atlas';
import { modelOf } from './state-of';

/** *Do it*: carries out a step, or looks again where there is nothing to do but wait. */
export async function runStep(page: Page, step: StepId): Promise<void> {
  switch (step) {
    case 'check':
      await askAtlas(page, step, async () => {
        await readRoles(page);
        await refresh(page);
      });
      return;
    case 'wait':
    case 'use':
      await askAtlas(page, step, () => refresh(page));
      return;
    case 'service':
    case 'cloud':
    case 'register':
      // Commands come here too, past the button that cannot be used, or that is not there.
      if (isGone(modelOf(page))) page.editor.announce(presentGone(modelOf(page))?.title ?? '', true);
      else if (isBlocked(modelOf(page))) {
        page.editor.refuse(t('First resolve what stands in the way.'));
        page.editor.focus({ kind: 'step', step: 'check' });
      } else await carryOut(page, step);
  }
}

function isBlocked(model: PageModel): boolean {
  return planSteps(factsOf(model)).some(({ status }) => status === 'blocked');
}

async function carryOut(page: Page, step: DoneStep): Promise<void> {
  const titles: Readonly<Record<DoneStep, string>> = {
    service: t('Asking Atlas for the endpoint service…'),
    cloud: t('Creating the interface endpoint in the AWS account…'),
    register: t('Registering the endpoint at Atlas…'),
  };
  page.removed = undefined;
  const isDone = await perform(page, step, titles[step], async (signal) => {
    const model = modelOf(page);
    const { ref, draft } = await doStep(page.steps, model, step, signal).catch((error: unknown) => {
      // Tried again, the same token would be refused again.
      if (problemOf(error)?.code === 'AWS_TOKEN_REUSED') {
        const token = clientTokenFor(targetOf(model.subject, model.draft), model.draft, model.aws);
        keepDraft(page, withSpentToken(page.draft, token));
      }
      throw error;
    });
    if (ref !== undefined) moveTo(page, ref);
    // Fields can be filled while a step runs.
    if (draft !== undefined) keepDraft(page, withChanges(page.draft, model.draft, draft));
    page.aws.forget('endpoints');
    if (step !== 'cloud') await refresh(page);
  });
  if (!isDone) await lookAfterwards(page);
}

/** *I did it elsewhere*: takes what was pasted, or looks again. */
export async function submitElsewhere(page: Page, step: StepId): Promise<void> {
  switch (step) {
    case 'cloud':
      if (!takePasted(page)) return;
      page.openElsewhere.delete('cloud');
      page.update();
      return;
    case 'register':
      if (takePasted(page)) await runStep(page, 'register');
      return;
    case 'check':
    case 'service':
    case 'wait':
    case 'use':
      await askAtlas(page, step, () => refresh(page));
  }
}
