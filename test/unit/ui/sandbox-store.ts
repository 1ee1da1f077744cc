import type { Account } from '../../../src/accounts/account';
import { openAtlas } from '../../../src/accounts/open-atlas';
import type { AtlasApi } from '../../../src/core/atlas-api';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { createAtlasStore, type AtlasStore } from '../../../src/store/atlas-store';
import type { WorldOptions } from '../../../src/sandbox/world/create-world';
import { startAtlasUnderTest, type AtlasUnderTest } from '../../builders/sandbox';

/** The store over the sandbox's Atlas, in this process, through the real client. */
export interface SandboxStore extends AtlasUnderTest {
  readonly account: Account;
  readonly api: AtlasApi;
  readonly store: AtlasStore;
  readonly clock: typeof systemClock;
}

export async function startSandboxStore(options: WorldOptions = {}): Promise<SandboxStore> {
  const sandbox = await startAtlasUnderTest(options);
  const { credentials } = sandbox.world;
  const api = openAtlas(
    sandbox.atlas.baseUrl,
    { kind: 'service-account', clientId: credentials.clientId, clientSecret: credentials.clientSecret },
    { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
  );
  const store = createAtlasStore({
    apiOf: () => Promise.resolve(api),
    clock: systemClock,
    logger: silentLogger,
    storageOf: () => undefined,
  });
  return {
    ...sandbox,
    account: { id: 'a', label: 'Work', kind: 'service-account', baseUrl: sandbox.atlas.baseUrl },
    api,
    store,
    clock: systemClock,
    close: async () => {
      await store.dispose();
      await sandbox.close();
    },
  };
}
