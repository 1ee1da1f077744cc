import type { AwsRegion, World } from '../world/world';
import type { Query } from './query';
import type { Caller } from './signature';
import type { Xml } from './xml';

/** What an action works on. */
export interface ActionContext {
  readonly world: World;
  readonly caller: Caller;
  readonly region: AwsRegion;
  readonly query: Query;
}

/** The fields of an answer, below its root element (EC2) or its result element (STS). */
export type Answer = Readonly<Record<string, Xml>>;

export interface AwsAction {
  readonly name: string;
  /** Parameters that it takes, without numbers and what follows; others are refused. */
  readonly parameters: readonly string[];
  /** Permissions beside the one that is called like the action. */
  readonly alsoNeeds?: (query: Query) => readonly string[];
  /** The kind in `arn:aws:ec2:<region>:<account>:<kind>/*` that a refusal names; absent: `*`. */
  readonly resource?: string;
  /** Checks the request and returns what carries it out: a dry run stops in between. */
  prepare(context: ActionContext): () => Answer;
}
