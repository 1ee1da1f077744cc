import { t } from '@vscode/l10n';
import type { CommandBlock, CommandSection, StepId } from '../../../../webview/protocol';
import { isGovernment } from '../../../accounts/account';
import { planEndpoint } from '../../../cloud/plan-endpoint';
import type { CommandPlan, Tool } from '../../../core/command-plan';
import type { Problem, Result } from '../../../core/problem';
import { describeProblem } from '../../../messages/problem-text';
import { describePlan, toolNames } from '../../../messages/plan-text';
import { choicesOf } from '../choices';
import { targetOf } from '../cloud-target';
import type { PageModel } from '../model';
import { fieldProblemText } from './views';

/** The commands of a step, when they are shown; undefined for a step that has none. */
export function commandSection(
  { ui }: PageModel,
  step: StepId,
  plans: () => Result<readonly CommandPlan[]>,
  intro: string,
): CommandSection {
  const open = ui.openCommands.has(step);
  const common = { open, shell: ui.shell, intro };
  if (!open) return { ...common, blocks: [] };
  const planned = plans();
  return planned.ok
    ? { ...common, blocks: planned.value.flatMap((plan) => blocksOf(step, plan, ui.shell)) }
    : { ...common, blocks: [], missing: missingText(planned.problem) };
}

/** A step's equivalent with the Atlas CLI; nothing where there is nothing to ask for. */
export function atlasCliSection(
  model: PageModel,
  step: StepId,
  plans: () => Result<readonly CommandPlan[]>,
): { readonly commands?: CommandSection } {
  const planned = plans();
  if (planned.ok && planned.value.length === 0) return {};
  const intro = t('The same with the Atlas CLI, where you are signed in to it.');
  return { commands: commandSection(model, step, () => planned, intro) };
}

function missingText(problem: Problem): string {
  const [fix = ''] = describeProblem(problem).fixes;
  // Of what is missing only the remedy tells anything.
  return t('Something has to be chosen first. {0}', problem.subject === '' ? fix : fieldProblemText(problem));
}

function blocksOf(
  step: StepId,
  { tool, title, file, shells, printsRegistration, output }: CommandPlan,
  shell: 'posix' | 'powershell',
) {
  const common = { tool: toolNames[tool], title: describePlan(title) };
  const commands: CommandBlock = {
    ...common,
    id: `${step}/${tool}/${title}/commands`,
    language: shell === 'posix' ? 'shellscript' : 'powershell',
    text: shells[shell],
    perShell: true,
    ...(printsRegistration ? { note: pasteNote(tool, output) } : {}),
  };
  if (file === undefined) return [commands];
  const content: CommandBlock = {
    ...common,
    id: `${step}/${tool}/${title}/file`,
    title: t('Save as {0}', file.name),
    language: file.language,
    text: file.text,
    perShell: false,
  };
  return [content, commands];
}

function pasteNote(tool: Tool, output: string | undefined): string {
  if (output !== undefined) {
    return t(
      'The last command prints the output {0}, and nothing else of the folder. Paste that output at "I did it elsewhere".',
      output,
    );
  }
  return tool === 'aws-cli'
    ? t(
        'What the last command prints can be pasted whole at "I did it elsewhere", an error with IdempotentParameterMismatch as well.',
      )
    : t('What the last command prints can be pasted whole at "I did it elsewhere".');
}

/** What creates the endpoint in the person's cloud. */
export function cloudPlans({ account, subject, draft, aws }: PageModel): Result<readonly CommandPlan[]> {
  const government = account !== undefined && isGovernment(account);
  return planEndpoint(choicesOf(targetOf(subject, draft), draft, aws), { government });
}
