import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from '../vscode/npm-install';

/** The programs that make a network, and the package that each is in. */
const programs = { ip: 'iproute2', nft: 'nftables', dnsmasq: 'dnsmasq-base' } as const;

/** Where Debian's packages are unpacked to: nothing is installed, and nobody has to be root. */
const unpacked = join(cacheFolder, 'debian-network-tools');
const programFolders = ['usr/sbin', 'usr/bin', 'sbin', 'bin'];
const libraryFolders = ['usr/lib', 'lib'];

/** The environment in which {@link programs} are found, with those that this machine has itself before others. */
export function toolEnvironment(): NodeJS.ProcessEnv {
  const { PATH = '', LD_LIBRARY_PATH = '' } = process.env;
  const own = [PATH, '/usr/sbin', '/sbin'];
  if (!existsSync(unpacked)) return { ...process.env, PATH: own.join(delimiter) };
  const libraries = libraryFolders
    .map((folder) => join(unpacked, folder))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => [folder, ...foldersIn(folder, '-linux-gnu')]);
  return {
    ...process.env,
    PATH: [...own, ...programFolders.map((folder) => join(unpacked, folder))].join(delimiter),
    LD_LIBRARY_PATH: [...libraries, LD_LIBRARY_PATH].filter((each) => each !== '').join(delimiter),
  };
}

/** Fetches, by this machine's own apt, the packages of programs that it lacks. Answers why it could not. */
export function fetchMissingTools(): string | undefined {
  if (missingPrograms().length === 0) return undefined;
  // What was unpacked before is not enough, or of another system.
  rmSync(unpacked, { recursive: true, force: true });
  const missing = missingPrograms();
  if (!runs('apt-get', ['--version'])) return `${missing.join(', ')}: not on this machine, which has no apt-get either`;
  const packages = missing.map((program) => programs[program]);
  console.error(`Unpacking ${packages.join(', ')} into .vscode-test/, this once …`);
  const unfinished = `${unpacked}.${String(process.pid)}`;
  const folder = (name: string): string => {
    const path = join(unfinished, name);
    mkdirSync(path, { recursive: true });
    return path;
  };
  try {
    // Lists and downloads of its own: those of the machine are root's, and may be old.
    const own = [
      ...['-o', `Dir::State::lists=${folder('lists')}`, '-o', `Dir::Cache=${folder('cache')}`],
      ...['-o', 'APT::Sandbox::User=', '-o', 'Debug::NoLocking=true', '-q', '--no-install-recommends'],
    ];
    folder('lists/partial');
    folder('cache/archives/partial');
    const downloads = folder('downloads');
    apt([...own, 'update'], downloads);
    const plan = apt([...own, '--simulate', 'install', ...packages], downloads);
    apt([...own, 'download', ...[...plan.matchAll(/^Inst (\S+)/gm)].map(([, name = '']) => name)], downloads);
    const whole = folder('root');
    for (const file of readdirSync(downloads)) {
      if (!runs('dpkg-deb', ['--extract', join(downloads, file), whole])) throw new Error(`${file} cannot be unpacked`);
    }
    renameSync(whole, unpacked);
  } catch (error) {
    // Another run may have been faster.
    if (missingPrograms().length === 0) return undefined;
    return `${packages.join(', ')} cannot be had: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  const still = missingPrograms();
  return still.length === 0 ? undefined : `${still.join(', ')} of Debian's packages do not run here`;
}

function missingPrograms(): readonly (keyof typeof programs)[] {
  const version = { ip: ['-V'], nft: ['--version'], dnsmasq: ['--version'] };
  return (['ip', 'nft', 'dnsmasq'] as const).filter((program) => !runs(program, version[program]));
}

function runs(program: string, args: readonly string[]): boolean {
  return spawnSync(program, args, { env: toolEnvironment(), stdio: 'ignore' }).status === 0;
}

function apt(args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync('apt-get', args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, LC_ALL: 'C' },
  });
  if (status === 0) return stdout;
  throw new Error(error?.message ?? stderr.trim().split('\n').at(-1) ?? `apt-get ended with ${String(status)}`);
}

function foldersIn(folder: string, ending: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));
}
