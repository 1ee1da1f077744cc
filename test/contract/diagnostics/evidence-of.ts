import type { Account } from '../../../src/accounts/account';
import { openAtlas } from '../../../src/accounts/open-atlas';
import { openAwsCloud } from '../../../src/cloud/aws/open-aws-cloud';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import type { TestContext } from '../../../src/diagnostics/events';
import type { Evidence } from '../../../src/diagnostics/evidence';
import type { SandboxHandle } from '../../../src/sandbox/start';
import { createAtlasStore } from '../../../src/store/atlas-store';
import { createAwsProfiles } from '../../../src/ui/test-run/aws-profiles';
import { gatherEvidence } from '../../../src/ui/test-run/gather-evidence';

/** Gathers what the sandbox's Atlas and AWS say as the editor does, by the real clients. */
export interface Gathering {
  /** As a test asks for it; `project` is the one that the string belongs to. */
  readonly evidence: (
    project: string,
    connectionString: string,
  ) => (signal: AbortSignal, context: Pick<TestContext, 'clientAddresses'>) => Promise<Evidence>;
  close(): Promise<void>;
}

export function openGathering({ description, world }: SandboxHandle): Gathering {
  const account: Account = { id: 'a', label: 'Work', kind: 'service-account', baseUrl: '' };
  const { clientId, clientSecret, ec2Endpoint, stsEndpoint, awsAccessKeyId, awsSecretAccessKey } = description;
  const api = openAtlas(
    description.atlasBaseUrl,
    { kind: 'service-account', clientId, clientSecret },
    { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
  );
  const store = createAtlasStore({
    apiOf: () => Promise.resolve(api),
    clock: systemClock,
    logger: silentLogger,
    storageOf: () => undefined,
  });
  const awsProfiles = createAwsProfiles();
  awsProfiles.choose(account, '');
  return {
    evidence: (name, connectionString) => async (signal, context) => {
      const project = [...world.atlas.projects.values()].find((one) => one.name === name);
      if (project === undefined) throw new Error(`no project ${name}`);
      await store.ensure(account.id, { kind: 'project', projectId: project.id });
      return gatherEvidence(
        {
          store,
          awsProfiles,
          openAws: (_, _profile, region) =>
            Promise.resolve(
              openAwsCloud({
                region,
                credentials: { accessKeyId: awsAccessKeyId, secretAccessKey: awsSecretAccessKey },
                endpoints: { ec2: ec2Endpoint, sts: stsEndpoint },
              }),
            ),
        },
        connectionString,
        account,
        context.clientAddresses,
        signal,
      );
    },
    close: () => store.dispose(),
  };
}
