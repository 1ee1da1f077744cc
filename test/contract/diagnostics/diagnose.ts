import { isIP } from 'node:net';
import { systemClock, type Clock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import type { NetworkRoute } from '../../../src/core/network';
import type { TestEvent, TestReport } from '../../../src/diagnostics/events';
import { testConnection, type SignIn, type TestRequest } from '../../../src/diagnostics/test-connection';
import { startSandbox, type SandboxHandle, type SandboxOptions } from '../../../src/sandbox/start';
import { paces } from '../../../src/sandbox/world/create-world';
import { privateEndpointStrings } from '../../../src/sandbox/world/strings';
import { createSkippingClock } from '../../builders/skipping-clock';

/** Milliseconds for one hop where everything ends by itself, however slow the machine is. */
export const usualMs = 15_000;

/** A sandbox in this process with the real engine pointed at it. */
export interface Lab {
  readonly sandbox: SandboxHandle;
  readonly route: NetworkRoute;
  /** The database user of the sandbox. */
  readonly signIn: SignIn;
  /** The seedlist string of a cluster through its first endpoint. */
  seedlist(projectName: string, clusterName?: string): string;
  optimized(projectName: string, clusterName?: string): string;
  standard(projectName: string, clusterName?: string): string;
  diagnose(connectionString: string, more?: Partial<TestRequest>, signal?: AbortSignal): Promise<Diagnosis>;
  /**
   * As `diagnose`, where every connection is left unanswered: nobody waits for one, as the time for it passes at once when
   * the sandbox has met so many of them, of different targets.
   */
  diagnoseUnanswered(targets: number, connectionString: string, more?: Partial<TestRequest>): Promise<Diagnosis>;
  close(): Promise<void>;
}

export interface Diagnosis {
  readonly report: TestReport;
  readonly events: readonly TestEvent[];
  readonly codes: readonly string[];
}

export async function openLab(options: SandboxOptions = {}): Promise<Lab> {
  let onUnanswered: (target: string) => void = () => undefined;
  const sandbox = await startSandbox({
    pace: paces.instant,
    onUnanswered: (target) => onUnanswered(target),
    ...options,
  });
  const { dnsServer, socksProxy, clientAddresses, caFile, dbUsername, dbPassword } = sandbox.description;
  const route = { dnsServers: [dnsServer], socksProxy, clientAddresses, caFile };
  const signIn: SignIn = { kind: 'password', username: dbUsername, password: dbPassword };
  const stringsOf = (
    projectName: string,
    clusterName: string | undefined,
  ): ReturnType<typeof privateEndpointStrings>[0] => {
    const project = [...sandbox.world.atlas.projects.values()].find(({ name }) => name === projectName);
    const cluster =
      clusterName === undefined ? [...(project?.clusters.values() ?? [])][0] : project?.clusters.get(clusterName);
    if (project === undefined || cluster === undefined) throw new Error(`no cluster in ${projectName}`);
    const [strings] = privateEndpointStrings(sandbox.world, project, cluster);
    if (strings === undefined) throw new Error(`no string in ${projectName}`);
    return strings;
  };
  const diagnose = async (
    connectionString: string,
    more: Partial<TestRequest> = {},
    signal?: AbortSignal,
    clock: Clock = systemClock,
  ): Promise<Diagnosis> => {
    const events: TestEvent[] = [];
    const report = await testConnection(
      {
        connectionString,
        signIn,
        // Where AWS is not asked, nobody says whose addresses these are.
        route: more.evidence === undefined ? { dnsServers: [dnsServer], socksProxy, caFile } : route,
        hopTimeoutMs: usualMs,
        where: { hostname: 'test', kind: 'local' },
        ...more,
      },
      { clock, logger: silentLogger },
      (event) => events.push(event),
      signal,
    );
    return { report, events, codes: report.verdict.problems.map(({ code }) => code) };
  };
  return {
    sandbox,
    route,
    signIn,
    seedlist: (project, cluster) => stringsOf(project, cluster).srvConnectionString,
    standard: (project, cluster) => stringsOf(project, cluster).connectionString,
    optimized: (project, cluster) => {
      const { srvShardOptimizedConnectionString: optimized } = stringsOf(project, cluster);
      if (optimized === undefined) throw new Error(`no optimized string in ${project}`);
      return optimized;
    },
    diagnose,
    diagnoseUnanswered: async (targets, connectionString, more = {}) => {
      const clock = createSkippingClock();
      const met = new Set<string>();
      onUnanswered = (target) => {
        // The driver, which dials beside the test, gives names to the proxy.
        if (isIP(target.replace(/:\d+$/, '')) !== 0) met.add(target);
        if (met.size === targets) clock.skip(more.hopTimeoutMs ?? usualMs);
      };
      try {
        return await diagnose(connectionString, more, undefined, clock);
      } finally {
        onUnanswered = () => undefined;
      }
    },
    close: () => sandbox.close(),
  };
}
