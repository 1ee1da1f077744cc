import type { KeyValue } from '../../src/accounts/account-store';
import { startSandbox, type SandboxHandle } from '../../src/sandbox/start';
import { paces } from '../../src/sandbox/world/create-world';
import type { SandboxProject } from '../../src/sandbox/world/world';
import type { PageRef } from '../../webview/protocol';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from './page-window';
import { fastClock } from './set-up';

export type { PageUnderTest } from './page-window';

export interface PagesUnderTest {
  readonly sandbox: SandboxHandle;
  project(name: string): SandboxProject;
  /** A page in a new window. Drafts are the machine's: all windows have them. */
  open(ref: Omit<PageRef, 'accountId'> & { readonly kind: PageRef['kind'] }): Promise<PageUnderTest>;
  close(): Promise<void>;
}

/** A whole sandbox in fast time, with pages on it. */
export async function startPages(): Promise<PagesUnderTest> {
  const clock = fastClock(20);
  const sandbox = await startSandbox({ clock, pace: paces.quick });
  sandbox.world.atlas.rateLimit = 1_000_000;
  const kept = new Map<string, unknown>();
  const state: KeyValue = {
    get: (key) => kept.get(key),
    update: (key, value) => {
      kept.set(key, structuredClone(value));
      return Promise.resolve();
    },
  };
  const windows: PageUnderTest[] = [];

  async function open(ref: Omit<PageRef, 'accountId'>): Promise<PageUnderTest> {
    const { atlasBaseUrl, clientId, clientSecret, ec2Endpoint: ec2, stsEndpoint: sts } = sandbox.description;
    const { awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = sandbox.description;
    const page = await openPageWindow(
      {
        atlasBaseUrl,
        signIn: { kind: 'service-account', clientId, clientSecret },
        aws: { endpoints: { ec2, sts }, credentials: { accessKeyId, secretAccessKey } },
        clock,
        storage: state,
      },
      ref as RefUnderTest,
    );
    windows.push(page);
    return page;
  }

  return {
    sandbox,
    open,
    project: (name) => {
      const found = [...sandbox.world.atlas.projects.values()].find((one) => one.name === name);
      if (found === undefined) throw new Error(`the sandbox has no project ${name}`);
      return found;
    },
    close: async () => {
      await Promise.all(windows.map((page) => page.kill()));
      await sandbox.close();
    },
  };
}
