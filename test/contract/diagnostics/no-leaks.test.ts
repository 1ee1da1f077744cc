import assert from 'node:assert/strict';
import { systemClock, type Clock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { hopIds } from '../../../src/core/hop';
import type { TestEvent, TestReport } from '../../../src/diagnostics/events';
import { reportJson } from '../../../src/diagnostics/report/report-json';
import { reportJunit } from '../../../src/diagnostics/report/report-junit';
import { reportMarkdown } from '../../../src/diagnostics/report/report-markdown';
import { headLines, hopLine, verdictLines } from '../../../src/diagnostics/report/report-text';
import { testConnection } from '../../../src/diagnostics/test-connection';
import { openLab, type Lab } from './diagnose';

/** Sockets and files that keep this process alive. Timers are counted by the clock: mocha has some, too. */
function open(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => name !== 'Immediate' && name !== 'Timeout');
}

/** The system's clock, and how many of its timers are set. */
function countingClock(): { readonly clock: Clock; readonly timers: () => number } {
  const set = new Set<symbol>();
  const after: Clock['after'] = (ms, callback) => {
    const timer = Symbol('timer');
    set.add(timer);
    const stop = systemClock.after(ms, () => {
      set.delete(timer);
      callback();
    });
    return () => {
      set.delete(timer);
      stop();
    };
  };
  return { clock: { ...systemClock, after }, timers: () => set.size };
}

describe('what a test leaves behind', function () {
  this.timeout(20_000);
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab.close());
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  for (const hop of hopIds) {
    it(`nothing that is open, when it is cancelled during: ${hop}`, async () => {
      const before = open().length;
      const { clock, timers } = countingClock();
      const cancel = new AbortController();
      const started = performance.now();
      const report = await testConnection(
        {
          connectionString: lab.seedlist('storefront-sandbox'),
          signIn: lab.signIn,
          route: lab.route,
          hopTimeoutMs: 5000,
          where: { hostname: 'test', kind: 'local' },
        },
        { clock, logger: silentLogger },
        (event: TestEvent) => {
          if (event.type === 'hop-started' && event.hop === hop) cancel.abort();
        },
        cancel.signal,
      );
      assert.equal(report.verdict.outcome, 'cancelled');
      assert.ok(performance.now() - started < 2000, 'it ended at once');
      assert.equal(timers(), 0, 'no timer is set');
      await settled(() => open().length <= before);
      assert.ok(open().length <= before, open().join());
    });
  }

  // The driver cannot be stopped amid a sign-in: it ends with the hop's time. A TLS handshake that stalls is not among
  // them: the sandbox, in this process, then keeps sockets of its own until the fault is off.
  for (const fault of ['dns-silent', 'tcp-drop', 'hello-stall', 'auth-stalls'] as const) {
    it(`nothing that is open, when it is cancelled while it waits for: ${fault}`, async () => {
      lab.sandbox.faults.set(fault, true, '*');
      const before = open().length;
      const cancel = new AbortController();
      const ending = lab.diagnose(lab.seedlist('storefront-sandbox'), { hopTimeoutMs: 1500 }, cancel.signal);
      const stop = setTimeout(() => cancel.abort(), 200);
      const { report } = await ending;
      clearTimeout(stop);
      assert.equal(report.verdict.outcome, 'cancelled');
      await settled(() => open().length <= before);
      assert.ok(open().length <= before, open().join());
    });
  }

  it('no password anywhere: report, JSON, JUnit, Markdown, events, log', async () => {
    const canary = 'c4n4ry:p@ss/word?#%é';
    const written = encodeURIComponent(canary);
    const said: string[] = [];
    const log = (message: string): void => void said.push(message);
    const string = lab.seedlist('storefront-sandbox').replace('://', `://somebody:${written}@`);
    for (const fault of [undefined, 'auth-fails', 'tls-unknown-issuer', 'tcp-drop', 'hello-garbage'] as const) {
      if (fault !== undefined) lab.sandbox.faults.set(fault, true, '*');
      const report = await testConnection(
        {
          connectionString: string,
          signIn: { kind: 'from-string' },
          route: lab.route,
          hopTimeoutMs: 400,
          where: { hostname: 'test', kind: 'local' },
        },
        { clock: systemClock, logger: { debug: log, info: log, warn: log, error: log } },
        (event) => said.push(JSON.stringify(event)),
      );
      said.push(JSON.stringify(reportJson(report)), reportJunit(report, 'h'), reportMarkdown(report, 'h'));
      said.push(reportText(report, 'h'), JSON.stringify(report));
      if (fault !== undefined) lab.sandbox.faults.set(fault, false, '*');
    }
    const all = said.join('\n');
    assert.ok(all.includes('k45tj'), 'something was said');
    for (const secret of [canary, written, JSON.stringify(canary).slice(1, -1), 'c4n4ry']) {
      assert.ok(!all.includes(secret), `${secret} is not in it`);
    }
  });

  it('no advice about access lists for a private endpoint string, whatever fails', async () => {
    for (const fault of ['tcp-drop', 'tcp-unreachable', 'tcp-refuse', 'tls-closes', 'hello-closes'] as const) {
      lab.sandbox.faults.set(fault, true, '*');
      const { report } = await lab.diagnose(lab.seedlist('storefront-sandbox'), { hopTimeoutMs: 400 });
      assert.equal(report.verdict.outcome, 'failed');
      assert.doesNotMatch(reportText(report, 'h'), /access list|whitelist|allowlist/i);
      lab.sandbox.faults.set(fault, false, '*');
    }
  });

  it('where it ran stands in the first lines of every form', async () => {
    const { report } = await lab.diagnose(lab.seedlist('storefront-sandbox'), {
      where: { hostname: 'build-7', kind: 'ssh-remote' },
    });
    assert.match(reportText(report, 'h').split('\n')[0] ?? '', /build-7.*ssh-remote/);
    assert.match(reportMarkdown(report, 'h').split('\n').slice(0, 4).join(' '), /build-7.*ssh/);
  });
});

/** Closing takes turns of the event loop; it is given two seconds of them. */
async function settled(done: () => boolean): Promise<void> {
  const until = performance.now() + 2000;
  while (!done() && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}

function reportText(report: TestReport, host: string): string {
  return [...headLines(report), ...report.hops.map(hopLine), ...verdictLines(report, host)].join('\n');
}
