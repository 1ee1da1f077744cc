import type { CommandPlan, PlanTitle } from '../../core/command-plan';
import { renderStatements } from '../shell';
import type { HclBlock } from './hcl';
import { renderHcl } from './hcl';

/**
 * A Terraform file with the commands that show what it would do, do it, and print the named output of what it made: that
 * one alone, as others in the folder may be secret.
 */
export function planTerraformFile(
  title: PlanTitle,
  name: string,
  blocks: readonly HclBlock[],
  output?: string,
): CommandPlan {
  return {
    tool: 'terraform',
    title,
    file: { name, language: 'terraform', text: renderHcl(blocks) },
    shells: renderStatements([
      { kind: 'run', words: ['terraform', 'init'] },
      { kind: 'run', words: ['terraform', 'apply'] },
      ...(output === undefined ? [] : [{ kind: 'run', words: ['terraform', 'output', '-json', output] } as const]),
    ]),
    printsRegistration: output !== undefined,
    ...(output === undefined ? {} : { output }),
  };
}
