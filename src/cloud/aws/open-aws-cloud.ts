/**
 * The AWS account, by the AWS SDK. This file and what it alone imports is a bundle of its own, loaded when an account
 * is first opened: `await import('./cloud/aws/open-aws-cloud')`.
 */
import type { CreateVpcEndpointCommandInput } from '@aws-sdk/client-ec2';
import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  ModifyVpcEndpointCommand,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AskMfaCode, AwsAccess, AwsCloud, AwsIdentity, AwsVpcEndpoint } from '../../core/cloud';
import type { AwsEndpointChoices } from '../../core/cloud-choices';
import { problem, ProblemError } from '../../core/problem';
import { createAsk, type Ask } from './ask';
import { toDescribedGroups, toSubnets, toVpcEndpoints, toVpcs } from './described';
import { readClients } from './read-client';
import { readEvidence } from './read-evidence';
import { createRequestHandler } from './request-handler';
import { allowInbound, checkGroupPermissions, deleteOwnGroup, ensureGroup } from './security-groups';
import type { AwsSession } from './sessions';
import { allTags, ownTag } from './tags';

export interface AwsCloudOptions {
  /** Asked when a profile assumes a role that wants an MFA device. */
  readonly askMfaCode?: AskMfaCode;
  /** Shares with other regions what was resolved for the profile. */
  readonly session?: AwsSession;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds; for tests. */
  readonly timeouts?: { readonly connection: number; readonly request: number };
}

/** States of an endpoint that is over. AWS lists such ones for a while. */
const overStates: ReadonlySet<string> = new Set(['deleting', 'deleted', 'failed', 'rejected', 'expired']);

/**
 * Opens the account of a profile, or of the usual chain, in one region. Asks nothing of the network yet; credentials
 * are resolved at the first call, and again when they are about to expire.
 */
export function openAwsCloud(
  access: AwsAccess,
  options: AwsCloudOptions = {},
): AwsCloud & { forgetSession(): void; dispose(): void } {
  const { region, profile, endpoints } = access;
  const requestHandler = createRequestHandler(options.environment ?? process.env, options.timeouts);
  const credentials = access.credentials ?? resolver(access, options, requestHandler);
  const common = { region, credentials, requestHandler, maxAttempts: 4 };
  const ec2 = new EC2Client({ ...common, ...(endpoints === undefined ? {} : { endpoint: endpoints.ec2 }) });
  const sts = new STSClient({ ...common, ...(endpoints === undefined ? {} : { endpoint: endpoints.sts }) });
  const ask = createAsk({ region, profile });

  const whoAmI = (signal?: AbortSignal): Promise<AwsIdentity> =>
    ask({ task: 'who-am-i', action: 'sts:GetCallerIdentity', subject: profile ?? region }, signal, async (abort) => {
      const { Account: accountId = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}), abort);
      return { accountId, arn };
    });

  const describeEndpoints = (
    subject: string,
    filters: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<readonly AwsVpcEndpoint[]> =>
    ask.pages({ task: 'look', action: 'ec2:DescribeVpcEndpoints', subject }, signal, async (NextToken, abort) => {
      const page = await ec2.send(new DescribeVpcEndpointsCommand({ Filters: toFilters(filters), NextToken }), abort);
      return { items: toVpcEndpoints(page.VpcEndpoints ?? []), next: page.NextToken };
    });

  // By filter, not by id: an id that is not there would be an error, and one that has gone may be either.
  const getEndpoint = async (endpointId: string, signal?: AbortSignal): Promise<AwsVpcEndpoint | undefined> =>
    (await describeEndpoints(endpointId, { 'vpc-endpoint-id': endpointId }, signal)).find(
      ({ id }) => id === endpointId,
    );

  return {
    region,
    whoAmI,
    forgetSession: () => options.session?.forget(),
    dispose: () => {
      ec2.destroy();
      sts.destroy();
      requestHandler.destroy();
    },

    listVpcs: (signal) =>
      ask.pages({ task: 'look', action: 'ec2:DescribeVpcs', subject: region }, signal, async (NextToken, abort) => {
        const page = await ec2.send(new DescribeVpcsCommand({ NextToken }), abort);
        return { items: toVpcs(page.Vpcs ?? []), next: page.NextToken };
      }),

    listSubnets: async (vpcId, signal) => {
      const subnets = await ask.pages(
        { task: 'look', action: 'ec2:DescribeSubnets', subject: vpcId },
        signal,
        async (NextToken, abort) => {
          const page = await ec2.send(
            new DescribeSubnetsCommand({ Filters: toFilters({ 'vpc-id': vpcId }), NextToken }),
            abort,
          );
          return { items: toSubnets(page.Subnets ?? []), next: page.NextToken };
        },
      );
      return subnets.toSorted((one, other) => compare(one.zone, other.zone) || compare(one.id, other.id));
    },

    listSecurityGroups: (vpcId, signal) =>
      ask.pages(
        { task: 'look', action: 'ec2:DescribeSecurityGroups', subject: vpcId },
        signal,
        async (NextToken, abort) => {
          const page = await ec2.send(
            new DescribeSecurityGroupsCommand({ Filters: toFilters({ 'vpc-id': vpcId }), NextToken }),
            abort,
          );
          return { items: toDescribedGroups(page.SecurityGroups ?? []), next: page.NextToken };
        },
      ),

    checkPermissions: async (choices, signal) => {
      const { securityGroup } = choices;
      if (securityGroup.kind === 'new')
        await checkGroupPermissions(ec2, ask, choices.vpcId, securityGroup.name, signal);
      await dryRun(ask, ec2, choices, signal);
    },

    ensureSecurityGroup: (request, signal) => ensureGroup(ec2, ask, request, signal),
    allowInbound: (groupId, sources, signal) => allowInbound(ec2, ask, groupId, sources, signal),
    deleteSecurityGroup: (groupId, signal) => deleteOwnGroup(ec2, ask, groupId, signal),

    findEndpoints: async (serviceName, signal) => {
      const found = await describeEndpoints(serviceName, { 'service-name': serviceName }, signal);
      return found.filter(({ state }) => state !== 'deleted' && state !== 'deleting');
    },

    getEndpoint,

    ensureEndpoint: async (choices, signal) => {
      const present = await describeEndpoints(
        choices.serviceName,
        { 'service-name': choices.serviceName, 'vpc-id': choices.vpcId },
        signal,
      );
      const ours = present.find(({ state, tags }) => tags[ownTag] === choices.clientToken && !overStates.has(state));
      if (ours !== undefined) return { endpoint: ours, created: false };
      const { securityGroup, vpcId, tags } = choices;
      const made =
        securityGroup.kind === 'new'
          ? await ensureGroup(
              ec2,
              ask,
              { vpcId, name: securityGroup.name, sources: securityGroup.sources, tags },
              signal,
            )
          : undefined;
      const groupIds = securityGroup.kind === 'existing' ? securityGroup.ids : made === undefined ? [] : [made.id];
      const endpoint = await ask(
        { task: 'create-endpoint', action: 'ec2:CreateVpcEndpoint', subject: choices.serviceName },
        signal,
        async (abort) => {
          const { VpcEndpoint } = await ec2.send(new CreateVpcEndpointCommand(creation(choices, groupIds)), abort);
          return VpcEndpoint === undefined ? undefined : toVpcEndpoints([VpcEndpoint])[0];
        },
      );
      if (endpoint === undefined) throw new ProblemError(problem('AWS_REPLY_UNREADABLE', choices.serviceName));
      return { endpoint, created: true, ...(made === undefined ? {} : { newSecurityGroupId: made.id }) };
    },

    addSubnets: async (endpointId, subnetIds, signal) => {
      const before = await getEndpoint(endpointId, signal);
      const missing = subnetIds.filter((id) => before?.subnetIds.includes(id) !== true);
      if (before !== undefined && missing.length === 0) return before;
      await ask({ task: 'modify-endpoint', action: 'ec2:ModifyVpcEndpoint', subject: endpointId }, signal, (abort) =>
        ec2.send(new ModifyVpcEndpointCommand({ VpcEndpointId: endpointId, AddSubnetIds: missing }), abort),
      );
      const after = await getEndpoint(endpointId, signal);
      if (after === undefined) throw new ProblemError(problem('AWS_NOT_FOUND', endpointId, { field: 'endpointId' }));
      return after;
    },

    deleteEndpoint: (endpointId, signal) =>
      ask({ task: 'delete-endpoint', action: 'ec2:DeleteVpcEndpoints', subject: endpointId }, signal, async (abort) => {
        const { Unsuccessful } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [endpointId] }), abort);
        const refusal = Unsuccessful?.[0]?.Error;
        if (refusal === undefined || refusal.Code?.startsWith('InvalidVpcEndpoint') === true) return;
        throw Object.assign(new Error(refusal.Message ?? ''), {
          name: refusal.Code ?? '',
          $metadata: { httpStatusCode: 400 },
        });
      }),

    readEvidence: (endpointId, signal) => readEvidence({ ec2, ask, region, whoAmI, getEndpoint }, endpointId, signal),
    readClients: (addresses, signal) => readClients({ ec2, ask, region }, addresses, signal),
  };
}

function creation(choices: AwsEndpointChoices, groupIds: readonly string[]): CreateVpcEndpointCommandInput {
  return {
    VpcEndpointType: 'Interface',
    VpcId: choices.vpcId,
    ServiceName: choices.serviceName,
    ...(choices.serviceRegion === undefined ? {} : { ServiceRegion: choices.serviceRegion }),
    SubnetIds: choices.subnets.map(({ id }) => id),
    SecurityGroupIds: [...groupIds],
    // Atlas publishes the names; there is no private DNS name to switch on.
    PrivateDnsEnabled: false,
    ClientToken: choices.clientToken,
    TagSpecifications: [
      { ResourceType: 'vpc-endpoint', Tags: allTags(choices).map(([Key, Value]) => ({ Key, Value })) },
    ],
  };
}

/**
 * `DryRun` answers with the error `DryRunOperation` when the request would have been carried out. Without the token: one
 * that an interrupted attempt has used already would be held against what was asked with it.
 */
async function dryRun(ask: Ask, ec2: EC2Client, choices: AwsEndpointChoices, signal?: AbortSignal): Promise<void> {
  const { securityGroup } = choices;
  const groupIds = securityGroup.kind === 'existing' ? securityGroup.ids : [];
  const input = { ...creation(choices, groupIds), ClientToken: undefined, DryRun: true };
  await ask(
    { task: 'create-endpoint', action: 'ec2:CreateVpcEndpoint', subject: choices.serviceName },
    signal,
    async (abort) => {
      try {
        await ec2.send(new CreateVpcEndpointCommand(input), abort);
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'DryRunOperation') throw error;
      }
    },
  );
}

type RequestHandler = ReturnType<typeof createRequestHandler>;

/** The chain of a profile, or with a session what that has of it: a chain of its own would keep it, too, and ask again. */
function resolver(
  access: AwsAccess,
  { session, askMfaCode }: AwsCloudOptions,
  requestHandler: RequestHandler,
): ReturnType<typeof fromNodeProviderChain> {
  const open = () => chain(access, askMfaCode, requestHandler);
  if (session === undefined) return open();
  return (properties) => session.credentials(() => open()(properties));
}

function chain(
  { profile, region, endpoints }: AwsAccess,
  askMfaCode: AskMfaCode | undefined,
  requestHandler: RequestHandler,
): ReturnType<typeof fromNodeProviderChain> {
  return fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    clientConfig: { region, requestHandler, ...(endpoints === undefined ? {} : { endpoint: endpoints.sts }) },
    ...(askMfaCode === undefined
      ? {}
      : {
          mfaCodeProvider: async (serial: string) => {
            const code = await askMfaCode(serial);
            if (code !== undefined) return code;
            throw new DOMException('The MFA code was not entered', 'AbortError');
          },
        }),
  });
}

function toFilters(filters: Readonly<Record<string, string>>): { Name: string; Values: string[] }[] {
  return Object.entries(filters).map(([Name, value]) => ({ Name, Values: [value] }));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
