import type { AwsClientEvidence, AwsEvidence } from '../core/cloud';
import type { Deployment } from '../core/deployment';
import type { Endpoint, EndpointService } from '../core/endpoint';
import type { Provider } from '../core/provider';
import type { TestContext } from './events';

/**
 * What others say about the path of a string, beside what a test sees on the wire. Callers gather it where they are
 * signed in; every part that nobody was asked about is absent, and then no finding rests on it.
 */
export interface Evidence {
  readonly atlas?: AtlasEvidence;
  readonly cloud?: CloudEvidence;
  /** From where they were asked, and when (ISO 8601). */
  readonly asked?: { readonly where: TestContext['where']; readonly at: string };
  /** What could not be asked, so that the verdict says what was not checked. */
  readonly missing?: readonly MissingEvidence[];
}

export interface MissingEvidence {
  readonly from: 'atlas' | 'cloud';
  /** Nobody is signed in, the project may be one that was not read, the role does not allow it, or there was no answer. */
  readonly reason: 'not-signed-in' | 'not-read' | 'partly-read' | 'forbidden' | 'unreachable';
  /** Atlas's role or the cloud's permission that is needed, when known: `ec2:DescribeVpcEndpoints`. */
  readonly needed?: string;
}

/** From the Atlas Administration API, all of one project; see `atlas-evidence.ts` for making it. */
export interface AtlasEvidence {
  readonly projectName: string;
  /** The cluster whose string it is; absent when no cluster of the project has this host. */
  readonly cluster?: Deployment;
  readonly services: readonly EndpointService[];
  readonly endpoints: readonly Endpoint[];
  /** Addressable targets that the project has per region (seed: Limitations). */
  readonly addressableTargets: readonly {
    readonly provider: Provider;
    /** Atlas's spelling. */
    readonly region: string;
    readonly count: number;
  }[];
}

/** From the person's own cloud account. */
export interface CloudEvidence {
  /** One for each interface endpoint that was looked at. */
  readonly aws?: readonly AwsEvidence[];
  /** Private addresses that endpoints have in the cloud, by the id that Atlas knows them by. */
  readonly addresses?: readonly { readonly endpointId: string; readonly addresses: readonly string[] }[];
  /** The machine that connects, where the AWS account has a network interface with its address. */
  readonly client?: AwsClientEvidence;
}
