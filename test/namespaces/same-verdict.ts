import assert from 'node:assert/strict';
import type { NetworkFault } from '../../src/sandbox/network/faults';
import { openLab, type Lab } from '../contract/diagnostics/diagnose';
import type { Records } from './dns-records';
import { openVpc, type Vpc } from './vpc';

/** The seed's cluster: its seedlist name and that of its SRV records, its host, the host's CNAME, and the addresses in two subnets. */
export const seedName = 'cluster0-pl-0-k45tj.mongodb.net';
export const srvName = `_mongodb._tcp.${seedName}`;
export const host = 'pl-0-us-east-1-k45tj.mongodb.net';
export const endpointName = 'vpce-024f5b57108c8d3ed-ypwbxwll.vpce-svc-02863655456245e5c.us-east-1.vpce.amazonaws.com';
export const [one, other] = ['10.0.30.194', '10.0.20.54'];
/** The seed's cluster, a sharded one, and one behind an endpoint without a CNAME. */
export const projects = ['storefront-sandbox', 'orders-sandbox', 'billing-on-azure-sandbox'];

type Switch = readonly [fault: NetworkFault, subject: string];

export type Break = (vpc: Vpc) => Promise<void> | void;

/** A fault as a network has it, and the sandbox's stand-in for it. */
export interface Case {
  readonly title: string;
  readonly code: string;
  /** Breaks the VPC. Absent when the node is at fault: the sandbox's nodes stand in both networks. */
  readonly break?: Break;
  readonly simulated: readonly Switch[];
  /** Something is waited for in vain: hops are given less time. */
  readonly waits?: boolean;
}

export function on(fault: NetworkFault, ...subjects: readonly string[]): readonly Switch[] {
  return subjects.map((subject) => [fault, subject] as const);
}

/** The same three nodes in 27 records: longer than the 1232 bytes that an answer over UDP may have. */
export function longSeedList({ srv }: Records): Records['srv'] {
  const own = srv.filter(({ name }) => name === srvName);
  return Array.from({ length: 9 }, () => own).flat();
}

/** Tests, for each fault, that the engine finds in the VPC what it finds through the sandbox's proxy and DNS. */
export function sameVerdicts(cases: readonly Case[]): void {
  let lab: Lab;
  let vpc: Vpc;
  before(async () => {
    vpc = await openVpc(projects);
    lab = await openLab();
  });
  after(async () => {
    await Promise.all([lab.close(), vpc.close()]);
  });
  afterEach(async () => {
    for (const { fault, subject } of lab.sandbox.faults.list()) lab.sandbox.faults.set(fault, false, subject);
    await vpc.repair();
  });

  for (const { title, code, break: broken, simulated, waits = false } of cases) {
    it(`${code}: ${title}`, async () => {
      for (const [fault, subject] of simulated) {
        lab.sandbox.faults.set(fault, true, subject);
        if (broken === undefined) vpc.world.faults.set(fault, true, subject);
      }
      await broken?.(vpc);
      const string = lab.seedlist('storefront-sandbox');
      // Long enough for what does answer on a machine that is busy with other tests.
      const hopTimeoutMs = waits ? 3000 : 8000;
      const [direct, throughProxy] = await Promise.all([
        vpc.diagnose(string, { hopTimeoutMs }),
        lab.diagnose(string, { hopTimeoutMs }),
      ]);
      const codes = direct.verdict.problems.map((found) => found.code);
      assert.deepEqual({ direct: codes, throughProxy: throughProxy.codes }, { direct: [code], throughProxy: [code] });
    });
  }
}
