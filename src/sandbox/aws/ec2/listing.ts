import type { ActionContext, AwsAction } from '../action';
import { textOf, valuesOf } from '../query';
import { AwsRefusal } from '../refusal';
import type { Xml } from '../xml';
import type { FilterFields, Tags } from './filters';
import { readFilters } from './filters';
import type { PageLimits } from './paging';
import { pageOf } from './paging';

/** An action that describes resources, as a row of a table. */
export interface Listing<T> {
  readonly action: string;
  /** The element that holds the list in the answer. */
  readonly set: string;
  items(context: ActionContext): Iterable<T>;
  key(item: T): string;
  readonly ids?: {
    readonly parameter: string;
    /** The refusal when there is no such item. */
    notFound(id: string): AwsRefusal;
  };
  readonly filters: (context: ActionContext) => FilterFields<T>;
  readonly tags?: (item: T) => Tags;
  view(item: T, context: ActionContext): Xml;
  /** More fields of the answer. */
  readonly also?: (items: readonly T[]) => Readonly<Record<string, Xml>>;
  readonly paging?: PageLimits;
  readonly parameters?: readonly string[];
}

/** What most actions of EC2 take for `MaxResults`. */
export const usualPaging: PageLimits = { least: 5, most: 1000, clamps: false };
/** What the actions of VPC endpoints take. */
export const endpointPaging: PageLimits = { least: 1, most: 1000, clamps: true };

export function listing<T>(spec: Listing<T>): AwsAction {
  const { action, ids, paging, set } = spec;
  return {
    name: action,
    parameters: [
      'Filter',
      ...(ids === undefined ? [] : [ids.parameter]),
      ...(paging === undefined ? [] : ['MaxResults', 'NextToken']),
      ...(spec.parameters ?? []),
    ],
    prepare: (context) => {
      const { query } = context;
      const wanted = ids === undefined ? [] : valuesOf(query, ids.parameter);
      if (wanted.length > 0 && paging?.least === usualPaging.least && textOf(query, 'MaxResults') !== undefined) {
        throw new AwsRefusal(
          'InvalidParameterCombination',
          `The parameter ${ids?.parameter ?? ''} cannot be used with the parameter MaxResults`,
        );
      }
      const all = [...spec.items(context)];
      const keys = new Set(all.map((item) => spec.key(item)));
      for (const id of wanted) if (ids !== undefined && !keys.has(id)) throw ids.notFound(id);
      const passes = readFilters(query, spec.filters(context), spec.tags);
      const chosen = all.filter((item) => (wanted.length === 0 || wanted.includes(spec.key(item))) && passes(item));
      const page =
        paging === undefined
          ? { items: chosen, nextToken: undefined }
          : pageOf(query, chosen, (item) => spec.key(item), paging);
      return () => ({
        ...spec.also?.(page.items),
        [set]: page.items.map((item) => spec.view(item, context)),
        nextToken: page.nextToken,
      });
    },
  };
}
