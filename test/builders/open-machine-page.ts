import assert from 'node:assert/strict';
import type { ActionId, PageState } from '../../webview/protocol';
import type { PageKind } from './page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from './page-machine';
import { openPageWindow, type PageUnderTest, type RefUnderTest } from './page-window';

/** One page in one window on a machine of its own, with what a person does on it. */
export interface MachinePage {
  readonly machine: Machine;
  readonly page: PageUnderTest;
  act(action: ActionId, subject?: string): Promise<void>;
  /** Confirms the question that is open, as it wants it typed; with these of its options, or all of them. */
  confirm(options?: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts the machine, opens the page, and waits for a state that is as wanted. */
export async function openMachinePage(
  kind: Pick<PageKind, 'build' | 'ref'>,
  isReady: (state: PageState) => boolean,
): Promise<MachinePage> {
  const machine = await startMachine(kind);
  const { world, kept, addresses } = machine;
  const page = await openPageWindow({ ...windowOptions(world, addresses), storage: storageOf(kept) }, kept.ref);
  const close = async (): Promise<void> => {
    await page.kill();
    await machine.close();
  };
  await page
    .until((state) => !state.header.loading && isReady(state))
    .catch(async (error: unknown) => {
      await close();
      throw error;
    });
  return {
    machine,
    page,
    act: (action, subject) =>
      page.controller.receive({ type: 'action', action, ...(subject === undefined ? {} : { subject }) }),
    confirm: (options) => page.confirm(options),
    close,
  };
}

/** The page of the first service of a project. */
export function firstServiceOf({ id, services }: Machine['project']): RefUnderTest {
  const [service] = services.values();
  assert.ok(service);
  return { kind: 'service', projectId: id, provider: service.provider, serviceId: service.id };
}
