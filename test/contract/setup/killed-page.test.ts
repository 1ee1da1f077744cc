import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readRestorable } from '../../../src/ui/page/page-ref';
import { pageKinds, type PageKind } from '../../builders/page-kinds';
import {
  leftBehind,
  moveToAnother,
  speed,
  startMachine,
  storageOf,
  windowOptions,
  type Machine,
} from '../../builders/page-machine';
import type { KeptOfProcess, ProcessOrder } from '../../builders/page-process';
import { openPageWindow } from '../../builders/page-window';
import { startWire, writing, type Moment } from '../../builders/wire';

/** A moment at which a window is gone. */
interface Stage {
  readonly after: string;
  readonly isLast: (moment: Moment, machine: Machine) => boolean;
  /** Every run comes to it; the others pass with time, and may pass between two requests. */
  readonly isCertain: boolean;
}

/**
 * A window that is gone as soon as `isLast` says so of a moment, or that does everything. Gone means: nothing that it
 * asks is answered or reaches anybody, and nothing that it writes is kept.
 */
async function runWindow(
  kind: PageKind,
  machine: Machine,
  isLast: (moment: Moment) => boolean = () => false,
): Promise<'gone' | 'done'> {
  let isGone = false;
  let tellGone = (): void => undefined;
  const gone = new Promise<'gone'>((resolve) => {
    tellGone = () => resolve('gone');
  });
  const wire = await startWire(machine.addresses, (moment) => {
    if (!isGone && isLast(moment)) {
      isGone = true;
      tellGone();
    }
    return !isGone;
  });
  const { kept } = machine;
  const options = windowOptions(machine.world, { atlas: wire.url, aws: wire.url });
  const elsewhere = windowOptions(machine.world, machine.addresses).aws;
  // As the editor hands it to the restorer of the pages: `setState` of the page's script, from before the window was gone.
  const restorable = readRestorable(structuredClone({ page: { ...kept.ref, accountId: 'sandbox' } }));
  assert.ok(restorable, 'what is kept can be restored');
  const opening = openPageWindow(
    {
      ...options,
      storage: storageOf(kept, () => isGone),
      onShow: ({ page }) => {
        if (!isGone) kept.ref = page;
      },
    },
    restorable.page,
  );
  const work = opening.then((page) => kind.person(page, elsewhere)).then(() => 'done' as const);
  // What becomes of the work of a window that is gone is nobody's concern.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, gone]);
  } finally {
    isGone = true;
    wire.cut();
    void opening.then((page) => page.kill()).catch(() => undefined);
    await wire.close();
  }
}

const textOf = ({ request, side }: Moment): string =>
  side === 'leaves' ? `just before ${request}` : `after ${request}, unanswered`;

/**
 * Does everything once, and tells when to be gone: at each moment at which something else is left behind than before,
 * and when each request that writes was carried out, though nothing of it may show yet.
 */
async function stagesOf(kind: PageKind): Promise<readonly Stage[]> {
  const machine = await startMachine(kind);
  const stages = new Map<string, Stage>();
  const writes: Stage[] = [];
  try {
    await runWindow(kind, machine, (moment) => {
      const left = leftBehind(machine);
      const after = textOf(moment);
      if (!stages.has(left))
        stages.set(left, { after, isLast: (_, now) => leftBehind(now) === left, isCertain: false });
      if (moment.side === 'done' && writing.test(moment.request) && !writes.some((one) => one.after === after)) {
        writes.push({ after, isLast: (now) => textOf(now) === after, isCertain: true });
      }
      return false;
    });
    kind.check(machine.world, machine.project);
    assert.ok(writes.length > 0, 'something is written');
    const changes = [...stages.values()];
    return [...changes, ...writes.filter(({ after }) => !changes.some((one) => one.after === after))];
  } finally {
    await machine.close();
  }
}

describe('a page whose window is killed at any moment and that is opened again', () => {
  for (const kind of pageKinds) {
    const { atLeast } = kind;
    if (atLeast === undefined) continue;
    it(`ends with one of everything and nothing left over: ${kind.name}`, async function () {
      this.timeout(120_000);
      const stages = await stagesOf(kind);
      assert.ok(stages.length >= atLeast, `${String(stages.length)} moments`);
      for (const [index, { after, isLast, isCertain }] of stages.entries()) {
        // By turns on the same machine, and on another one that has nothing but Atlas and the clouds.
        const isOther = index % 2 === 1;
        const machine = await startMachine(kind);
        try {
          const end = await runWindow(kind, machine, (moment) => isLast(moment, machine));
          if (isCertain) assert.equal(end, 'gone');
          if (isOther) moveToAnother(machine);
          await runWindow(kind, machine);
          kind.check(machine.world, machine.project);
        } catch (error) {
          throw new Error(`killed ${after}${isOther ? ', opened on another machine' : ''}`, { cause: error });
        } finally {
          await machine.close();
        }
      }
    });
  }
});

describe('a process with a page that is killed and whose page is opened again in another', () => {
  let folder = '';
  let script = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'page-process-'));
    script = join(folder, 'page-process.mjs');
    const banner = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";
    await build({
      entryPoints: [join(import.meta.dirname, '../../builders/page-process.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      banner: { js: banner },
      logLevel: 'error',
    });
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const kind of pageKinds) {
    it(`ends with one of everything and nothing left over: ${kind.name}`, async function () {
      this.timeout(60_000);
      const machine = await startMachine(kind);
      const keptFile = join(folder, `${String(pageKinds.indexOf(kind))}.json`);
      const { ref, storage } = machine.kept;
      await writeFile(keptFile, JSON.stringify({ ref, storage: Object.fromEntries(storage) }));
      let kill = (): void => undefined;
      const wire = await startWire(machine.addresses, ({ request, side }) => {
        if (side === 'leaves' || !request.startsWith(kind.mortal)) return true;
        kill();
        return false;
      });
      try {
        const { atlasBaseUrl, signIn, aws } = windowOptions(machine.world, { atlas: wire.url, aws: wire.url });
        const order: ProcessOrder = {
          kind: kind.name,
          speed,
          keptFile,
          options: { atlasBaseUrl, signIn, aws },
          elsewhere: windowOptions(machine.world, machine.addresses).aws,
        };
        const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: ['ignore', 'ignore', 'pipe'] });
        let said = '';
        child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
        kill = () => child.kill('SIGKILL');
        const signal = await new Promise((resolve) => child.once('close', (_, by) => resolve(by)));
        assert.equal(signal, 'SIGKILL', said);
        const left = JSON.parse(await readFile(keptFile, 'utf8')) as KeptOfProcess;
        machine.kept.ref = left.ref;
        machine.kept.storage.clear();
        for (const [key, value] of Object.entries(left.storage)) machine.kept.storage.set(key, value);
        await runWindow(kind, machine);
        kind.check(machine.world, machine.project);
      } finally {
        await wire.close();
        await machine.close();
      }
    });
  }
});
