import { t } from '@vscode/l10n';
import type { ActionButton, ElsewhereSection, StepId, StepState } from '../../../../webview/protocol';
import type { PageModel } from '../model';
import { button } from './views';

/** What a step holds, besides its place among the others. */
export type StepBody = Omit<StepState, 'id' | 'number' | 'status' | 'statusText'>;

/** Lists that most steps leave empty. */
export const empty = { findings: [], fieldGroups: [], details: [] } as const;

/** Why a button of a step cannot be used while something blocks the step. */
export function firstResolve(isBlocked: boolean): Pick<ActionButton, 'disabled'> {
  return isBlocked ? { disabled: t('First resolve what stands in the way.') } : {};
}

/** *I did it elsewhere* where nothing has to be told: Atlas knows. */
export function lookAgain(model: PageModel, step: StepId, intro: string): ElsewhereSection {
  return {
    open: model.ui.openElsewhere.has(step),
    intro,
    fields: [],
    submit: button('submit-elsewhere', t('Look Again'), 'secondary', { icon: 'refresh' }),
  };
}
