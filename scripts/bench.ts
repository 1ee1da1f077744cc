// npm run bench -- [--json] [NAME …]
//
// Measures what test/bench has benches for, or those that are named, each figure beside its limit. With --json one
// object; else tables. A figure beyond its limit is told and no failure: only what cannot be measured ends with 1.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isWithin, type Bench, type Figure } from '../test/bench/figure';
import { packageIfNeeded } from './build-if-needed';
import { root } from './root';

interface Outcome {
  readonly name: string;
  readonly title: string;
  readonly seconds: number;
  readonly figures: readonly Figure[];
  /** Why nothing was measured. */
  readonly broken?: string;
}

const folder = join(root, 'test/bench');
/** As mocha loads tests: what `import()` loads here cannot `import()` files beside it. */
const load = createRequire(import.meta.url);

/** What several benches use. */
const shared = new Set(['against-driver.ts', 'delayed-network.ts', 'figure.ts', 'wire.ts']);

function benchNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts') && !shared.has(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

async function run(name: string): Promise<Outcome> {
  const { bench } = load(join(folder, `${name}.ts`)) as { bench: Bench };
  const started = performance.now();
  const outcome = { name, title: bench.title };
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  try {
    const figures = await bench.run();
    return { ...outcome, figures, seconds: seconds() };
  } catch (error) {
    const broken = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...outcome, figures: [], seconds: seconds(), broken };
  }
}

function asJson(outcomes: readonly Outcome[]): string {
  const benches = outcomes.map(({ figures, ...rest }) => ({
    ...rest,
    figures: figures.map((figure) => ({ ...figure, value: rounded(figure.value), ok: isWithin(figure) })),
  }));
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  return JSON.stringify(
    {
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
      ok: figures.every(isWithin) && outcomes.every(({ broken }) => broken === undefined),
      benches,
    },
    undefined,
    2,
  );
}

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

function show({ title, seconds, figures, broken }: Outcome): void {
  console.log(`\n${title} (${String(seconds)} s)`);
  if (broken !== undefined) console.log(`  ✖ not measured: ${broken}`);
  const rows = figures.map((figure) => {
    const { name, value, unit, limit, limitIs = 'most', note } = figure;
    const sign = limit === undefined ? ' ' : isWithin(figure) ? '✔' : '✖';
    const amount = `${rounded(value).toLocaleString('en')} ${unit}`;
    const promise = limit === undefined ? '' : `at ${limitIs} ${limit.toLocaleString('en')}`;
    return { sign, name, amount, promise, note: note ?? '' };
  });
  const width = (key: 'name' | 'amount' | 'promise'): number => Math.max(0, ...rows.map((row) => row[key].length));
  for (const { sign, name, amount, promise, note } of rows) {
    const columns = [
      sign,
      name.padEnd(width('name')),
      amount.padStart(width('amount')),
      promise.padEnd(width('promise')),
      note,
    ];
    console.log(`  ${columns.join('  ').trimEnd()}`);
  }
}

async function main(): Promise<number> {
  const { values: flags, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const names = benchNames();
  const unknown = positionals.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no bench ${unknown.join(', ')}. Choose among: ${names.join(', ')}.`);
    return 2;
  }
  // Sizes and times are those of what is installed.
  packageIfNeeded();
  const outcomes: Outcome[] = [];
  for (const name of positionals.length > 0 ? positionals : names) {
    const outcome = await run(name);
    outcomes.push(outcome);
    if (!flags.json) show(outcome);
  }
  if (flags.json) console.log(asJson(outcomes));
  else {
    const beyond = outcomes.flatMap(({ figures }) => figures.filter((figure) => !isWithin(figure)));
    console.log(beyond.length === 0 ? '\nEvery limit is kept.' : `\n${String(beyond.length)} figures beyond limits.`);
  }
  return outcomes.some(({ broken }) => broken !== undefined) ? 1 : 0;
}

process.exitCode = await main();
