import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type MochaClass from 'mocha';
import * as loaded from 'mocha';
import * as vscode from 'vscode';

/** One finished test, as a line of JSON in the file that the runner reads. */
export interface HostTestResult {
  readonly title: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly durationMs: number;
  readonly reason?: string;
}

// Required from Node 22, it is an ES module, from Node 24 its class: both have this.
const { Mocha } = loaded as unknown as { readonly Mocha: typeof MochaClass };
const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;

/** What the editor calls: runs the tests beside this file inside the extension host. Rejects when one failed. */
export async function run(): Promise<void> {
  const { HOST_TEST_RESULTS: results = '', HOST_TEST_GREP: grep = '' } = process.env;
  // Served to a browser, the editor saves after a second by itself; tests look at what a person has not saved.
  await vscode.workspace.getConfiguration('files').update('autoSave', 'off', vscode.ConfigurationTarget.Global);
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: silent, forbidOnly: true, failZero: grep === '' });
  if (grep !== '') mocha.grep(grep);
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  const tell = (test: MochaClass.Test | MochaClass.Hook, outcome: HostTestResult['outcome'], reason?: string): void => {
    const result: HostTestResult = {
      title: test.titlePath().join(' › '),
      outcome,
      durationMs: test.duration ?? 0,
      ...(reason === undefined ? {} : { reason }),
    };
    appendFileSync(results, `${JSON.stringify(result)}\n`);
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on(EVENT_TEST_PASS, (test) => tell(test, 'passed'))
      .on(EVENT_TEST_PENDING, (test) => tell(test, 'skipped'))
      .on(EVENT_TEST_FAIL, (test, error: Error) => tell(test, 'failed', error.stack ?? error.message));
  });
  if (failures > 0) throw new Error(`${String(failures)} tests failed`);
}

/** Says nothing: the runner prints what it reads from the file. */
class silent extends Mocha.reporters.Base {}
