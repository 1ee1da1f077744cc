import type { HclBlock } from './hcl';
import { expression } from './hcl';

/**
 * Lets a plan that would destroy the resource fail instead: connections through it would end. What is not known here
 * stays as it is. It does not hold any more when the resource is taken out of the configuration (Terraform's
 * documentation of `prevent_destroy`).
 */
export function neverReplace(unknown: readonly string[] = []): HclBlock {
  return {
    block: 'lifecycle',
    body: [
      ['prevent_destroy', true],
      ...(unknown.length === 0 ? [] : ([['ignore_changes', unknown.map((name) => expression(name))]] as const)),
    ],
  };
}
