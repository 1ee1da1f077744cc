import type { NetworkFault } from '../../src/sandbox/network/faults';
import { on, sameVerdicts, type Case } from './same-verdict';

const node = (fault: NetworkFault, code: string, more: Partial<Case> = {}): Case => ({
  title: fault,
  code,
  simulated: on(fault, '*'),
  ...more,
});
const waits = { waits: true };

describe('nodes at their own addresses: as through the sandbox', function () {
  this.timeout(60_000);
  sameVerdicts([
    node('tcp-accept-silent', 'TLS_STALL', waits),
    node('tcp-reset', 'TLS_CLOSED'),
    node('tls-unknown-issuer', 'TLS_INTERCEPTED'),
    node('tls-expired', 'TLS_EXPIRED'),
    node('tls-not-yet-valid', 'TLS_CLOCK'),
    node('tls-wrong-name', 'TLS_NAME'),
    node('tls-stall', 'TLS_STALL', waits),
    node('tls-closes', 'TLS_CLOSED'),
    node('tls-refused', 'TLS_REFUSED'),
    node('not-tls-http', 'NOT_TLS'),
    node('hello-wrong-set', 'HELLO_WRONG_SET'),
    node('hello-public-hosts', 'HELLO_PUBLIC_HOSTS'),
    node('hello-stall', 'HELLO_STALL', waits),
    node('hello-closes', 'HELLO_CLOSED'),
    node('hello-garbage', 'HELLO_UNREADABLE'),
    node('hello-refused', 'HELLO_REFUSED'),
    node('no-primary', 'NO_PRIMARY'),
    node('auth-fails', 'AUTH_FAILED'),
    node('auth-stalls', 'AUTH_TIMEOUT', waits),
    node('not-authorized', 'AUTH_NOT_ALLOWED'),
  ]);
});
