// npm test -- [RING …]
//
// Everything that a person needs to trust a change, ring by ring; ends with a line `N passed, N failed`. What a ring
// needs from the registries it installs when it runs.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root';

interface Ring {
  readonly name: string;
  /** Command of npm's, without `npm run`. */
  readonly script: string;
  /** How many tests its output speaks of; absent: the ring is one check. */
  readonly count?: (output: string) => Counts | undefined;
}

/** What a ring's run came to. */
interface Result extends Counts {
  readonly name: string;
  readonly output: string;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Before all others, because they run what is in the package. */
const first: Ring = { name: 'package', script: 'package' };

/**
 * Begun in this order, {@link lanes} at once. The long ones come first, so that none is left alone at the end, and by
 * turns those that wait much (for windows of VS Code, for silences) and those that compute.
 */
const others: readonly Ring[] = [
  { name: 'host', script: 'test:host', count: plainCounts },
  { name: 'contract', script: 'test:contract', count: mochaCounts },
  { name: 'types and lint', script: 'types-and-lint' },
  { name: 'e2e', script: 'test:e2e', count: mochaCounts },
  { name: 'page', script: 'test:page', count: mochaCounts },
  { name: 'unit', script: 'test:unit', count: mochaCounts },
  { name: 'namespaces', script: 'test:namespaces', count: plainCounts },
  { name: 'format', script: 'format:check' },
  { name: 'dead code', script: 'lint:dead' },
];

/** One more than the two processors that a small machine has: windows of VS Code leave half of one idle. */
const lanes = 3;

/** mocha's closing lines. */
function mochaCounts(output: string): Counts | undefined {
  const read = (word: string): number | undefined => {
    const found = new RegExp(String.raw`^ {2}(\d+) ${word}\b`, 'm').exec(output)?.[1];
    return found === undefined ? undefined : Number(found);
  };
  const passed = read('passing');
  if (passed === undefined) return undefined;
  return { passed, failed: read('failing') ?? 0, skipped: read('pending') ?? 0 };
}

/** The closing line of the tests in VS Code and in network namespaces. */
function plainCounts(output: string): Counts | undefined {
  const [, passed, failed, skipped = '0'] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m.exec(output) ?? [];
  if (passed === undefined || failed === undefined) return undefined;
  return { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
}

/** Runs a ring to its end; its output is shown whole afterwards, so that lanes do not mix. */
async function run({ name, script, count }: Ring): Promise<Result> {
  const started = performance.now();
  const child = spawn(`npm run --silent ${script}`, { cwd: root, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const status = await new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const counted = count === undefined ? undefined : count(stripColours(output));
  // A ring that ends badly without a failed test, or says nothing of tests, is a failure of its own.
  const isBroken = counted === undefined ? status !== 0 || count !== undefined : status !== 0 && counted.failed === 0;
  const { passed, failed, skipped } = counted ?? { passed: isBroken ? 0 : 1, failed: 0, skipped: 0 };
  console.log(
    `\n===== ${name} (npm run ${script}): ${seconds} s, exit code ${String(status)} =====\n${output.trimEnd()}`,
  );
  return { name, output, passed, failed: failed + (isBroken ? 1 : 0), skipped };
}

/** What is worth saying once more at the end, where a reader looks: mocha's list of failures, else the last lines. */
function complaintsOf(output: string): string {
  const lines = stripColours(output).trimEnd().split('\n');
  const start = lines.findIndex((line) => /^ {2}\d+ failing\b/.test(line));
  return lines
    .slice(start === -1 ? -40 : start)
    .slice(0, 80)
    .join('\n');
}

function stripColours(text: string): string {
  return text.replace(/\u001b\[[\d;]*m/g, '');
}

async function main(): Promise<number> {
  const chosen = process.argv.slice(2);
  const all = [first, ...others].map(({ name }) => name);
  const unknown = chosen.filter((name) => !all.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no ring ${unknown.join(', ')}. Choose among: ${all.join(', ')}.`);
    return 2;
  }
  if (!existsSync(join(root, 'node_modules'))) {
    console.error('Run npm ci first.');
    return 2;
  }
  const isChosen = ({ name }: Ring): boolean => chosen.length === 0 || chosen.includes(name);
  const results: Result[] = [];
  if (isChosen(first)) results.push(await run(first));
  const waiting = others.filter(isChosen);
  const lane = async (): Promise<void> => {
    for (let ring = waiting.shift(); ring !== undefined; ring = waiting.shift()) results.push(await run(ring));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  for (const { name, failed, output } of results) {
    if (failed > 0) console.log(`\n===== failed in ${name} =====\n${complaintsOf(output)}`);
  }
  console.log('\n===== all rings =====');
  for (const { name, passed, failed, skipped } of results) {
    console.log(`${failed === 0 ? '✔' : '✖'} ${name}: ${line({ passed, failed, skipped })}`);
  }
  const sum = (key: keyof Counts): number => results.reduce((total, counts) => total + counts[key], 0);
  const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
  console.log(`\n${line(total)}`);
  return total.failed === 0 ? 0 : 1;
}

function line({ passed, failed, skipped }: Counts): string {
  return `${String(passed)} passed, ${String(failed)} failed${skipped === 0 ? '' : `, ${String(skipped)} skipped`}`;
}

process.exitCode = await main();
