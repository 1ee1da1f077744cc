import assert from 'node:assert/strict';
import type { NetworkFault } from '../../../src/sandbox/network/faults';
import { openGathering } from './evidence-of';
import { underFaults, type Switch } from './faulty-lab';

interface Cause {
  readonly fault: NetworkFault;
  /** `host`: all of the cluster; an address: one of the two that the endpoint has. */
  readonly on: string;
  readonly code: string;
}

const host = 'pl-0-us-east-1.k45tj.mongodb.net';
const [one, other] = ['10.0.30.194', '10.0.20.54'];
const node = (port: number): string => `${host}:${port}`;
const cause = (fault: NetworkFault, on: string, code: string): Cause => ({ fault, on, code });

/** Two at once, in the order in which they have to be fixed. */
const pairs: readonly (readonly [Cause, Cause])[] = [
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('auth-fails', host, 'AUTH_FAILED')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('not-authorized', host, 'AUTH_NOT_ALLOWED')],
  [cause('tcp-drop', other, 'TCP_TIMEOUT_ONE_ZONE'), cause('tls-expired', host, 'TLS_EXPIRED')],
  [cause('tcp-drop', other, 'TCP_TIMEOUT_ONE_ZONE'), cause('tls-wrong-name', host, 'TLS_NAME')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('tls-unknown-issuer', host, 'TLS_INTERCEPTED')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('tls-stall', host, 'TLS_STALL')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('not-tls-http', host, 'NOT_TLS')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('hello-wrong-set', host, 'HELLO_WRONG_SET')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('hello-public-hosts', host, 'HELLO_PUBLIC_HOSTS')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('no-primary', host, 'NO_PRIMARY')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('hello-stall', host, 'HELLO_STALL')],
  [cause('tcp-drop', one, 'TCP_TIMEOUT_ONE_ZONE'), cause('tcp-refuse', other, 'TCP_REFUSED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('auth-fails', host, 'AUTH_FAILED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('tls-closes', host, 'TLS_CLOSED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('hello-garbage', host, 'HELLO_UNREADABLE')],
  [cause('tcp-drop', node(1026), 'TCP_TIMEOUT_SOME_PORTS'), cause('auth-fails', host, 'AUTH_FAILED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('tls-wrong-name', host, 'TLS_NAME')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('tls-expired', host, 'TLS_EXPIRED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('hello-refused', host, 'HELLO_REFUSED')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('no-primary', host, 'NO_PRIMARY')],
  [cause('tcp-refuse', one, 'TCP_REFUSED'), cause('not-authorized', host, 'AUTH_NOT_ALLOWED')],
  [cause('tls-not-yet-valid', one, 'TLS_CLOCK'), cause('tls-expired', other, 'TLS_EXPIRED')],
];

function switchOf({ fault, on }: Cause): Switch {
  const subjects = on === host ? [host, one, other] : on === node(1026) ? [`${one}:1026`, `${other}:1026`] : [on];
  return { fault, subjects };
}

describe('two causes at once', function () {
  this.timeout(300_000);
  const { lab, diagnose, silence } = underFaults(pairs, (pair) => pair.map(switchOf));

  for (const pair of pairs) {
    const expected = pair.map(({ code }) => code);
    it(`${expected.join(' and ')}, in this order`, async () => {
      const { codes } = await diagnose(pair);
      assert.deepEqual(codes, expected);
    });
  }

  it('a security group that lets in single ports and TLS inspection', async () => {
    const { sandbox } = lab();
    const project = [...sandbox.world.atlas.projects.values()].find(({ name }) => name === 'storefront-sandbox');
    assert.ok(project);
    const [group] = [...sandbox.world.aws.regions.values()].flatMap((region) =>
      [...region.securityGroups.values()].filter(({ name }) => name === 'sandbox-endpoint'),
    );
    assert.ok(group);
    const before = group.inbound;
    group.inbound = [{ protocol: 'tcp', fromPort: 1024, toPort: 1025, cidrs: ['10.0.0.0/16'], groupIds: [] }];
    for (const subject of [host, one, other]) sandbox.faults.set('tls-unknown-issuer', true, subject);
    const string = lab().seedlist('storefront-sandbox');
    const gathering = openGathering(sandbox);
    const { codes } = await lab().diagnose(string, {
      hopTimeoutMs: silence(),
      evidence: gathering.evidence(project.name, string),
    });
    group.inbound = before;
    await gathering.close();
    assert.deepEqual(codes, ['SG_INBOUND', 'TLS_INTERCEPTED']);
  });
});
