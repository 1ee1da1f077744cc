import { on, one, other, sameVerdicts, type Break } from './same-verdict';

const filter =
  (...rules: readonly string[]): Break =>
  (vpc) =>
    vpc.namespace.filter(...rules);
const both = `{ ${one}, ${other} }`;

describe('packets that are dropped, rejected and lost: as through the sandbox', function () {
  this.timeout(60_000);
  sameVerdicts([
    {
      title: 'dropped at all ports',
      code: 'TCP_TIMEOUT_ALL',
      break: filter(`ip daddr ${both} drop`),
      simulated: on('tcp-drop', one, other),
      waits: true,
    },
    {
      title: 'dropped at one port',
      code: 'TCP_TIMEOUT_SOME_PORTS',
      break: filter(`ip daddr ${both} tcp dport 1026 drop`),
      simulated: on('tcp-drop', `${one}:1026`, `${other}:1026`),
      waits: true,
    },
    {
      title: 'dropped in one subnet',
      code: 'TCP_TIMEOUT_ONE_ZONE',
      break: filter(`ip daddr ${other} drop`),
      simulated: on('tcp-drop', other),
      waits: true,
    },
    {
      title: 'nobody listens',
      code: 'TCP_REFUSED',
      break: async ({ nodes }) => {
        await nodes.hangUp(one);
        await nodes.hangUp(other);
      },
      simulated: on('tcp-refuse', one, other),
    },
    // Answers of the filter come from the same address, from these ports: they have to pass.
    {
      title: 'a firewall rejects with a reset',
      code: 'TCP_REFUSED',
      break: filter(`ip daddr ${both} tcp dport 1024-1026 reject with tcp reset`),
      simulated: on('tcp-refuse', one, other),
    },
    {
      title: 'a router says that there is no way to the host',
      code: 'ADDRESS_UNROUTABLE',
      break: filter(`ip daddr ${both} tcp dport 1024-1026 reject with icmp type host-unreachable`),
      simulated: on('tcp-unreachable', one, other),
    },
    {
      title: 'large packets are lost once the connection is made (path MTU)',
      code: 'TLS_STALL',
      break: filter(`ip saddr ${both} tcp sport 1024-1026 ip length > 600 drop`),
      simulated: on('tls-stall', one, other),
      waits: true,
    },
  ]);
});
