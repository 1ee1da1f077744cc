import assert from 'node:assert/strict';
import { describeProblem } from '../../../src/messages/problem-text';
import { reportJson } from '../../../src/diagnostics/report/report-json';
import type { NetworkFault } from '../../../src/sandbox/network/faults';
import { underFaults } from './faulty-lab';

/** What a server says that no server should, and the one finding for it. */
const cases: readonly (readonly [fault: NetworkFault, code: string | undefined])[] = [
  ['dns-garbage', 'DNS_GARBAGE'],
  ['dns-other-name', 'DNS_GARBAGE'],
  ['dns-no-edns', undefined],
  ['dns-truncated', undefined],
  ['dns-truncated-no-tcp', 'RESOLVER_TRUNCATED'],
  ['dns-cname-loop', 'CNAME_LOOP'],
  ['dns-1000-srv', 'SRV_TOO_MANY'],
  ['dns-late', 'RESOLVER_UNREACHABLE'],
  ['tcp-accept-silent', 'TLS_STALL'],
  ['tls-stall', 'TLS_STALL'],
  ['not-tls-http', 'NOT_TLS'],
  ['hello-absurd', 'HELLO_UNREADABLE'],
  ['hello-huge-name', 'HELLO_UNREADABLE'],
  ['hello-strange-hosts', 'HELLO_UNREADABLE'],
  ['hello-many-hosts', 'HELLO_UNREADABLE'],
  ['hello-negative-version', 'HELLO_UNREADABLE'],
  ['hello-long-refusal', 'HELLO_REFUSED'],
  ['hello-too-long', 'HELLO_UNREADABLE'],
  ['hello-broken-document', 'HELLO_UNREADABLE'],
  ['hello-garbage', 'HELLO_UNREADABLE'],
  // The driver does not look at it: the application works.
  ['hello-other-request', undefined],
  ['hello-other-operation', 'HELLO_UNREADABLE'],
  ['hello-short-length', 'HELLO_UNREADABLE'],
  ['hello-long-length', 'HELLO_STALL'],
];
/** Bytes that a report may have, whatever a server sends. */
const longestReport = 60_000;

describe('bad input: the finding, its remedy, and a report that stays short', function () {
  this.timeout(300_000);
  const { lab, diagnose } = underFaults(cases, ([fault]) => [{ fault, subjects: ['*'] }]);

  for (const one of cases) {
    const [fault, code] = one;
    it(`${code ?? 'no finding'}: ${fault}`, async () => {
      const { report, codes } = await diagnose(one);
      assert.deepEqual(codes, code === undefined ? [] : [code]);
      for (const found of report.verdict.problems) {
        assert.ok(describeProblem(found).fixes.length > 0, 'there is a remedy');
      }
      const { length } = JSON.stringify(reportJson(report));
      assert.ok(length < longestReport, `${length} bytes`);
    });
  }

  it('an optimized string: a load balancer’s hello is held to the same', async () => {
    for (const fault of ['hello-negative-version', 'hello-too-long'] as const) {
      lab().sandbox.faults.set(fault, true, '*');
      const { codes } = await lab().diagnose(lab().optimized('orders-sandbox'));
      lab().sandbox.faults.set(fault, false, '*');
      assert.deepEqual(codes, ['HELLO_UNREADABLE'], fault);
    }
  });
});
