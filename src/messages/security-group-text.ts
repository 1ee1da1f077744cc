import { t } from '@vscode/l10n';
import type { AwsEvidence, AwsRule, AwsSecurityGroup } from '../core/cloud';
import {
  hasPrefixLists,
  holds,
  endpointPorts,
  peersNamed,
  portsNotAllowed,
  portText,
  tcpPortsOf,
} from '../core/security-group';
import { shortList } from './short-list';

/** Where those that connect to an interface endpoint may be. */
export interface Surroundings {
  /** Every address block of its VPC; empty where they are not known. */
  readonly vpc: readonly string[];
  /** The blocks of the subnets that it is in itself. */
  readonly subnets: readonly string[];
}

/** What is known of the surroundings of an endpoint in the AWS account. */
export function surroundingsOf({ vpcCidrs, subnets }: Pick<AwsEvidence, 'vpcCidrs' | 'subnets'>): Surroundings {
  return { vpc: vpcCidrs ?? [], subnets: subnets.map(({ subnet }) => subnet.cidr) };
}

/**
 * Who is let in on every port that Atlas may use, by the inbound rules of all security groups of an endpoint together, as
 * AWS adds them up (seed: Port Ranges, and "Make sure that your security groups are configured properly"). Who the
 * applications are is not known: that the endpoint's own subnets are let in says nothing of them.
 */
export function whoIsLetIn(
  inbound: readonly AwsRule[],
  { vpc, subnets }: Surroundings,
): { readonly severity: 'passed' | 'advice' | 'warning' | 'blocking'; readonly text: string } {
  const blocks = vpc.map((cidr) => ({ cidr, closed: portsNotAllowed(inbound, { cidr }) }));
  const open = blocks.filter(({ closed }) => closed.length === 0).map(({ cidr }) => cidr);
  const kept = blocks.filter(({ closed }) => closed.length > 0);
  if (open.length > 0) {
    return kept.length === 0
      ? { severity: 'passed', text: t('the VPC is let in on ports 1024 to 65535') }
      : {
          severity: 'advice',
          text: t(
            'of the VPC, {0} is let in on ports 1024 to 65535, and {1} is not',
            shortList(open),
            shortList(kept.map(({ cidr }) => cidr)),
          ),
        };
  }
  const named = peersNamed(inbound).map(({ name, peer }) => ({ name, closed: portsNotAllowed(inbound, peer) }));
  const peers = named.filter(({ closed }) => closed.length === 0).map(({ name }) => name);
  if (peers.some((peer) => !subnets.some((block) => holds(block, peer)))) {
    return { severity: 'passed', text: t('let in on ports 1024 to 65535: {0}', shortList(peers)) };
  }
  if (hasPrefixLists(inbound)) {
    return { severity: 'advice', text: t('there are rules with prefix lists, which are not looked into') };
  }
  if (peers.length > 0) {
    return vpc.length === 0
      ? {
          severity: 'advice',
          text: t(
            'only subnets of the endpoint itself are let in: {0}. Blocks of its VPC are not known',
            shortList(peers),
          ),
        }
      : {
          severity: 'warning',
          text: t('only subnets of the endpoint itself are let in, and not the rest of the VPC: {0}', shortList(peers)),
        };
  }
  const partly = named.find(({ closed }) => portText(closed) !== portText([endpointPorts]));
  return partly === undefined
    ? { severity: 'blocking', text: t('nobody is let in on the ports 1024 to 65535') }
    : { severity: 'warning', text: t('{0} is not let in on the ports {1}', partly.name, portText(partly.closed)) };
}

/** What each security group lets in by itself: `sg-1 (endpoint): 10.0.0.0/16 (1024–65535)`. */
export function groupsText(groups: readonly AwsSecurityGroup[]): string {
  return groups
    .map(({ id, name, inbound }) => `${name === '' ? id : `${id} (${name})`}: ${rulesText(inbound)}`)
    .join('; ');
}

function rulesText(inbound: readonly AwsRule[]): string {
  const rules = inbound.flatMap((rule) => {
    const ports = tcpPortsOf(rule);
    const peers = [...rule.cidrs, ...rule.groupIds, ...rule.prefixListIds];
    return ports.length === 0 || peers.length === 0 ? [] : [`${shortList(peers)} (${portText(ports)})`];
  });
  return rules.length === 0 ? t('lets nobody in') : shortList(rules);
}
