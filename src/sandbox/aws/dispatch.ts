import { randomUUID } from 'node:crypto';
import type { World } from '../world/world';
import type { ActionContext, Answer, AwsAction } from './action';
import { ec2Actions } from './ec2/actions';
import { sweepEndpoints } from './ec2/vpc-endpoint';
import type { AwsFault } from './faults';
import type { Query } from './query';
import { checkNames, flagOf, requiredText, textOf } from './query';
import { AwsRefusal } from './refusal';
import type { AwsService, Caller, SignedRequest } from './signature';
import { checkSignature, unknownKey } from './signature';
import { stsActions } from './sts-actions';
import { xmlDocument } from './xml';

interface Api {
  readonly version: string;
  readonly namespace: string;
  readonly actions: ReadonlyMap<string, AwsAction>;
  /** Parameters that every action takes. */
  readonly common: readonly string[];
}

function api(version: string, namespace: string, actions: readonly AwsAction[], common: readonly string[]): Api {
  return { version, namespace, actions: new Map(actions.map((action) => [action.name, action])), common };
}

const apis: Readonly<Record<AwsService, Api>> = {
  ec2: api('2016-11-15', 'http://ec2.amazonaws.com/doc/2016-11-15/', ec2Actions, ['Action', 'DryRun', 'Version']),
  sts: api('2011-06-15', 'https://sts.amazonaws.com/doc/2011-06-15/', stsActions, ['Action', 'Version']),
};

/** A request with what its form says. */
export interface AwsRequest extends SignedRequest {
  readonly query: Query;
}

export interface AwsReply {
  readonly status: number;
  readonly body: string;
}

/** Ten minutes: twice what a signature may be off. */
export const skew = 10 * 60_000;

/**
 * Checks who asks and whether they may, carries the action out, and writes the answer as the service does. Throws an
 * {@link AwsRefusal}.
 */
export function dispatch(world: World, request: AwsRequest, on: (fault: AwsFault) => boolean): AwsReply {
  const caller = checkSignature(world, request, Date.now() + (on('aws-clock-skew') ? skew : 0));
  const { service } = caller;
  switchedRefusals(service, on);
  const { query } = request;
  const name = requiredText(query, 'Action');
  const { actions, common, namespace, version } = apis[service];
  const action = actions.get(name);
  if (action === undefined || requiredText(query, 'Version') !== version) {
    throw new AwsRefusal('InvalidAction', `The action ${name} is not valid for this web service.`);
  }
  checkNames(query, [...common, ...action.parameters]);
  authorize(world, action, query, caller, on);
  const region = world.aws.regions.get(caller.region);
  if (region === undefined) throw new Error('a signature is checked against the regions');
  for (const each of world.aws.regions.values()) sweepEndpoints(world, each);
  const context: ActionContext = { world, caller, region, query };
  const carryOut = action.prepare(context);
  if (service === 'ec2' && flagOf(query, 'DryRun')) {
    throw new AwsRefusal('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
  }
  return { status: 200, body: writeAnswer(service, namespace, name, carryOut()) };
}

function switchedRefusals(service: AwsService, on: (fault: AwsFault) => boolean): void {
  const ec2 = service === 'ec2';
  // As if the credentials were wrong: that is what AWS says of them in a region that is not enabled.
  if (on('aws-region-closed')) throw unknownKey(service);
  if (on('aws-throttled')) {
    throw ec2
      ? new AwsRefusal('RequestLimitExceeded', 'Request limit exceeded.', 503)
      : new AwsRefusal('Throttling', 'Rate exceeded');
  }
  if (on('aws-500')) throw new AwsRefusal('InternalError', 'An internal error has occurred', 500);
  if (on('aws-503')) throw new AwsRefusal('Unavailable', 'The service is unavailable. Please try again shortly.', 503);
  if (on('aws-expired-token')) {
    throw ec2
      ? new AwsRefusal('RequestExpired', 'Request has expired.')
      : new AwsRefusal('ExpiredToken', 'The security token included in the request is expired', 403);
  }
}

/**
 * Every permission that a request needs has to be there. `denied` takes them from the user, not from the roles that
 * the user may assume; the fault takes them from everybody. Asking who one is needs none (AWS: GetCallerIdentity).
 */
function authorize(
  world: World,
  action: AwsAction,
  query: Query,
  caller: Caller,
  on: (fault: AwsFault, ...more: readonly string[]) => boolean,
): void {
  if (action.name === 'GetCallerIdentity') return;
  const alsoNeeded = action.alsoNeeds?.(query) ?? [];
  for (const name of [action.name, ...alsoNeeded]) {
    const permission = `${caller.service}:${name}`;
    const denied = caller.arn === world.aws.userArn && world.aws.denied.has(permission);
    if (!denied && !on('aws-denied', name, permission)) continue;
    const resource =
      caller.service === 'sts'
        ? (textOf(query, 'RoleArn') ?? '*')
        : action.resource === undefined
          ? '*'
          : `arn:aws:ec2:${caller.region}:${world.aws.accountId}:${action.resource}/*`;
    const who = `User: ${caller.arn} is not authorized to perform: ${permission} on resource: ${resource}`;
    const why = `because no identity-based policy allows the ${permission} action`;
    throw caller.service === 'sts'
      ? new AwsRefusal('AccessDenied', `${who} ${why}`, 403)
      : new AwsRefusal('UnauthorizedOperation', `You are not authorized to perform this operation. ${who} ${why}`, 403);
  }
}

function writeAnswer(service: AwsService, namespace: string, name: string, answer: Answer): string {
  const requestId = randomUUID();
  const content =
    service === 'ec2'
      ? { requestId, ...answer }
      : { [`${name}Result`]: answer, ResponseMetadata: { RequestId: requestId } };
  return xmlDocument(`${name}Response`, namespace, content);
}

/** A refusal in the service's own form. */
export function writeRefusal(service: AwsService, { code, message, status }: AwsRefusal): AwsReply {
  const requestId = randomUUID();
  const body =
    service === 'ec2'
      ? xmlDocument('Response', '', { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId })
      : xmlDocument('ErrorResponse', apis.sts.namespace, {
          Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
          RequestId: requestId,
        });
  return { status, body };
}
