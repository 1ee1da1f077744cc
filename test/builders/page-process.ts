/**
 * A window as a process of its own, to be killed: opens the page of a kind and does what its person does. Bundled by the
 * test that starts it. What the editor would keep is in a file: `update` of the editor's storage is gone with the
 * process, too, when it did not get that far.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { systemClock } from '../../src/core/clock';
import { pageKinds } from './page-kinds';
import { openPageWindow, type RefUnderTest, type WindowOptions } from './page-window';
import { fastClock } from './set-up';

/** What the process is told, as JSON in its argument. */
export interface ProcessOrder {
  readonly kind: string;
  readonly speed: number;
  readonly keptFile: string;
  readonly options: Pick<WindowOptions, 'atlasBaseUrl' | 'signIn' | 'aws'>;
  /** Where a person's own tools reach AWS. */
  readonly elsewhere: WindowOptions['aws'];
}

/** What is in the file. */
export interface KeptOfProcess {
  ref: RefUnderTest;
  storage: Record<string, unknown>;
}

const { kind: name, speed, keptFile, options, elsewhere } = JSON.parse(process.argv[2] ?? '') as ProcessOrder;
const kind = pageKinds.find((one) => one.name === name);
if (kind === undefined) throw new Error(`there is no kind ${name}`);
const kept = JSON.parse(readFileSync(keptFile, 'utf8')) as KeptOfProcess;
// Killed while it writes, it leaves what was there before.
const write = (): void => {
  writeFileSync(`${keptFile}.new`, JSON.stringify(kept));
  renameSync(`${keptFile}.new`, keptFile);
};

const page = await openPageWindow(
  {
    ...options,
    clock: fastClock(speed),
    apiClock: systemClock,
    storage: {
      get: (key) => kept.storage[key],
      update: (key, value) => {
        kept.storage[key] = structuredClone(value);
        write();
        return Promise.resolve();
      },
    },
    onShow: ({ page: ref }) => {
      kept.ref = ref;
      write();
    },
  },
  kept.ref,
);
await kind.person(page, elsewhere);
await page.kill();
