import type { PageState } from '../../../../webview/protocol';
import type { PageModel } from '../model';
import { presentConfirmation } from './confirmation';
import { isGone } from './gone';
import { presentActions, presentHeader, presentNotices } from './header';
import { presentStatus } from './status-section';
import { presentSteps } from './steps';

/** Everything that the page shows, from everything that is known. */
export function presentPage(model: PageModel, revision: number): PageState {
  const { ref, account, project, ui } = model;
  // Before anything was read, and signed out, there is nothing to do but what the notices say.
  const isKnown = account !== undefined && project.value !== undefined;
  const steps = isKnown && !isGone(model) ? presentSteps(model) : { steps: [] };
  const offersAws = steps.steps.some(({ fieldGroups }) => fieldGroups.some(({ id }) => id === 'aws-account'));
  const status = presentStatus(model, offersAws);
  const confirmation = presentConfirmation(model);
  return {
    revision,
    page: ref,
    header: presentHeader(model),
    notices: presentNotices(model),
    ...steps,
    ...(status === undefined || !isKnown ? {} : { status }),
    ...(confirmation === undefined ? {} : { confirmation }),
    ...(ui.running === undefined ? {} : { running: ui.running }),
    actions: account === undefined ? [] : presentActions(model),
  };
}
