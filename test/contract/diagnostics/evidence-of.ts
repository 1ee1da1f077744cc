import { setMaxListeners } from 'node:events';
import { openAtlas } from '../../../src/accounts/open-atlas';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { hostsIn } from '../../../src/connection-string/credentials';
import { systemClock } from '../../../src/core/clock';
import type { AwsEvidence } from '../../../src/core/cloud';
import { silentLogger } from '../../../src/core/logger';
import { toCloudRegion } from '../../../src/core/region';
import { atlasEvidence } from '../../../src/diagnostics/atlas-evidence';
import type { Evidence } from '../../../src/diagnostics/evidence';
import type { SandboxHandle } from '../../../src/sandbox/start';

/** What the sandbox's Atlas and AWS say about the project of a string, asked by the real clients. */
export async function evidenceOf(
  { description }: SandboxHandle,
  project: { readonly id: string; readonly name: string },
  connectionString: string,
): Promise<Evidence> {
  const { clientId, clientSecret, ec2Endpoint, stsEndpoint, awsAccessKeyId, awsSecretAccessKey } = description;
  const atlas = openAtlas(
    description.atlasBaseUrl,
    { kind: 'service-account', clientId, clientSecret },
    { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
  );
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const [dedicated, flex, lists] = await Promise.all([
    atlas.listClusters(project.id, signal),
    atlas.listFlexClusters(project.id, signal),
    Promise.all((['AWS', 'AZURE', 'GCP'] as const).map((one) => atlas.listEndpointServices(project.id, one, signal))),
  ]);
  const services = lists.flat();
  const endpoints = await Promise.all(
    services.flatMap((service) =>
      service.endpointIds.map((id) => atlas.getEndpoint(project.id, service.provider, service.id, id, signal)),
    ),
  );
  const aws = await Promise.all(
    services.flatMap((service) =>
      service.provider !== 'AWS'
        ? []
        : service.endpointIds.map((id) => readAws(toCloudRegion('AWS', service.region), id)),
    ),
  );
  return {
    atlas: atlasEvidence(
      { name: project.name, deployments: [...dedicated, ...flex], services, endpoints },
      hostsIn(connectionString),
    ),
    cloud: { aws },
  };

  async function readAws(region: string, endpointId: string): Promise<AwsEvidence> {
    const cloud = openAwsCloud({
      region,
      credentials: { accessKeyId: awsAccessKeyId, secretAccessKey: awsSecretAccessKey },
      endpoints: { ec2: ec2Endpoint, sts: stsEndpoint },
    });
    try {
      return await cloud.readEvidence(endpointId, signal);
    } finally {
      cloud.dispose();
    }
  }
}
