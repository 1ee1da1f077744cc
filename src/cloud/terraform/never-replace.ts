import type { HclBlock } from './hcl';
import { expression } from './hcl';

/**
 * For something that exists and is taken over: a plan that would destroy it fails instead, and what is not known here
 * stays as it is.
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
