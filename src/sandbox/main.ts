import { parseArgs } from 'node:util';

import type { SandboxDescription, SandboxOptions } from './start';
import { startSandbox } from './start';
import { isPace, isScenario, paces, scenarios } from './world/create-world';

const usage = `Usage: sandbox [--json] [--scenario NAME] [--projects N] [--latency MS] [--pace NAME]
               [--exit-with-stdin]

  --json             print one line of JSON with addresses and credentials, else a text
  --scenario NAME    ${Object.keys(scenarios).join(', ')}; acme if left out
  --projects N       N more projects with ten clusters each, up to 10000
  --latency MS       every answer of the Atlas API takes MS milliseconds longer
  --pace NAME        how long states take: ${Object.keys(paces).join(', ')}; calm if left out
  --exit-with-stdin  end when standard input closes
`;

interface Arguments extends SandboxOptions {
  readonly json: boolean;
  readonly exitWithStdin: boolean;
}

/** What the command line asks for, or what is wrong with it. */
function readArguments(list: readonly string[]): Arguments | string {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...list],
      options: {
        json: { type: 'boolean', default: false },
        scenario: { type: 'string', default: 'acme' },
        projects: { type: 'string', default: '0' },
        latency: { type: 'string', default: '0' },
        pace: { type: 'string', default: 'calm' },
        'exit-with-stdin': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (values.help) return '';
  const { scenario } = values;
  if (!isScenario(scenario))
    return `There is no scenario "${scenario}". Choose one of: ${Object.keys(scenarios).join(', ')}.`;
  const projects = Number(values.projects);
  if (!/^\d+$/.test(values.projects) || projects > 10_000) return '--projects takes a number from 0 to 10000.';
  const latency = Number(values.latency);
  if (!/^\d+$/.test(values.latency) || latency > 60_000) return '--latency takes milliseconds from 0 to 60000.';
  const { pace } = values;
  if (!isPace(pace)) return `There is no pace "${pace}". Choose one of: ${Object.keys(paces).join(', ')}.`;
  return {
    scenario,
    projects,
    latency,
    pace: paces[pace],
    json: values.json,
    exitWithStdin: values['exit-with-stdin'],
  };
}

function text(description: SandboxDescription): string {
  const rows = Object.entries(description).map(([name, value]) => `  ${name.padEnd(20)} ${String(value)}`);
  return [
    'Sandbox of Private Endpoints for MongoDB Atlas. Everything is simulated on this machine.',
    ...rows,
    'Press Ctrl+C to end it.',
  ].join('\n');
}

/** Calls back when the process that started this one is gone, or standard input ends when that was asked for. */
function whenAbandoned(exitWithStdin: boolean, callback: () => void): void {
  const parent = process.ppid;
  // An orphan gets another parent; there is no event for it.
  setInterval(() => {
    if (process.ppid !== parent) callback();
  }, 2000).unref();
  if (exitWithStdin) {
    process.stdin.resume();
    process.stdin.once('end', callback);
    process.stdin.once('error', callback);
  }
}

async function main(): Promise<number> {
  const options = readArguments(process.argv.slice(2));
  if (typeof options === 'string') {
    console.error(options === '' ? usage : `${options}\n\n${usage}`);
    return options === '' ? 0 : 2;
  }
  const sandbox = await startSandbox(options);
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
    whenAbandoned(options.exitWithStdin, resolve);
  });
  console.log(options.json ? JSON.stringify(sandbox.description) : text(sandbox.description));
  await ended;
  await sandbox.close();
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
