import type { NetworkFault } from '../../../src/sandbox/network/faults';
import { inLanes, silenceInLanes, type InLanes } from '../../builders/in-lanes';
import { openLab, usualMs, type Diagnosis, type Lab } from './diagnose';

/** Milliseconds in which an answer that comes after three seconds is too late for both lookups of a hop. */
const lateMs = 4000;
/** How many silences are waited for at once. */
export const silentLanes = 6;

/** Failures of the proxy itself: every string has them, so they are no project of the scenario. */
export const proxyFaults: Readonly<Record<string, NetworkFault>> = {
  PROXY_SILENT: 'socks-silent',
  PROXY_NOT_SOCKS: 'socks-garbage',
};

/** Faults whose only sign is that nothing comes. */
const silences = new Set<NetworkFault>([
  ...(['dns-late', 'tcp-drop', 'tcp-accept-silent', 'tls-stall', 'hello-stall', 'hello-long-length'] as const),
]);

/** A fault, and the hosts, addresses or ports that have it. */
export interface Switch {
  readonly fault: NetworkFault;
  readonly subjects: readonly string[];
}

/** What `underFaults` gives the tests of a `describe`. */
export interface UnderFaults<Case> {
  /** The sandbox of what is not silent. */
  readonly lab: () => Lab;
  readonly diagnose: (one: Case) => Promise<Diagnosis>;
  /** Milliseconds for one hop, for tests of silences of their own. */
  readonly silence: () => number;
}

/**
 * For the body of a `describe`: the storefront's seedlist string under faults, which are off again afterwards. Those that
 * are silences are begun before the first test, some at once, each in a sandbox that it has to itself.
 */
export function underFaults<Case>(
  cases: readonly Case[],
  switchesOf: (one: Case) => readonly Switch[],
): UnderFaults<Case> {
  let lab: Lab | undefined;
  let silent: InLanes<Case, Diagnosis> | undefined;
  let silence = 0;
  const opened = (): Lab => {
    if (lab === undefined) throw new Error('the sandbox runs within tests only');
    return lab;
  };
  const has = (one: Case, which: (fault: NetworkFault) => boolean): boolean =>
    switchesOf(one).some(({ fault }) => which(fault));
  const isSilent = (one: Case): boolean => has(one, (fault) => silences.has(fault));
  const timeFor = (one: Case): number => {
    if (!isSilent(one)) return usualMs;
    return has(one, (fault) => fault === 'dns-late') ? lateMs : silence;
  };

  const diagnoseIn = async (where: Lab, one: Case): Promise<Diagnosis> => {
    const all = switchesOf(one).flatMap(({ fault, subjects }) => subjects.map((subject) => ({ fault, subject })));
    for (const { fault, subject } of all) where.sandbox.faults.set(fault, true, subject);
    try {
      return await where.diagnose(where.seedlist('storefront-sandbox'), { hopTimeoutMs: timeFor(one) });
    } finally {
      for (const { fault, subject } of all) where.sandbox.faults.set(fault, false, subject);
    }
  };

  before(async () => {
    const shared = await openLab();
    lab = shared;
    const string = shared.seedlist('storefront-sandbox');
    const silentCases = cases.filter(isSilent);
    // A sandbox that starts holds up what runs beside it: all of them stand before the first silence is measured.
    const lanes = Math.min(silentLanes, silentCases.length);
    const labs = await Promise.all(Array.from({ length: lanes }, () => openLab()));
    try {
      silence = await silenceInLanes(silentLanes, () => shared.diagnose(string));
      const free = [...labs];
      silent = inLanes(silentCases, lanes, async (one) => {
        const own = free.pop();
        if (own === undefined) throw new Error('there is a sandbox for each lane');
        try {
          return await diagnoseIn(own, one);
        } finally {
          free.push(own);
        }
      });
      await silent.ended;
    } finally {
      await Promise.all(labs.map((one) => one.close()));
    }
  });
  after(() => lab?.close());

  return {
    lab: opened,
    silence: () => silence,
    diagnose: (one) => (isSilent(one) && silent !== undefined ? silent.of(one) : diagnoseIn(opened(), one)),
  };
}
