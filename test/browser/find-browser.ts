import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { npmInstall } from '../vscode/npm-install';

/** A browser that Playwright can drive. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Names a browser to use instead of the ones that are looked for. */
const variable = 'BROWSER_EXECUTABLE';

const wellKnown: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
    (name) => `/usr/bin/${name}`,
  ),
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
    (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
  ),
  win32: ['C:\\Program Files', 'C:\\Program Files (x86)'].flatMap((folder) => [
    `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
    `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
  ]),
};

/**
 * The browser of {@link variable}; one that is installed; on Linux one from the npm registry, or, as root on Debian and
 * its kin, the distribution's. Throws with what to do when there is none.
 */
export function findBrowser(): Browser {
  const chosen = process.env[variable];
  if (chosen !== undefined && chosen !== '') return { executablePath: chosen, env: {} };
  const installed = installedBrowser() ?? packagedBrowser() ?? distributionBrowser();
  if (installed !== undefined) return installed;
  throw new Error(
    `Tests in VS Code need Chromium, Chrome or Edge: install one, or name its executable in ${variable}.`,
  );
}

function installedBrowser(): Browser | undefined {
  const executablePath = (wellKnown[process.platform] ?? []).find((path) => existsSync(path));
  return executablePath === undefined ? undefined : { executablePath, env: {} };
}

/** Chromium in an npm package, with the system libraries that it needs beside it. */
function packagedBrowser(): Browser | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = npmInstall('chromium', import.meta.dirname, unpack);
  const unpacked = join(folder, 'unpacked');
  // The one in the package names the folders of a function platform.
  const fonts = `<fontconfig><dir>${unpacked}/fonts</dir><cachedir>${unpacked}/fonts-cache</cachedir></fontconfig>`;
  writeFileSync(join(unpacked, 'fonts.conf'), fonts);
  const browser = {
    executablePath: join(unpacked, 'chromium'),
    env: { LD_LIBRARY_PATH: join(unpacked, 'lib'), FONTCONFIG_FILE: join(unpacked, 'fonts.conf') },
  };
  const { status } = spawnSync(browser.executablePath, ['--version'], { env: { ...process.env, ...browser.env } });
  return status === 0 ? browser : undefined;
}

/** Its files are compressed, each archive apart. */
function unpack(folder: string): void {
  const target = join(folder, 'unpacked');
  const packed = (name: string): Buffer =>
    brotliDecompressSync(readFileSync(join(folder, 'node_modules/@sparticuz/chromium/bin', `${name}.br`)));
  mkdirSync(target);
  writeFileSync(join(target, 'chromium'), packed('chromium'), { mode: 0o755 });
  for (const archive of ['al2023.tar', 'swiftshader.tar', 'fonts.tar']) {
    const { status, stderr } = spawnSync('tar', ['-x', '-C', target], { input: packed(archive) });
    if (status !== 0) throw new Error(`tar could not unpack ${archive}: ${stderr.toString()}`);
  }
}

function distributionBrowser(): Browser | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.error('Installing the distribution’s Chromium, this once …');
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation']]) {
    // Another ring of tests may be installing it right now.
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', ...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  return installedBrowser();
}
