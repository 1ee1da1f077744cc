import { t } from '@vscode/l10n';
import { providerNames } from '../core/provider';

/** What helps against several causes, by the same words. */
export const remedies = {
  otherServer: () =>
    t('Name a DNS server that answers, in the setting "Atlas Private Endpoints › Test: DNS Servers" or with --dns.'),
  letSeedlistPass: () => t('Ask whoever runs this DNS server to let SRV and TXT records of "mongodb.net" pass.'),
  exemptFromRebinding: () =>
    t(
      'Exempt "mongodb.net" and "vpce.amazonaws.com" from rebinding protection (dnsmasq: rebind-domain-ok; unbound: private-domain).',
    ),
  wholeRange: () =>
    t('Allow all ports from 1024 through 65535: Atlas may use any of them, and they change with the cluster.'),
  inside: () =>
    t(
      'Run the test from inside: in a window on a machine of that network (SSH, container), through a SOCKS5 proxy, or with the helper.',
    ),
  /** Where the address is known only as somebody has registered it. */
  compare: (cloud: string | undefined) =>
    cloud === undefined
      ? []
      : [
          t(
            'Compare the address with that of the private endpoint in {0}: names lead to the one that was registered at Atlas. When it is wrong, remove the private endpoint at Atlas and add it again with the right one.',
            cloud,
          ),
        ],
  exempt: () => t('Ask your network team to exempt "*.mongodb.net" from TLS inspection.'),
  neverOff: () =>
    t('Do not switch the verification of certificates off: your password would go to whoever is in between.'),
  letThrough,
};

/**
 * What drops packets to an endpoint, by the cloud that it is in, of all where nothing says which (Azure: "Manage network
 * policies for private endpoints"; Google Cloud: "Access published services through endpoints", firewall and global access).
 */
function letThrough(cloud: string | undefined): readonly string[] {
  switch (cloud) {
    case providerNames.AZURE.cloud:
      return [
        t(
          'Let the network security group of this machine’s subnet send outbound traffic on all ports to the private endpoint’s address.',
        ),
        t(
          'Where network policies for private endpoints are on in the endpoint’s subnet, let its network security group and route table pass it, too.',
        ),
      ];
    case providerNames.GCP.cloud:
      return [
        t('Let the egress firewall rules of the VPC network pass traffic on all ports to the endpoint’s addresses.'),
        t('Is this machine in another region than the endpoint? Then switch global access on at its forwarding rules.'),
      ];
    default:
      return [
        t(
          'On AWS: let the security group of the interface endpoint accept inbound traffic on all ports from this machine.',
        ),
        t(
          'On AWS: let the security group of this machine send outbound traffic on all ports to the endpoint’s private addresses.',
        ),
        t('On AWS: check the network ACLs of the subnets, in both directions.'),
        t('On Azure and Google Cloud: check network security groups, and the egress rules of the firewall.'),
      ];
  }
}
