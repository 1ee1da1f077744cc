import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../scripts/build-if-needed';
import { filesAtActivation, limits, sizesInPackage } from '../../scripts/package-contents';
import { root } from '../../scripts/root';
import type { Bench } from './figure';

/** What is downloaded, and what of it is read when. */
export const bench: Bench = {
  title: 'Size',
  run: () => {
    const sizes = sizesInPackage(packageFile());
    const sizeOf = (name: string): number => {
      const size = sizes.get(`extension/dist/${name}`);
      if (size === undefined) throw new Error(`The package has no ${name}.`);
      return size;
    };
    const atActivation = filesAtActivation(join(root, 'dist')).map(({ file }) => file.replaceAll('\\', '/'));
    return Promise.resolve([
      {
        name: 'code read at activation',
        value: atActivation.reduce((sum, file) => sum + sizeOf(file), 0),
        unit: 'bytes',
        limit: limits.activation,
        note: `${String(atActivation.length)} files`,
      },
      { name: 'package', value: statSync(packageFile()).size, unit: 'bytes', limit: limits.package },
      { name: 'script of the service page', value: sizeOf('webview/page.js'), unit: 'bytes', limit: limits.page },
      { name: 'connection helper', value: sizeOf('helper.js'), unit: 'bytes' },
    ]);
  },
};
