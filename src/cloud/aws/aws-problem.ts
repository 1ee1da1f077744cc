import type { CloudField } from '../../core/cloud-choices';
import type { CloudProblemCode } from '../../core/problem-codes/cloud';
import { isCancellation, problem, ProblemError, problemOf } from '../../core/problem';
import type { Task } from './permissions';
import { policyFor } from './permissions';

/** What was asked of AWS, for the words of a failure. */
export interface AwsRequestContext {
  readonly task: Task;
  /** `ec2:CreateVpcEndpoint`. */
  readonly action: string;
  /** What it was about, in the person's terms: an id, a name. */
  readonly subject: string;
  readonly region: string;
  readonly profile?: string | undefined;
}

interface AwsError extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/** The codes of AWS that mean one thing wherever they come (EC2 and STS: error codes), with the field they belong to. */
const meanings: Readonly<Record<string, readonly [CloudProblemCode, CloudField?]>> = {
  ...rows(
    'AWS_NOT_PERMITTED',
    undefined,
    'UnauthorizedOperation',
    'AccessDenied',
    'AccessDeniedException',
    'Forbidden',
  ),
  ...rows(
    'AWS_CREDENTIALS_REFUSED',
    'profile',
    'AuthFailure',
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'SignatureDoesNotMatch',
    'IncompleteSignature',
    'MissingAuthenticationToken',
    'Blocked',
  ),
  ...rows('AWS_TOKEN_EXPIRED', 'profile', 'ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
  ...rows('AWS_CLOCK_SKEW', undefined, 'RequestTimeTooSkewed', 'RequestInTheFuture'),
  ...rows('AWS_REGION_DISABLED', 'region', 'OptInRequired', 'PendingVerification', 'RegionDisabledException'),
  ...rows('AWS_NOT_FOUND', 'vpcId', 'InvalidVpcId.NotFound', 'InvalidVpcID.NotFound'),
  ...rows('AWS_NOT_FOUND', 'subnets', 'InvalidSubnetId.NotFound', 'InvalidSubnetID.NotFound'),
  ...rows('AWS_NOT_FOUND', 'securityGroup', 'InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound'),
  ...rows('AWS_NOT_FOUND', 'endpointId', 'InvalidVpcEndpointId.NotFound'),
  ...rows('AWS_REFUSED', 'vpcId', 'InvalidVpcId.Malformed', 'InvalidVpcID.Malformed'),
  ...rows(
    'AWS_REFUSED',
    'subnets',
    'InvalidSubnetId.Malformed',
    'InvalidSubnetID.Malformed',
    'InsufficientFreeAddressesInSubnet',
  ),
  ...rows(
    'AWS_REFUSED',
    'securityGroup',
    'InvalidGroupId.Malformed',
    'InvalidSecurityGroupId.Malformed',
    'InvalidGroup.Reserved',
  ),
  ...rows(
    'AWS_REFUSED',
    'endpointId',
    'InvalidVpcEndpointId.Malformed',
    'InvalidVpcEndpoint.NotFound',
    'IncorrectState',
  ),
  ...rows('AWS_SERVICE_NAME_UNKNOWN', 'serviceName', 'InvalidServiceName'),
  ...rows('AWS_SUBNETS_IN_ONE_ZONE', 'subnets', 'DuplicateSubnetsInSameZone'),
  ...rows('AWS_GROUP_NAME_TAKEN', 'securityGroup', 'InvalidGroup.Duplicate'),
  ...rows('AWS_IN_USE', 'securityGroup', 'DependencyViolation', 'InvalidGroup.InUse'),
  ...rows('AWS_TOKEN_REUSED', 'clientToken', 'IdempotentParameterMismatch'),
  ...rows(
    'AWS_RATE_LIMITED',
    undefined,
    'RequestLimitExceeded',
    'Throttling',
    'ThrottlingException',
    'TooManyRequestsException',
    'EC2ThrottledException',
    'SlowDown',
  ),
  ...rows('AWS_SERVER_ERROR', undefined, 'InternalError', 'InternalFailure', 'Unavailable', 'ServiceUnavailable'),
};

function rows(
  code: CloudProblemCode,
  field: CloudField | undefined,
  ...names: readonly string[]
): Readonly<Record<string, readonly [CloudProblemCode, CloudField?]>> {
  return Object.fromEntries(names.map((name) => [name, field === undefined ? [code] : [code, field]]));
}

/** AWS's own sentences are one or two hundred characters; UnauthorizedOperation adds a coded message without an end. */
const longestDetail = 400;

/**
 * What AWS, its SDK or the network said, as an error that carries a `AWS_…` problem. The wish to stop goes through as
 * it is.
 */
export function toAwsError(error: unknown, context: AwsRequestContext): unknown {
  if (isCancellation(error) || problemOf(error) !== undefined || !(error instanceof Error)) return error;
  const { code, field, parameters = {} } = meaningOf(error, context);
  return new ProblemError(
    problem(
      code,
      context.subject,
      {
        action: context.action,
        region: context.region,
        errorCode: error.name,
        ...(field === undefined ? {} : { field }),
        ...(context.profile === undefined ? {} : { profile: context.profile }),
        ...(code === 'AWS_UNREACHABLE' || code === 'AWS_REPLY_UNREADABLE' ? {} : { detail: sentenceOf(error) }),
        ...parameters,
      },
      { evidence: `${error.name}: ${sentenceOf(error)}` },
    ),
  );
}

interface Meaning {
  readonly code: CloudProblemCode;
  readonly field?: CloudField | undefined;
  readonly parameters?: Readonly<Record<string, string>>;
}

function meaningOf(error: AwsError, context: AwsRequestContext): Meaning {
  const { name, message } = error;
  if (name === 'CredentialsProviderError' || name === 'TokenProviderError') return credentialsMeaning(error, context);
  if (/MultiFactorAuthentication failed/iu.test(message)) return { code: 'AWS_MFA_REFUSED', field: 'mfaCode' };
  if (name === 'RequestExpired' || name === 'SignatureDoesNotMatch') return expiryMeaning(error);
  const known = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
  if (known !== undefined) return refine({ code: known[0], field: known[1] }, error, context);
  if (name.endsWith('LimitExceeded'))
    return { code: 'AWS_QUOTA_USED_UP', field: fieldOf(message), parameters: { quota: name } };
  // Before the network: a reply that is cut off carries both.
  if (isUnreadable(error)) return { code: 'AWS_REPLY_UNREADABLE' };
  const reason = networkReason(error);
  if (reason !== undefined) return { code: 'AWS_UNREACHABLE', parameters: { reason } };
  const status = error.$metadata?.httpStatusCode;
  if (status !== undefined && status >= 500) return { code: 'AWS_SERVER_ERROR' };
  if (status === undefined) return { code: 'AWS_REPLY_UNREADABLE' };
  if (name.startsWith('InvalidParameter') && /does not support the availability zone/iu.test(message)) {
    return { code: 'AWS_ZONE_NOT_OFFERED', field: 'subnets' };
  }
  return { code: 'AWS_REFUSED', field: fieldOf(message) };
}

function refine(meaning: Meaning, error: AwsError, context: AwsRequestContext): Meaning {
  if (meaning.code === 'AWS_NOT_PERMITTED') {
    const missing =
      /not authorized to perform: ([a-z0-9-]{1,40}:[A-Za-z]{1,60})/u.exec(error.message)?.[1] ?? context.action;
    // To assume the role of a profile is no task of ours.
    const task = missing.startsWith('ec2:') ? context.task : 'who-am-i';
    return {
      code: meaning.code,
      field: missing.startsWith('sts:') ? 'profile' : undefined,
      parameters: { permissions: missing, policy: policyFor(task, missing) },
    };
  }
  return meaning;
}

/** `RequestExpired` comes from a session that is over as well as from a wrong clock. */
function expiryMeaning(error: AwsError): Meaning {
  if (/signature (?:expired|not yet current)|clock/iu.test(error.message)) return { code: 'AWS_CLOCK_SKEW' };
  if (error.name === 'SignatureDoesNotMatch') return { code: 'AWS_CREDENTIALS_REFUSED', field: 'profile' };
  return 'clockSkewCorrected' in error || error.$metadata === undefined
    ? { code: 'AWS_CLOCK_SKEW' }
    : { code: 'AWS_TOKEN_EXPIRED', field: 'profile' };
}

/** Sentences of the SDK's credential providers, which have no codes of their own. */
function credentialsMeaning({ message }: AwsError, { profile }: AwsRequestContext): Meaning {
  const named =
    profile === undefined ? '' : ` --profile ${/^[\w.-]+$/u.test(profile) ? profile : JSON.stringify(profile)}`;
  if (/aws login/iu.test(message)) {
    return { code: 'AWS_SSO_SIGN_IN_NEEDED', field: 'profile', parameters: { command: `aws login${named}` } };
  }
  if (/sso (?:session|login|token)|token is expired|refresh this sso/iu.test(message)) {
    return { code: 'AWS_SSO_SIGN_IN_NEEDED', field: 'profile', parameters: { command: `aws sso login${named}` } };
  }
  if (/could not load credentials from any providers/iu.test(message) && profile === undefined) {
    return { code: 'AWS_CREDENTIALS_NONE', field: 'profile' };
  }
  return { code: profile === undefined ? 'AWS_CREDENTIALS_NONE' : 'AWS_PROFILE_UNUSABLE', field: 'profile' };
}

function networkReason(error: AwsError): string | undefined {
  if (error.name === 'TimeoutError') return 'TIMEOUT';
  const codes = [error.code, (error.cause as { code?: unknown } | undefined)?.code];
  return codes.find(
    (code): code is string => typeof code === 'string' && /^E[A-Z_]+$|CERT|TLS|SSL|_ISSUER/u.test(code),
  );
}

function isUnreadable({ message, name }: AwsError): boolean {
  return (
    /deserialization error|unexpected (?:token|end|close)|unclosed|xml|aborted/iu.test(message) ||
    name === 'SyntaxError'
  );
}

function fieldOf(message: string): CloudField | undefined {
  if (/subnet|availability zone/iu.test(message)) return 'subnets';
  if (/security group|group/iu.test(message)) return 'securityGroup';
  if (/\btags?\b/iu.test(message)) return 'tags';
  if (/service/iu.test(message)) return 'serviceName';
  return undefined;
}

function sentenceOf({ message }: Error): string {
  const plain = message.replace(/\s*Encoded authorization failure message:.*$/su, '').replaceAll(/\p{C}+/gu, ' ');
  return plain.length > longestDetail ? `${plain.slice(0, longestDetail - 1)}…` : plain;
}
