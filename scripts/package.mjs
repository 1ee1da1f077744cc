// npm run package: atlas-private-endpoints-<version>.vsix at the root.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesAtActivation, filesInPackage, limits, unexpectedContents } from './package-contents.mjs';
import { root } from './root.mjs';

const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const file = join(root, `${name}-${version}.vsix`);

run('esbuild.mjs', '--minify', '--notices');
run(
  'node_modules/@vscode/vsce/vsce',
  ...['package', '--out', file],
  // Everything is in the bundles.
  '--no-dependencies',
  ...['--allow-missing-repository', '--no-rewrite-relative-links'],
);

const size = statSync(file).size;
const atActivation = filesAtActivation(join(root, 'dist')).reduce((sum, { size: bytes }) => sum + bytes, 0);
const complaints = unexpectedContents(filesInPackage(file).map((one) => one.name));
if (size > limits.package) complaints.push(`${size} bytes are more than ${limits.package}`);
if (atActivation > limits.activation) {
  complaints.push(`${atActivation} bytes are read at activation, more than ${limits.activation}`);
}
console.log(`${file}: ${size} bytes, ${atActivation} of its code read at activation`);
for (const complaint of complaints) console.error(`Package: ${complaint}`);
if (complaints.length > 0) process.exit(1);

/** Runs a script of Node and ends with it when it fails. @param {string} script @param {...string} args */
function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
