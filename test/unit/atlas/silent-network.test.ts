import assert from 'node:assert/strict';
import { anonymous, type Send } from '../../../src/atlas/send';
import { createTransport, type Call } from '../../../src/atlas/transport';
import { silentLogger } from '../../../src/core/logger';
import { problemOf, type Problem } from '../../../src/core/problem';
import { createFakeClock, settled, type FakeClock } from '../store/fake-clock';

describe('a network that does not answer', () => {
  let clock: FakeClock;
  let sent: number[];
  const begun = 1_000_000;

  const open = (send: Send, concurrency = 16): ReturnType<typeof createTransport> =>
    createTransport({
      send: (request) => {
        sent.push(clock.now() - begun);
        return send(request);
      },
      authorize: anonymous,
      clock,
      logger: silentLogger,
      concurrency,
      timeout: 30_000,
      random: () => 1,
    });
  const silence: Send = ({ signal }) =>
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
  const call = (repeatable = true): Call => ({
    request: {
      method: 'GET',
      url: new URL('https://atlas.invalid/api'),
      headers: {},
      signal: new AbortController().signal,
    },
    repeatable,
  });
  /** The problem, and the milliseconds until it was told. */
  const failure = async (running: Promise<unknown>): Promise<{ problem: Problem | undefined; after: number }> => {
    let after = 0;
    let found: Problem | undefined;
    const ended = running.catch((error: unknown) => {
      found = problemOf(error);
      after = clock.now() - begun;
    });
    await settled();
    await clock.advance(300_000);
    await ended;
    return { problem: found, after };
  };

  beforeEach(() => {
    clock = createFakeClock(begun);
    sent = [];
  });

  it('is told after 45 seconds: one attempt, and one more', async () => {
    const { problem, after } = await failure(open(silence)(call()));
    assert.equal(problem?.code, 'ATLAS_TIMEOUT');
    assert.equal(problem.parameters.seconds, '45');
    assert.equal(after, 45_000);
    assert.deepEqual(sent, [0, 30_500]);
  });

  it('is told after 30 seconds when the call must not be repeated', async () => {
    const { problem, after } = await failure(open(silence)(call(false)));
    assert.equal(problem?.parameters.seconds, '30');
    assert.equal(after, 30_000);
  });

  it('is told no later for what takes 20 seconds to fail to connect', async () => {
    const slow: Send = ({ signal }) =>
      new Promise((_, reject) => {
        clock.after(20_000, () => reject(new TypeError('fetch failed')));
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const { problem, after } = await failure(open(slow)(call()));
    assert.ok(problem?.code === 'ATLAS_UNREACHABLE' || problem?.code === 'ATLAS_TIMEOUT', problem?.code);
    assert.ok(after <= 45_000, String(after));
  });

  it('is not found out anew by the calls that waited behind', async () => {
    const transport = open(silence, 1);
    const ends = await Promise.all([
      failure(transport(call())),
      failure(transport(call())),
      failure(transport(call())),
    ]);
    assert.ok(ends.every(({ problem }) => problem?.code === 'ATLAS_TIMEOUT'));
    assert.ok(sent.length <= 4, `${String(sent.length)} attempts`);
  });

  it('leaves a refused connection its repetitions, and waits for Atlas as long as it asks for', async () => {
    let tries = 0;
    const busy: Send = () => {
      tries += 1;
      if (tries <= 2) return Promise.reject(new TypeError('fetch failed'));
      if (tries === 3) return Promise.resolve(new Response('{}', { status: 429, headers: { 'retry-after': '50' } }));
      if (tries === 4) return Promise.reject(new TypeError('fetch failed'));
      return Promise.resolve(new Response('{}', { status: 200 }));
    };
    const running = open(busy)(call());
    await settled();
    await clock.advance(120_000);
    assert.equal((await running).reply.status, 200);
    assert.equal(sent.length, 5);
  });
});
