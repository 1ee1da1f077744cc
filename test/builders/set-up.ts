import { apiKeySignIn } from '../../src/atlas/api-key';
import { createAtlasApi } from '../../src/atlas/atlas-client';
import { systemClock, type Clock } from '../../src/core/clock';
import { silentLogger } from '../../src/core/logger';
import { startAtlas } from '../../src/sandbox/atlas/server';
import { addProject } from '../../src/sandbox/world/build';
import { createWorld } from '../../src/sandbox/world/create-world';
import type { SandboxProject, World } from '../../src/sandbox/world/world';
import type { SetupPorts } from '../../src/setup/look-first';

/** Time that runs `speed` times as fast as it does. */
export function fastClock(speed: number): Clock {
  const start = Date.UTC(2026, 0, 5);
  const begin = performance.now();
  const passed = (): number => (performance.now() - begin) * speed;
  return {
    now: () => start + passed(),
    monotonic: passed,
    after: (ms, callback) => systemClock.after(ms / speed, callback),
  };
}

/** One run of a person's window, which may be killed. */
export interface Run {
  readonly ports: SetupPorts;
  /** Aborted when it is killed, as everything that a window had under way ends with it. */
  readonly signal: AbortSignal;
  /** Requests that were answered or would have been. */
  readonly count: () => number;
  readonly killed: () => boolean;
  /** Every request as `METHOD path`, without the project. */
  readonly requests: readonly string[];
}

export interface SetupUnderTest {
  readonly world: World;
  readonly project: SandboxProject;
  readonly clock: Clock;
  /**
   * A window with nothing remembered. With `killAfter` it is killed when the request of that number was done and before
   * its answer arrives: every further request fails as one that is cancelled.
   */
  readonly run: (killAfter?: number) => Run;
  close(): Promise<void>;
}

/** A sandbox's Atlas with an empty project, in fast time. */
export async function startSetUp(build: (world: World, project: SandboxProject) => void): Promise<SetupUnderTest> {
  // Statuses of Atlas take seconds; the whole matrix of interruptions shall not.
  const clock = fastClock(2_000);
  const world = createWorld({ scenario: 'empty', clock });
  const [organization] = world.atlas.organizations.values();
  if (organization === undefined) throw new Error('the scenario has an organization');
  world.atlas.rateLimit = 1_000_000;
  // A nonce of five minutes would end in an instant, even between a challenge and the request that answers it.
  world.atlas.nonceLifetime = Number.MAX_SAFE_INTEGER;
  const project = addProject(world, organization, 'set-up-sandbox');
  build(world, project);
  const atlas = await startAtlas(world);
  return {
    world,
    project,
    clock,
    close: () => atlas.close(),
    run: (killAfter = Infinity) => {
      const requests: string[] = [];
      const window = new AbortController();
      const fetch = async (url: string, init: RequestInit): Promise<Response> => {
        window.signal.throwIfAborted();
        const response = await globalThis.fetch(url, init);
        // The first round of a digest sign-in does nothing.
        if (response.status === 401) return response;
        requests.push(`${init.method ?? 'GET'} ${new URL(url).pathname.replace(/^.*\/groups\/[0-9a-f]{24}/, '')}`);
        if (requests.length < killAfter) return response;
        await response.body?.cancel();
        window.abort();
        throw window.signal.reason;
      };
      const { publicKey, privateKey } = world.credentials;
      const api = createAtlasApi({
        baseUrl: atlas.baseUrl,
        authorize: apiKeySignIn({ publicKey, privateKey }),
        fetch,
        clock: systemClock,
      });
      return {
        ports: { api, clock, logger: silentLogger },
        signal: window.signal,
        requests,
        count: () => requests.length,
        killed: () => window.signal.aborted,
      };
    },
  };
}

/**
 * Runs `work` to its end once for each request of it, killed after that request and then done again by a fresh window,
 * each time in a world of its own; calls `check` afterwards. Answers with how many interruptions there were.
 */
export async function killAndResume(
  start: () => Promise<SetupUnderTest>,
  work: (run: Run, setUp: SetupUnderTest) => Promise<unknown>,
  check: (setUp: SetupUnderTest, killedAfter: string) => void | Promise<void>,
): Promise<number> {
  for (let killAfter = 1; ; killAfter += 1) {
    const setUp = await start();
    try {
      const first = setUp.run(killAfter);
      const outcome = await work(first, setUp).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (!first.killed()) {
        if (outcome !== undefined) throw outcome as Error;
        await check(setUp, 'nothing');
        return killAfter - 1;
      }
      await work(setUp.run(), setUp);
      await check(setUp, `request ${String(killAfter)}, ${first.requests.at(-1) ?? ''}`);
    } finally {
      await setUp.close();
    }
    if (killAfter > 500) throw new Error('the work never ends');
  }
}
