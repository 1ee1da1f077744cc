import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../scripts/root';
import type { Bench } from './figure';

/** The service page in a browser, as the tests of the page open it: without the editor's own part. */
export const bench: Bench = {
  title: 'Service page',
  run: async () => {
    // Code that runs in the page has types of its own, which this project does not know.
    const path = pathToFileURL(join(root, 'test/e2e/page/measure-page.ts')).href;
    const { measurePage } = (await import(path)) as { readonly measurePage: () => Promise<Measured> };
    const { firstShow, firstShowOfMany, redraw } = await measurePage();
    return [
      {
        name: 'shown, told by its buttons, from the start of its document',
        value: firstShow,
        unit: 'ms',
        limit: 300,
        note: 'nothing cached',
      },
      { name: 'the same with 50 endpoints and 50 nodes', value: firstShowOfMany, unit: 'ms', limit: 300 },
      { name: 'another state of the page with 50 endpoints', value: redraw, unit: 'ms', limit: 100 },
    ];
  },
};

/** Medians, in milliseconds. */
export interface Measured {
  readonly firstShow: number;
  readonly firstShowOfMany: number;
  readonly redraw: number;
}
