import type { Clock } from '../core/clock';
import { startAtlas } from './atlas/server';
import { startAws } from './aws/server';
import { listFaults } from './faults';
import { startControl } from './control/server';
import { clientAddresses } from './network/client';
import { startNetwork } from './network/start';
import type { ScenarioName } from './world/create-world';
import { createWorld } from './world/create-world';
import type { FaultSwitches, Pace, World } from './world/world';

/** Everything that somebody outside needs to use a running sandbox; what `--json` prints. */
export interface SandboxDescription {
  readonly atlasBaseUrl: string;
  readonly publicKey: string;
  readonly privateKey: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly ec2Endpoint: string;
  readonly stsEndpoint: string;
  readonly awsAccessKeyId: string;
  readonly awsSecretAccessKey: string;
  readonly dnsServer: string;
  readonly socksProxy: string;
  /** Addresses beyond the proxy that connections come from, one for each VPC: `10.0.30.10/24`. */
  readonly clientAddresses: readonly string[];
  readonly caFile: string;
  readonly dbUsername: string;
  readonly dbPassword: string;
  readonly scenario: string;
  readonly controlUrl: string;
  readonly controlToken: string;
}

export interface SandboxOptions {
  readonly scenario?: ScenarioName;
  /** Projects in addition to the scenario's, ten clusters each. */
  readonly projects?: number;
  /** Milliseconds that every answer of the Atlas API takes longer. */
  readonly latency?: number;
  readonly clock?: Clock;
  readonly pace?: Pace;
  /** Told of each connection that is left unanswered, as packets to it are dropped: `address:port`. */
  readonly onUnanswered?: (target: string) => void;
}

export interface SandboxHandle {
  readonly description: SandboxDescription;
  readonly world: World;
  /** Failures, as the control interface has them. */
  readonly faults: FaultSwitches & { describe(): ReturnType<typeof listFaults> };
  /** Ends every listener and connection and removes the certificate file. Can be called again. */
  close(): Promise<void>;
}

/** Starts a whole sandbox in this process, on random ports of the loopback interface. */
export async function startSandbox(options: SandboxOptions = {}): Promise<SandboxHandle> {
  const world = createWorld(options);
  const closers: (() => Promise<void>)[] = [];
  const keep = <T extends { close(): Promise<void> }>(server: T): T => {
    closers.push(() => server.close());
    return server;
  };
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closed ??= Promise.all(closers.map((closer) => closer())).then(() => undefined);
    return closed;
  };
  try {
    const [atlas, aws, network, control] = await Promise.all([
      startAtlas(world, { latency: options.latency ?? 0 }).then(keep),
      startAws(world).then(keep),
      startNetwork(world, options.onUnanswered).then(keep),
      startControl(world).then(keep),
    ]);
    return {
      world,
      close,
      faults: { ...world.faults, describe: () => listFaults(world) },
      description: {
        atlasBaseUrl: atlas.baseUrl,
        publicKey: world.credentials.publicKey,
        privateKey: world.credentials.privateKey,
        clientId: world.credentials.clientId,
        clientSecret: world.credentials.clientSecret,
        ec2Endpoint: aws.endpoint,
        stsEndpoint: aws.endpoint,
        awsAccessKeyId: world.credentials.awsAccessKeyId,
        awsSecretAccessKey: world.credentials.awsSecretAccessKey,
        dnsServer: network.dnsServer,
        socksProxy: network.socksProxy,
        clientAddresses: clientAddresses(world),
        caFile: network.caFile,
        dbUsername: world.credentials.dbUsername,
        dbPassword: world.credentials.dbPassword,
        scenario: world.scenario,
        controlUrl: control.url,
        controlToken: world.credentials.controlToken,
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
