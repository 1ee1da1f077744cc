// npm run package: atlas-private-endpoints-<version>.vsix at the root.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from './build-if-needed';
import { filesAtActivation, filesInPackage, limits, unexpectedContents } from './package-contents';
import { root } from './root';

const file = packageFile();

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
const complaints = unexpectedContents(filesInPackage(file));
if (size > limits.package) complaints.push(`${String(size)} bytes are more than ${String(limits.package)}`);
const pageScript = statSync(join(root, 'dist/webview/page.js')).size;
if (pageScript > limits.page) {
  complaints.push(`${String(pageScript)} bytes of script for the service page are more than ${String(limits.page)}`);
}
if (atActivation > limits.activation) {
  complaints.push(`${String(atActivation)} bytes are read at activation, more than ${String(limits.activation)}`);
}
console.log(`${file}: ${String(size)} bytes, ${String(atActivation)} of its code read at activation`);
for (const complaint of complaints) console.error(`Package: ${complaint}`);
if (complaints.length > 0) process.exit(1);

/** Runs a script of Node and ends this process when it fails. */
function run(script: string, ...args: readonly string[]): void {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status !== 0) process.exit(status ?? 1);
}
