import { textOf, type Query } from '../query';
import { AwsRefusal } from '../refusal';

const fullAccess = { Action: '*', Effect: 'Allow', Principal: '*', Resource: '*' } as const;

/** The policy of an endpoint that was given none. */
export const fullAccessPolicy = JSON.stringify({ Statement: [fullAccess] });

/** Refuses a policy that is none, and one that keeps anybody out: Atlas's services take no others. */
export function checkPolicy(query: Query, service: string): void {
  const text = textOf(query, 'PolicyDocument');
  if (text === undefined) return;
  const [statement, ...more] = statementsIn(text);
  const isFull = Object.entries(fullAccess).every(([name, value]) => isAnyOf(statement?.[name], value));
  if (more.length === 0 && isFull && statement?.Condition === undefined) return;
  throw new AwsRefusal('InvalidParameter', `Service ${service} only supports the full-access endpoint policy.`);
}

function isAnyOf(found: unknown, value: string): boolean {
  const values = Array.isArray(found) ? (found as readonly unknown[]) : [found];
  return values.length === 1 && (values[0] === value || (values[0] as { AWS?: unknown } | undefined)?.AWS === value);
}

function statementsIn(text: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const { Statement: statements } = JSON.parse(text) as { readonly Statement: unknown };
    const list: readonly unknown[] = Array.isArray(statements) ? statements : [statements];
    if (list.every((one) => typeof one === 'object' && one !== null))
      return list as Readonly<Record<string, unknown>>[];
  } catch {
    // Said below.
  }
  throw new AwsRefusal('InvalidPolicyDocument', 'The Policy Document is not valid.');
}
