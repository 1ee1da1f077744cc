import assert from 'node:assert/strict';
import { EC2Client } from '@aws-sdk/client-ec2';
import { STSClient } from '@aws-sdk/client-sts';
import { startAws } from '../../../src/sandbox/aws/server';
import { addService } from '../../../src/sandbox/world/build';
import type { WorldOptions } from '../../../src/sandbox/world/create-world';
import { createWorld } from '../../../src/sandbox/world/create-world';
import type { AwsRegion, SandboxService, World } from '../../../src/sandbox/world/world';

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface AwsUnderTest {
  readonly world: World;
  readonly endpoint: string;
  readonly keys: Keys;
  /** The real client of the AWS SDK, pointed at the sandbox; it asks once unless told otherwise. */
  ec2(options?: { keys?: Keys; region?: string; maxAttempts?: number }): EC2Client;
  sts(options?: { keys?: Keys }): STSClient;
  region(name?: string): AwsRegion;
  /** An available endpoint service of Atlas in a project that has nothing else. */
  service(region?: string, remote?: readonly string[]): SandboxService;
  close(): Promise<void>;
}

/** The sandbox's AWS account alone, in this process. */
export async function startAwsUnderTest(options: WorldOptions = {}): Promise<AwsUnderTest> {
  const world = createWorld(options);
  const server = await startAws(world);
  const { endpoint } = server;
  const { awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = world.credentials;
  const keys: Keys = { accessKeyId, secretAccessKey };
  const clients: { destroy(): void }[] = [];
  const keep = <T extends { destroy(): void }>(client: T): T => {
    clients.push(client);
    return client;
  };
  return {
    world,
    endpoint,
    keys,
    ec2: ({ keys: credentials = keys, region = 'us-east-1', maxAttempts = 1 } = {}) =>
      keep(new EC2Client({ endpoint, region, credentials, maxAttempts })),
    sts: ({ keys: credentials = keys } = {}) =>
      keep(new STSClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })),
    region: (name = 'us-east-1') => {
      const found = world.aws.regions.get(name);
      assert.ok(found, name);
      return found;
    },
    service: (region = 'US_EAST_1', remote = []) => {
      const project = [...world.atlas.projects.values()].find(({ name }) => name === 'nothing-yet-sandbox');
      assert.ok(project);
      return addService(world, project, 'AWS', region, { supportedRemoteRegions: remote });
    },
    close: async () => {
      for (const client of clients) client.destroy();
      await server.close();
    },
  };
}

/** The VPC of the scenario with its subnets, by zone, and its security groups by name. */
export function sandboxVpc({ vpcs, subnets, securityGroups }: AwsRegion): {
  readonly id: string;
  readonly subnet: (name: string) => string;
  readonly group: (name: string) => string;
} {
  const vpc = [...vpcs.values()].find(({ isDefault }) => !isDefault);
  assert.ok(vpc);
  const named = <T extends { readonly id: string; readonly vpcId: string }>(
    all: ReadonlyMap<string, T>,
    name: (item: T) => string | undefined,
    wanted: string,
  ): string => {
    const found = [...all.values()].find((item) => item.vpcId === vpc.id && name(item) === wanted);
    assert.ok(found, wanted);
    return found.id;
  };
  return {
    id: vpc.id,
    subnet: (name) => named(subnets, ({ tags }) => tags.get('Name'), `sandbox-private-${name}`),
    group: (name) => named(securityGroups, (group) => group.name, name),
  };
}

/** Asserts that AWS refuses with this code, and gives the whole error. */
export async function refused(code: string, work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => assert.fail(`expected ${code}, and it worked`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error);
  assert.equal(error.name, code, error.message);
  return error;
}
