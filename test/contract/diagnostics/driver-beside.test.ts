import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { systemClock, type Clock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import type { HopId } from '../../../src/core/hop';
import type { TestEvent } from '../../../src/diagnostics/events';
import { testConnection } from '../../../src/diagnostics/test-connection';
import type { NetworkFault } from '../../../src/sandbox/network/faults';
import { openLab, type Lab } from './diagnose';

/** Milliseconds that handshakes give the driver. */
const headStart = 100;
/** The time of a hop, and what is sooner than any hop can be over that waits for it to the end; milliseconds. */
const hopTimeoutMs = 3000;
const soon = 2000;

/** The head start never ends of its own accord. */
const withoutLimit: Clock = {
  ...systemClock,
  after: (ms, callback) => (ms === headStart ? () => undefined : systemClock.after(ms, callback)),
};

const project = 'storefront-sandbox';
/** The addresses of its endpoint. */
const addresses = ['10.0.30.194', '10.0.20.54'];

describe('the driver beside our own hops', function () {
  this.timeout(30_000);
  let lab: Lab;
  before(async () => {
    lab = await openLab();
    // Loads the driver.
    await lab.diagnose(lab.seedlist(project), { hopTimeoutMs: 15_000 });
  });
  after(() => lab.close());
  afterEach(() => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
  });

  const switchOn = (fault: NetworkFault, ...subjects: readonly string[]): void => {
    for (const subject of subjects) lab.sandbox.faults.set(fault, true, subject);
  };
  const run = async (clock: Clock, timeoutMs = hopTimeoutMs, options = ''): Promise<Told> => {
    const events: TestEvent[] = [];
    const { signIn, route } = lab;
    const { verdict } = await testConnection(
      {
        ...{ connectionString: lab.seedlist(project) + options, signIn, route, hopTimeoutMs: timeoutMs },
        where: { hostname: 'test', kind: 'local' },
      },
      { clock, logger: silentLogger },
      (event) => events.push(event),
    );
    const first = <T extends 'hop-started' | 'hop-finished'>(
      type: T,
      wanted: HopId,
    ): Extract<TestEvent, { type: T }> => {
      const found = events.find((event) => event.type === type && event.hop === wanted);
      assert.ok(found, `${wanted} ${type}`);
      return found as Extract<TestEvent, { type: T }>;
    };
    const signedIn = events.find((event) => event.type === 'hop-finished' && event.hop === 'sign-in');
    return {
      codes: verdict.problems.map(({ code }) => code),
      greeted: events.some((event) => event.type === 'hop-finished' && event.hop === 'hello')
        ? first('hop-finished', 'hello').at
        : 0,
      handshake: first('hop-started', 'tls').at,
      overDriver: { tls: whose(events, 'tls'), hello: whose(events, 'hello') },
      // Its time begins with the driver, maybe before it is the hop's turn.
      setOut: signedIn?.type === 'hop-finished' ? signedIn.at - signedIn.durationMs : undefined,
    };
  };

  it('sets out before a node has answered us', async () => {
    const { codes, setOut, greeted } = await run(systemClock, 15_000);
    assert.deepEqual(codes, []);
    assert.ok(setOut !== undefined && setOut < greeted, `${String(setOut)} < ${String(greeted)}`);
  });

  it('waits for an answer where there are more targets than Atlas ever has', async () => {
    switchOn('dns-1000-srv', '*');
    const { codes, setOut, greeted } = await run(systemClock, 15_000);
    assert.deepEqual(codes, ['SRV_TOO_MANY']);
    assert.ok(setOut !== undefined && setOut >= greeted, `${String(setOut)} >= ${String(greeted)}`);
  });

  it('has our handshakes wait for it, and for no longer than its head start', async () => {
    switchOn('hello-stall', '*');
    const patient = await run(withoutLimit);
    assert.ok(patient.handshake > soon, `after ${patient.handshake.toFixed(0)} ms`);
    const usual = await run(systemClock);
    assert.ok(usual.handshake < soon, `after ${usual.handshake.toFixed(0)} ms`);
    assert.deepEqual([patient.codes, usual.codes], [['HELLO_STALL'], ['HELLO_STALL']]);
  });

  it('leaves no handshake to make with the nodes that it meets', async () => {
    const { codes, overDriver } = await run(withoutLimit, 15_000);
    assert.deepEqual(codes, []);
    const ports = [1024, 1025, 1026].map((port) => `pl-0-us-east-1-k45tj.mongodb.net:${port}`);
    for (const hop of ['tls', 'hello'] as const) {
      assert.deepEqual(overDriver[hop], { driver: ports, own: [] }, hop);
    }
  });

  it('counts the handshake as TLS, also beyond a proxy', async () => {
    const late = 60_000;
    let passed = 0;
    const clock: Clock = { ...systemClock, monotonic: () => systemClock.monotonic() + passed };
    const proxy = new URL(lab.route.socksProxy ?? '');
    const open = new Set<Socket>();
    const relay = createServer((near) => {
      const far = connect(Number(proxy.port), proxy.hostname);
      near.pipe(far);
      // A ServerHello (RFC 8446, section 4): a minute goes by before it arrives.
      far.on('data', (bytes) => (passed += bytes[0] === 0x16 && bytes[5] === 2 ? late : 0));
      far.pipe(near);
      for (const socket of [near, far]) open.add(socket.on('error', () => undefined));
    });
    relay.listen(0, proxy.hostname);
    await once(relay, 'listening');
    try {
      const { port } = relay.address() as AddressInfo;
      const route = { ...lab.route, socksProxy: `socks5://${proxy.hostname}:${String(port)}` };
      const request = { connectionString: lab.seedlist(project), signIn: lab.signIn, route, hopTimeoutMs: 15_000 };
      const where = { hostname: 'test', kind: 'local' };
      const { hops } = await testConnection({ ...request, where }, { clock, logger: silentLogger }, () => undefined);
      const tls = hops.filter(({ hop }) => hop === 'tls');
      assert.equal(tls.length, 3);
      for (const { subject, durationMs } of tls) assert.ok(durationMs >= late, `${subject}: ${String(durationMs)} ms`);
    } finally {
      relay.close();
      for (const socket of open) socket.destroy();
    }
  });

  it('shows the nodes before it has signed in', async () => {
    switchOn('auth-stalls-late', '*');
    const { codes, handshake, overDriver } = await run(withoutLimit);
    assert.ok(handshake < soon, `after ${handshake.toFixed(0)} ms`);
    assert.deepEqual(codes, ['AUTH_TIMEOUT']);
    assert.deepEqual(overDriver.hello.own, []);
  });

  it('makes way as soon as a node cannot be reached', async () => {
    switchOn('hello-stall', '*');
    switchOn('tcp-refuse', ...addresses.map((address) => `${address}:1024`));
    const { codes, handshake } = await run(withoutLimit);
    assert.ok(handshake < soon, `after ${handshake.toFixed(0)} ms`);
    assert.deepEqual(codes, ['TCP_REFUSED', 'HELLO_STALL']);
  });

  it('makes way when it is over before it has asked anybody', async () => {
    const { codes, handshake } = await run(withoutLimit, 15_000, '/?readPreference=nonsense');
    assert.ok(handshake < 5000, `after ${handshake.toFixed(0)} ms`);
    assert.deepEqual(codes, ['DRIVER_DISAGREES']);
  });
});

/** Milliseconds since the test began. */
interface Told {
  readonly codes: readonly string[];
  /** The first answer of a node to our own hello; 0 without one. */
  readonly greeted: number;
  /** Subjects of what passed, by who made the connection. */
  readonly overDriver: Readonly<Record<'tls' | 'hello', ReturnType<typeof whose>>>;
  /** The first handshake that was told began. */
  readonly handshake: number;
  /** The driver began; absent when nobody signed in. */
  readonly setOut: number | undefined;
}

function whose(
  events: readonly TestEvent[],
  hop: HopId,
): { readonly driver: readonly string[]; readonly own: readonly string[] } {
  const of = (byDriver: boolean): readonly string[] =>
    events
      .flatMap((event) => (event.type === 'hop-finished' && event.hop === hop ? [event] : []))
      .filter(({ facts }) => facts.some(({ name, value }) => name === 'over' && value === 'driver') === byDriver)
      .map(({ subject }) => subject)
      .toSorted();
  return { driver: of(true), own: of(false) };
}
