import {
  CreateVpcEndpointCommand,
  DeleteVpcEndpointsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import assert from 'node:assert/strict';
import { sandboxAccountId } from '../../../src/accounts/account';
import { providers } from '../../../src/core/provider';
import type { Services } from '../../../src/services';
import { sandbox } from './extension';

/** What the sandbox has of a project and in its AWS account, a line for each thing. */
export interface SandboxContents {
  readonly atlas: readonly string[];
  /** Interface endpoints, and security groups but those that every VPC begins with. */
  readonly aws: readonly string[];
}

/** Asks Atlas and AWS, past everything that the extension remembers. */
export async function contentsOf(services: Services, projectName: string): Promise<SandboxContents> {
  const [atlas, ...aws] = await Promise.all([atlasOf(services, projectName), ...['us-east-1', 'eu-west-1'].map(awsIn)]);
  return { atlas, aws: aws.flat() };
}

async function atlasOf(services: Services, projectName: string): Promise<readonly string[]> {
  const api = await services.commands.apiOf(sandboxAccountId);
  const known = services.store.known<'directory'>(sandboxAccountId, { kind: 'directory' }).value;
  const id = known?.projects.find(({ name }) => name === projectName)?.id;
  assert.ok(id, projectName);
  const listed = await Promise.all(providers.map((provider) => api.listEndpointServices(id, provider)));
  const services_ = await Promise.all(
    listed.flat().map(async (service) => {
      const { provider, region, status, endpointIds } = service;
      const endpoints = await Promise.all(endpointIds.map((one) => api.getEndpoint(id, provider, service.id, one)));
      return [`${provider} ${region} ${status}`, ...endpoints.map((one) => `${one.id} ${one.status}`)];
    }),
  );
  const instances = await api.listServerlessInstances(id);
  const serverless = await Promise.all(
    instances.map(async ({ name }) => {
      const endpoints = await api.listServerlessEndpoints(id, name);
      return endpoints.map((one) => `${name} ${one.status} ${one.cloudProviderEndpointId ?? ''}`.trim());
    }),
  );
  const federation = (await api.listDataFederationEndpoints(id)).map((one) => `${one.id} ${one.status}`);
  const regionalized = (await api.getRegionalizedMode(id)) ? ['regionalized'] : [];
  return [...services_.flat(), ...serverless.flat(), ...federation, ...regionalized];
}

async function ec2In(region: string): Promise<EC2Client> {
  const { ec2Endpoint, awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = await sandbox();
  return new EC2Client({ region, endpoint: ec2Endpoint, credentials: { accessKeyId, secretAccessKey } });
}

async function awsIn(region: string): Promise<readonly string[]> {
  const ec2 = await ec2In(region);
  const [{ VpcEndpoints: endpoints = [] }, { SecurityGroups: groups = [] }] = await Promise.all([
    ec2.send(new DescribeVpcEndpointsCommand({})),
    ec2.send(new DescribeSecurityGroupsCommand({})),
  ]);
  ec2.destroy();
  return [
    ...endpoints
      .filter(({ State }) => State?.toLowerCase() !== 'deleted')
      .map((one) => `${region} ${one.VpcEndpointId ?? ''}`),
    ...groups.filter(({ GroupName }) => GroupName !== 'default').map((one) => `${region} ${one.GroupName ?? ''}`),
  ];
}

/** Makes an interface endpoint past the extension and returns what `aws ec2 create-vpc-endpoint` prints. */
export async function makeInterfaceEndpoint(serviceName: string, region = 'us-east-1'): Promise<string> {
  const ec2 = await ec2In(region);
  const { SecurityGroups: groups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['sandbox-endpoint'] }] }),
  );
  const [group] = groups;
  const { Subnets: subnets = [] } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [group?.VpcId ?? ''] }] }),
  );
  const { VpcEndpoint: endpoint } = await ec2.send(
    new CreateVpcEndpointCommand({
      VpcEndpointType: 'Interface',
      VpcId: group?.VpcId,
      ServiceName: serviceName,
      SubnetIds: subnets.slice(0, 1).map(({ SubnetId }) => SubnetId ?? ''),
      SecurityGroupIds: [group?.GroupId ?? ''],
    }),
  );
  ec2.destroy();
  return JSON.stringify({ VpcEndpoint: endpoint }, undefined, 4);
}

/** Does what `aws ec2 delete-vpc-endpoints` does. */
export async function deleteInterfaceEndpoint(id: string, region = 'us-east-1'): Promise<void> {
  const ec2 = await ec2In(region);
  const { Unsuccessful: failed = [] } = await ec2.send(new DeleteVpcEndpointsCommand({ VpcEndpointIds: [id] }));
  assert.deepEqual(failed, []);
  ec2.destroy();
}
