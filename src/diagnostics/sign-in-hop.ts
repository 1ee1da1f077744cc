import type { LookupFunction } from 'node:net';
import { isIPv6 } from 'node:net';
import { optionOf } from '../connection-string/parse';
import { resolveHost } from './dns/host';
import { facts } from './facts';
import type { DriverRun, prepareDriver } from './mongo/driver';
import { driverStart } from './mongo/sign-in';
import type { NodeListener } from './reach-nodes';
import type { HopEnd } from './recorder';
import { createShownNodes, type ShownNodes } from './shown-nodes';
import { askingOf, asksSystem, type Plan, type Walk } from './walk-path';

/** The module `mongo/driver`, as `import()` gives it. */
export interface LoadedDriver {
  readonly prepareDriver: typeof prepareDriver;
}

/** The last two hops, by the official driver on the person's own string. */
export interface Signing extends NodeListener {
  /** Waits until they are through. Nothing of the driver is open afterwards. */
  finish(): Promise<void>;
}

/** Atlas has at most 50 targets. Beyond it the driver's connections to all of them would use up the time of our hops. */
const mostAtOnce = 60;
/** Milliseconds that our handshakes wait for the driver's at most, and again after each node that it has met. */
const headStart = 100;

/**
 * Sign-in and ping. The driver sets out as soon as it can, beside our own hops, since it makes its own connections
 * anyway; what becomes of it counts only when our hops have met a node that could take the sign-in.
 *
 * What its connections prove, our hops need not prove again: they wait for it a while, and make handshakes of their own
 * with the nodes that it does not meet, or where it fails. A healthy test then takes hardly longer than the driver alone.
 */
export function signInBesides(walk: Walk, plan: Plan): Signing {
  const { recorder, signIn, driver, clock } = walk;
  const subject = plan.targets[0]?.host ?? '';
  if (signIn.kind === 'skip' || driver === undefined || !hasSignIn(walk)) {
    return {
      resolved: () => undefined,
      usable: () => undefined,
      met: () => Promise.resolve(undefined),
      finish: () => skip(walk, subject),
    };
  }
  const known = new Map<string, readonly string[]>();
  const shown = createShownNodes(plan.tls, walk.proxy !== undefined, () => wait());
  const run = prepare({ ...walk, signIn }, plan, known, driver, shown);
  let stopHeadStart = (): void => undefined;
  const wait = (): void => {
    stopHeadStart();
    stopHeadStart = clock.after(headStart, shown.stop);
  };
  let signedIn: Promise<HopEnd> | undefined;
  let pinged: Promise<HopEnd | undefined> | undefined;
  const setOut = (): void => {
    if (signedIn !== undefined) return;
    wait();
    signedIn = timed(run.then((ready) => ('signIn' in ready ? ready.signIn(shown.stop) : ready)));
    pinged = signedIn.then(async ({ failure }) => {
      const ready = await run;
      return failure === undefined && 'ping' in ready ? timed(ready.ping()) : undefined;
    });
    void pinged.then(shown.stop);
  };
  const few = plan.targets.length <= mostAtOnce;
  if (!few) shown.stop();
  // A proxy is told names; without one it has to know the addresses, and its time begins then.
  else if (walk.proxy !== undefined) setOut();
  const close = async (): Promise<void> => {
    const ready = await run;
    if ('close' in ready) await ready.close();
  };
  // The driver knows no signal: closing it ends whatever it waits for.
  const onAbort = (): void => {
    shown.stop();
    void close();
  };
  walk.signal.addEventListener('abort', onAbort, { once: true });
  let hops: Promise<void> | undefined;
  return {
    resolved: (addresses) => {
      for (const [host, found] of addresses) known.set(host, found);
      if (few) setOut();
    },
    usable: () => {
      setOut();
      hops ??= runHops();
    },
    met: shown.met,
    finish: async () => {
      try {
        await hops;
      } finally {
        shown.stop();
        stopHeadStart();
        walk.signal.removeEventListener('abort', onAbort);
        await close();
        await pinged;
      }
    },
  };

  async function runHops(): Promise<void> {
    const how = facts(
      ['mechanism', mechanismOf(walk)],
      ['authSource', signIn.kind === 'password' ? signIn.authSource : undefined],
    );
    const first = await recorder.hop('sign-in', subject, async () => {
      const end = await inTime(signedIn);
      return { ...end, facts: [...how, ...end.facts] };
    });
    if (first.failure !== undefined || walk.signal.aborted) return;
    await recorder.hop('ping', subject, () => inTime(pinged));
  }

  /** With the time that it took: it may have been through before it was the hop's turn. */
  async function timed(step: Promise<HopEnd>): Promise<HopEnd> {
    const since = clock.monotonic();
    const end = await step;
    return { ...end, tookMs: clock.monotonic() - since };
  }

  /** The driver has time limits of its own, one after the other; together they may be longer than a hop's. */
  async function inTime(step: Promise<HopEnd | undefined> | undefined): Promise<HopEnd> {
    const late = new AbortController();
    const stop = walk.clock.after(walk.timeoutMs, () => late.abort());
    const limit = new Promise<HopEnd>((resolve) => {
      late.signal.addEventListener('abort', () => resolve({ failure: 'timeout', facts: [] }), { once: true });
    });
    try {
      return (await Promise.race([step, limit])) ?? { failure: 'no-server', facts: [] };
    } finally {
      stop();
    }
  }
}

async function skip({ recorder, signal, signIn }: Walk, subject: string): Promise<void> {
  if (signal.aborted || !recorder.hops.some(({ hop, outcome }) => hop === 'hello' && outcome === 'passed')) return;
  const reason = signIn.kind === 'skip' ? 'not wanted' : 'no credentials';
  await recorder.hop('sign-in', subject, () => ({ skipped: true, facts: facts(['reason', reason]) }));
}

/** A string without a user and without a mechanism leads to a connection, and to no sign-in. */
function hasSignIn({ signIn, string }: Walk): boolean {
  return (
    signIn.kind !== 'from-string' || string.username !== undefined || optionOf(string, 'authMechanism') !== undefined
  );
}

function mechanismOf({ signIn, string }: Walk): string {
  switch (signIn.kind) {
    case 'aws':
      return 'MONGODB-AWS';
    case 'x509':
      return 'MONGODB-X509';
    case 'from-string':
      return optionOf(string, 'authMechanism') ?? 'SCRAM';
    case 'password':
    case 'skip':
      return 'SCRAM';
  }
}

async function prepare(
  walk: Walk & { readonly signIn: Exclude<Walk['signIn'], { readonly kind: 'skip' }> },
  plan: Plan,
  addresses: ReadonlyMap<string, readonly string[]>,
  driver: LoadedDriver,
  { show }: ShownNodes,
): Promise<DriverRun | HopEnd> {
  try {
    const start = await driverStart({
      string: walk.string,
      targets: plan.targets,
      seedOptions: plan.seedOptions,
      signIn: walk.signIn,
      context: walk.context,
      authorities: walk.authorities,
      lookup: lookupOf(walk, addresses),
      proxy: walk.proxy,
      timeoutMs: walk.timeoutMs,
    });
    const { connectionString, options, secrets } = start;
    return driver.prepareDriver(connectionString, options, secrets, () => walk.clock.monotonic(), show);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'PEM';
    return { failure: 'certificate-file', facts: facts(['code', code]) };
  }
}

/**
 * The addresses that our hops found, each time with another one first, so that the driver's connections spread over all
 * zones; hosts that only the nodes named are asked for the same way.
 */
function lookupOf(walk: Walk, known: ReadonlyMap<string, readonly string[]>): LookupFunction {
  let turn = 0;
  return (hostname, options, callback) => {
    const answer = (addresses: readonly string[]): void => {
      const [first] = addresses;
      const list = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
      if (first === undefined) callback(Object.assign(new Error(`no address: ${hostname}`), { code: 'ENOTFOUND' }), []);
      else if (options.all === true) callback(null, list);
      else callback(null, first, isIPv6(first) ? 6 : 4);
    };
    const addresses = known.get(hostname.toLowerCase());
    // Always later, as lookups are.
    if (addresses !== undefined && addresses.length > 0) {
      const first = turn++ % addresses.length;
      setImmediate(answer, [...addresses.slice(first), ...addresses.slice(0, first)]);
    } else
      resolveHost(hostname, askingOf(walk), asksSystem(walk)).then(
        ({ addresses: found }) => answer(found),
        () => answer([]),
      );
  };
}
