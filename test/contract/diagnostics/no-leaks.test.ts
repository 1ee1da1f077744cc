import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { resolve } from 'node:path';
import { systemClock, type Clock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { hopIds, type HopId } from '../../../src/core/hop';
import type { TestEvent, TestReport } from '../../../src/diagnostics/events';
import { reportJson } from '../../../src/diagnostics/report/report-json';
import { reportJunit } from '../../../src/diagnostics/report/report-junit';
import { reportMarkdown } from '../../../src/diagnostics/report/report-markdown';
import { headLines, hopLine, verdictLines } from '../../../src/diagnostics/report/report-text';
import { testConnection } from '../../../src/diagnostics/test-connection';
import type { NetworkFault } from '../../../src/sandbox/network/faults';
import type { SandboxDescription } from '../../../src/sandbox/start';
import { startNode, type Running } from '../../vscode/child-process';
import { openLab, type Lab } from './diagnose';

/** A sandbox in a process of its own: what is open in this one is the engine's. */
interface SandboxApart {
  readonly description: SandboxDescription;
  switchFault(fault: NetworkFault, on: boolean): Promise<void>;
  close(): Promise<void>;
}

async function startSandboxApart(): Promise<SandboxApart> {
  const running: Running = await startNode(
    process.execPath,
    ['--import', 'tsx', resolve('src/sandbox/main.ts'), '--json', '--pace', 'instant'],
    /^(\{.*\})$/m,
  );
  const description = JSON.parse(running.told) as SandboxDescription;
  return {
    description,
    close: () => running.close(),
    async switchFault(fault, on) {
      const asked = request(`${description.controlUrl}/faults`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${description.controlToken}` },
        // Nothing of it stays open, as connections of fetch do.
        agent: false,
      });
      asked.end(JSON.stringify({ fault, on }));
      const [response] = (await once(asked, 'response')) as [IncomingMessage];
      response.resume();
      assert.equal(response.statusCode, 200);
      await once(response, 'close');
    },
  };
}

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

/** Faults that make a test wait, and the hop that waits. */
const stalls: readonly (readonly [NetworkFault, HopId])[] = [
  ['dns-silent', 'srv'],
  ['dns-late', 'srv'],
  ['socks-silent', 'tcp'],
  ['tcp-drop', 'tcp'],
  ['tcp-accept-silent', 'tls'],
  ['tls-stall', 'tls'],
  ['hello-stall', 'hello'],
  ['auth-stalls', 'sign-in'],
];

describe('what a test leaves behind', function () {
  this.timeout(20_000);
  let apart: SandboxApart;
  before(async function () {
    this.timeout(60_000);
    apart = await startSandboxApart();
  });
  after(() => apart.close());

  const run = ({
    clock = systemClock,
    onEvent = () => undefined,
    hopTimeoutMs = 5000,
    signal,
  }: {
    readonly clock?: Clock;
    readonly onEvent?: (event: TestEvent) => void;
    readonly hopTimeoutMs?: number;
    readonly signal?: AbortSignal;
  }): Promise<TestReport> => {
    const { dnsServer, socksProxy, caFile, dbUsername, dbPassword } = apart.description;
    return testConnection(
      {
        connectionString: 'mongodb+srv://cluster0-pl-0-k45tj.mongodb.net',
        signIn: { kind: 'password', username: dbUsername, password: dbPassword },
        route: { dnsServers: [dnsServer], socksProxy, caFile },
        hopTimeoutMs,
        where: { hostname: 'test', kind: 'local' },
      },
      { clock, logger: silentLogger },
      onEvent,
      signal,
    );
  };

  /** Nothing is open after a test that was not before it. */
  const leavesNothing = async (test: (clock: Clock) => Promise<TestReport>): Promise<TestReport> => {
    const before = open();
    assert.ok(!before.includes('TCPSocketWrap'), 'nothing is left of what was before');
    const { clock, timers } = countingClock();
    const report = await test(clock);
    assert.equal(timers(), 0, 'no timer is set');
    await settled(() => open().length <= before.length);
    assert.deepEqual(open(), before);
    return report;
  };

  /** Cancels a test some milliseconds after a hop has begun. */
  const cancelDuring = async (hop: HopId, delayMs: number): Promise<void> => {
    const cancel = new AbortController();
    let cancelled = 0;
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      cancelled = performance.now();
      cancel.abort();
    };
    const onEvent = (event: TestEvent): void => {
      if (event.type !== 'hop-started' || event.hop !== hop || timer !== undefined) return;
      if (delayMs === 0) stop();
      else timer = setTimeout(stop, delayMs);
    };
    const { verdict } = await leavesNothing(async (clock) => {
      const report = await run({ clock, onEvent, signal: cancel.signal });
      assert.ok(performance.now() - cancelled < 2000, 'it ended at once');
      return report;
    });
    assert.equal(verdict.outcome, 'cancelled');
  };

  for (const hop of hopIds) {
    it(`nothing that is open, when it is cancelled during: ${hop}`, () => cancelDuring(hop, 0));
  }

  for (const [fault, hop] of stalls) {
    describe(fault, () => {
      before(() => apart.switchFault(fault, true));
      after(() => apart.switchFault(fault, false));

      // Time for the first bytes that the other side sends.
      it('nothing that is open, when it is cancelled while it waits', () => cancelDuring(hop, 150));

      it('nothing that is open, when it has waited in vain', async () => {
        const { verdict } = await leavesNothing((clock) => run({ clock, hopTimeoutMs: 1000 }));
        assert.equal(verdict.outcome, 'failed');
      });
    });
  }
});

describe('what a test tells', function () {
  this.timeout(20_000);
  let lab: Lab;
  before(async () => {
    lab = await openLab();
  });
  after(() => lab.close());
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

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
    assert.match(reportText(report, 'h').split('\n')[0] ?? '', /SSH host.*build-7/);
    assert.match(reportMarkdown(report, 'h').split('\n').slice(0, 4).join(' '), /SSH host.*build-7/);
  });
});

/** Closing takes turns of the event loop; it is given twenty seconds of them at most. */
async function settled(done: () => boolean): Promise<void> {
  const until = performance.now() + 20_000;
  while (!done() && performance.now() < until) await new Promise((resolve) => setImmediate(resolve));
}

function reportText(report: TestReport, host: string): string {
  return [...headLines(report), ...report.hops.map(hopLine), ...verdictLines(report, host)].join('\n');
}
