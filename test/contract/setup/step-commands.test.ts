import assert from 'node:assert/strict';
import { pageKinds } from '../../builders/page-kinds';
import { startMachine, storageOf, windowOptions, type Machine } from '../../builders/page-machine';
import { openPageWindow, type PageUnderTest } from '../../builders/page-window';
import type { StepState } from '../../../webview/protocol';

const steps = ['check', 'service', 'cloud', 'register', 'wait', 'use'] as const;

describe('the commands of the steps, while a set-up goes on', () => {
  let machine: Machine;
  let page: PageUnderTest;
  afterEach(async () => {
    await page.kill();
    await machine.close();
  });

  for (const kind of pageKinds.filter(({ name }) => !/^(?:removal|regionalized)/u.test(name))) {
    it(`are those of the Atlas CLI at each step that is at Atlas: ${kind.name}`, async () => {
      machine = await startMachine(kind);
      const { world, addresses, kept } = machine;
      const seen = new Map<string, StepState>();
      const lacking: string[] = [];
      const options = windowOptions(world, addresses);
      page = await openPageWindow(
        {
          ...options,
          storage: storageOf(kept),
          onShow: (state) => {
            for (const step of state.steps) {
              const { id, status, commands } = step;
              const isComplete = commands?.open === true && (id === 'cloud' || commands.missing === undefined);
              if (isComplete) seen.set(id, step);
              // Whatever can be done by a button can be done by commands.
              if (step.doIt !== undefined && status !== 'done' && commands === undefined) lacking.push(id);
            }
          },
        },
        kept.ref,
      );
      for (const step of steps) await page.controller.receive({ type: 'show-commands', step, open: true });
      await kind.person(page, options.aws);
      assert.deepEqual(lacking, []);
      const isFederation = kept.ref.kind === 'federation';
      for (const id of steps) {
        // Data Federation has no service to make; what of it is there to use need not be there yet.
        if (isFederation && (id === 'service' || id === 'use')) continue;
        // In fast time it may be over before anybody has seen it: then nothing was lacking.
        if (id === 'wait' && !seen.has(id)) continue;
        const commands = seen.get(id)?.commands;
        assert.ok(commands, `${id} has commands`);
        if (id === 'cloud') assert.match(commands.intro ?? '', /the Atlas CLI has no command for it/);
        else {
          assert.deepEqual(
            commands.blocks.map(({ tool, text }) => [tool, text.includes('atlas ')]),
            commands.blocks.map(() => ['Atlas CLI', true]),
          );
          assert.ok(commands.blocks.length > 0, `${id} shows them`);
        }
      }
    });
  }
});
