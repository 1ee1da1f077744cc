// [PART OF A FILE'S NAME …]
//
// Runs the tests beside this file, each file in a network of its own: a namespace in which it alone has addresses, a
// DNS server and packet filters. A machine that does not allow it, or has not what it needs, is told so, and nothing fails.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfNeeded } from '../../scripts/build-if-needed';
import { root } from '../../scripts/root';
import { fetchMissingTools, toolEnvironment } from './debian-tools';

const folder = 'test/namespaces';
const apart = ['--net', '--mount', '--pid', '--fork', '--kill-child'];
/** Ways into a namespace: as a user without rights where the system lets users make some, else as root. */
const ways: readonly (readonly string[])[] = [['--user', '--map-root-user', ...apart], apart];

/** The way that this machine allows, tried with everything that the tests do; or why there is none. */
function findWay(): { readonly flags: readonly string[] } | { readonly why: string } {
  const temporary = mkdtempSync(join(tmpdir(), 'namespace-'));
  const file = join(temporary, 'hosts');
  writeFileSync(file, '');
  const trial = `set -e
    ip link set lo up && ip addr add 10.0.30.194/32 dev lo
    mount --bind ${file} /etc/hosts && mount --bind ${file} /etc/resolv.conf && mount --bind ${file} /etc/nsswitch.conf
    nft add table inet trial && nft list ruleset`;
  let why = 'this is not Linux';
  try {
    for (const flags of process.platform === 'linux' ? ways : []) {
      const { status, stderr, error } = spawnSync('unshare', [...flags, 'sh', '-c', trial], {
        encoding: 'utf8',
        env: toolEnvironment(),
        timeout: 20_000,
      });
      if (status === 0) return { flags };
      why = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
    }
    return { why };
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function skip(why: string): number {
  console.log(`NOT RUN: tests in network namespaces (${why})\n\n0 passed, 0 failed, 1 skipped`);
  return 0;
}

async function main(): Promise<number> {
  if (process.platform !== 'linux') return skip('this is not Linux');
  const lacking = fetchMissingTools();
  if (lacking !== undefined) return skip(lacking);
  const way = findWay();
  if ('why' in way) return skip(way.why);
  buildIfNeeded();
  const chosen = process.argv.slice(2);
  const files = readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.test.ts') && (chosen.length === 0 || chosen.some((part) => file.includes(part))))
    .map((file) => `${folder}/${file}`);
  const results = await Promise.all(files.map((file) => runFile(way.flags, file)));
  const sum = (key: keyof Counts): number => results.reduce((total, counts) => total + counts[key], 0);
  console.log(`\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed`);
  return sum('failed') === 0 && sum('passed') > 0 ? 0 : 1;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** Runs a file of tests in a namespace of its own, and shows what it said when it is done: others run beside it. */
async function runFile(flags: readonly string[], file: string): Promise<Counts> {
  const mocha = join(root, 'node_modules/mocha/bin/mocha.js');
  const inside = [process.execPath, mocha, '--config', '.mocharc.json', file];
  const tests = spawn('unshare', [...flags, ...inside], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [tests.stdout, tests.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number>((resolve, reject) => {
    tests.on('error', reject).on('close', (ended) => resolve(ended ?? 1));
  });
  console.log(output.trimEnd());
  const read = (word: string): number =>
    Number(new RegExp(String.raw`^ {2}(\d+) ${word}\b`, 'm').exec(output)?.[1] ?? 0);
  const failed = read('failing');
  return { passed: read('passing'), failed: failed === 0 && code !== 0 ? 1 : failed };
}

process.exitCode = await main();
