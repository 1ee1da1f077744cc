import type { HclBlock, HclItem, HclValue } from './hcl';
import { expression } from './hcl';

/** Takes over something that exists (Terraform 1.5). */
export function importBlock(to: string, id: HclValue, forEach?: HclValue): HclBlock {
  return {
    block: 'import',
    body: [
      ...(forEach === undefined ? [] : [['for_each', forEach] satisfies HclItem]),
      ['to', expression(to)],
      ['id', id],
    ],
  };
}

/** A value that the person has to know; with what it is when that is known. */
export function variableBlock(name: string, description: string, value?: string): HclBlock {
  return {
    block: 'variable',
    labels: [name],
    body: [
      ['description', description],
      ['type', expression('string')],
      ...(value === undefined || value === '' ? [] : [['default', value] satisfies HclItem]),
    ],
  };
}
