import type { Records } from './dns-records';
import { endpointName, host, longSeedList, on, sameVerdicts, seedName, srvName, type Break } from './same-verdict';
import { mainServer, secondServer } from './vpc';

/** Other records of the cluster than the VPC's DNS has. */
const names =
  (change: (records: Records) => Partial<Records>): Break =>
  (vpc) =>
    vpc.serveNames(mainServer, { ...vpc.records, ...change(vpc.records) });
const addressed = (address: string): Break => names(() => ({ address: [{ name: endpointName, address }] }));

describe('names by a DNS server that is not ours: as through the sandbox', function () {
  this.timeout(60_000);
  sameVerdicts([
    {
      title: 'no SRV records, and no such name',
      code: 'SRV_NXDOMAIN',
      break: names(() => ({ srv: [], txt: [] })),
      simulated: on('dns-nxdomain', seedName),
    },
    {
      title: 'other records than SRV',
      code: 'RESOLVER_NO_SRV',
      break: names(({ txt }) => ({ srv: [], txt: [...txt, { name: srvName, text: 'x' }] })),
      simulated: on('dns-no-srv', seedName),
    },
    {
      title: 'no dns entries for the host of the SRV records',
      code: 'TARGET_NXDOMAIN',
      break: names(() => ({ cname: [], address: [] })),
      simulated: on('dns-nxdomain', host),
    },
    {
      title: 'a resolver on the way that filters private addresses (stop-dns-rebind)',
      code: 'TARGET_NO_ADDRESS',
      break: async (vpc) => {
        await vpc.serveNames(secondServer, vpc.records);
        await vpc.serveNames(mainServer, [`server=${secondServer}`, 'stop-dns-rebind']);
      },
      simulated: on('dns-strip-private', '*'),
    },
    {
      title: 'a public address, as outside',
      code: 'ADDRESS_PUBLIC',
      break: addressed('203.0.113.66'),
      simulated: on('dns-public-address', host),
    },
    {
      title: 'the address of a filter',
      code: 'ADDRESS_BLOCKED',
      break: addressed('0.0.0.0'),
      simulated: on('dns-blocked-address', host),
    },
    {
      title: 'an address that no route leads to',
      code: 'ADDRESS_UNROUTABLE',
      break: addressed('10.255.255.254'),
      simulated: on('dns-wrong-address', host),
    },
    {
      title: 'SRV records that lead to another domain',
      code: 'SRV_FOREIGN_DOMAIN',
      break: names(() => ({ srv: [{ name: srvName, host: 'pl-0.rewritten.sandbox.example', port: 1024 }] })),
      simulated: on('dns-foreign-target', seedName),
    },
    {
      title: 'an option in the TXT record that has no place there',
      code: 'TXT_INVALID',
      break: names(() => ({ txt: [{ name: seedName, text: 'authSource=admin&ssl=false' }] })),
      simulated: on('dns-txt-invalid', seedName),
    },
    {
      title: '1000 SRV records',
      code: 'SRV_TOO_MANY',
      break: names(() => ({
        srv: Array.from({ length: 1000 }, (_, index) => ({ name: srvName, host, port: 1024 + index })),
      })),
      simulated: on('dns-1000-srv', seedName),
    },
    {
      title: 'an answer that is too long for UDP, and no DNS over TCP',
      code: 'RESOLVER_TRUNCATED',
      break: async (vpc) => {
        await vpc.serveNames(mainServer, { ...vpc.records, srv: longSeedList(vpc.records) });
        vpc.namespace.filter('tcp dport 53 reject with tcp reset');
      },
      simulated: on('dns-truncated-no-tcp', '*'),
    },
    {
      title: 'nobody at the address of the resolver',
      code: 'RESOLVER_UNREACHABLE',
      break: (vpc) => vpc.stopNames(mainServer),
      simulated: on('dns-silent', '*'),
      waits: true,
    },
    {
      title: 'questions are dropped',
      code: 'RESOLVER_UNREACHABLE',
      break: (vpc) => vpc.namespace.filter('udp dport 53 drop', 'tcp dport 53 drop'),
      simulated: on('dns-silent', '*'),
      waits: true,
    },
    {
      title: 'a resolver that has nobody to ask, and refuses',
      code: 'RESOLVER_REFUSED',
      break: (vpc) => vpc.serveNames(mainServer, []),
      simulated: on('dns-refused', '*'),
    },
  ]);
});
