import { createHash } from 'node:crypto';
import type { ActionContext, AwsAction } from './action';
import { integerOf, requiredText } from './query';
import { AwsRefusal } from './refusal';
import { issueSession } from './session';

const leastSeconds = 900;
const mostSeconds = 43_200;
/** Who is a role already gets another one for an hour (AWS: role chaining). */
const mostChainedSeconds = 3600;

function invalid(what: string): AwsRefusal {
  return new AwsRefusal('ValidationError', what);
}

function durationOf({ query, caller }: ActionContext): number {
  const seconds = integerOf(query, 'DurationSeconds') ?? 3600;
  if (seconds < leastSeconds || seconds > mostSeconds) {
    throw invalid(`The requested DurationSeconds must be between ${leastSeconds} and ${mostSeconds}.`);
  }
  if (caller.arn.includes(':assumed-role/') && seconds > mostChainedSeconds) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  return seconds;
}

const assumeRole: AwsAction = {
  name: 'AssumeRole',
  parameters: [
    'DurationSeconds',
    'ExternalId',
    'Policy',
    'PolicyArns',
    'RoleArn',
    'RoleSessionName',
    'SerialNumber',
    'SourceIdentity',
    'Tags',
    'TokenCode',
    'TransitiveTagKeys',
  ],
  prepare: (context) => {
    const { world, query, caller } = context;
    const roleArn = requiredText(query, 'RoleArn');
    const session = requiredText(query, 'RoleSessionName');
    const [, account, role] = /^arn:aws:iam::(\d{12}):role\/(?:[\w+=,.@/-]+\/)?([\w+=,.@-]{1,64})$/.exec(roleArn) ?? [];
    if (role === undefined) throw invalid(`${roleArn} is invalid`);
    if (!/^[\w+=,.@-]{2,64}$/.test(session)) {
      throw invalid("Value at 'roleSessionName' failed to satisfy constraint: [\\w+=,.@-]{2,64}");
    }
    const seconds = durationOf(context);
    // Every role of the account trusts the account's own users; those of other accounts trust nobody here.
    if (account !== world.aws.accountId) {
      throw new AwsRefusal(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    return () => {
      const roleId = `AROA${createHash('sha256').update(role).digest('hex').toUpperCase().slice(0, 17)}`;
      const arn = `arn:aws:sts::${world.aws.accountId}:assumed-role/${role}/${session}`;
      const userId = `${roleId}:${session}`;
      const issued = issueSession(world, { arn, userId, expires: world.clock.now() + seconds * 1000 });
      return {
        Credentials: {
          AccessKeyId: issued.accessKeyId,
          SecretAccessKey: issued.secretAccessKey,
          SessionToken: issued.sessionToken,
          Expiration: new Date(issued.expires).toISOString(),
        },
        AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
      };
    };
  },
};

/** What the sandbox's STS can do. */
export const stsActions: readonly AwsAction[] = [
  {
    name: 'GetCallerIdentity',
    parameters: [],
    prepare:
      ({ world, caller }) =>
      () => ({ Arn: caller.arn, UserId: caller.userId, Account: world.aws.accountId }),
  },
  assumeRole,
];
