import { t } from '@vscode/l10n';
import type { Severity } from '../../../../webview/protocol';
import type { AwsRule } from '../../../core/cloud';
import { hasPrefixLists, peersAllowed, portsNotAllowed, portText } from '../../../core/security-group';
import { shortList } from './views';

/**
 * Whether inbound rules let applications of a VPC in on every port that Atlas may use (seed: Port Ranges, and "Make sure
 * that your security groups are configured properly").
 */
export function coverage(
  inbound: readonly AwsRule[],
  vpcCidrs: readonly string[],
): { readonly tone: Severity; readonly text: string } {
  const missing = vpcCidrs.map((cidr) => ({ cidr, ports: portsNotAllowed(inbound, { cidr }) }));
  if (vpcCidrs.length > 0 && missing.every(({ ports }) => ports.length === 0)) {
    return { tone: 'passed', text: t('lets the VPC in on ports 1024 to 65535') };
  }
  const peers = peersAllowed(inbound);
  if (peers.length > 0) {
    return { tone: 'passed', text: t('lets {0} in on ports 1024 to 65535', shortList(peers)) };
  }
  if (hasPrefixLists(inbound))
    return { tone: 'advice', text: t('has rules with prefix lists, which are not looked into') };
  const some = missing.find(({ ports }) => ports.length > 0 && portText(ports) !== '1024–65535');
  if (some !== undefined) {
    return { tone: 'warning', text: t('does not let {0} in on ports {1}', some.cidr, portText(some.ports)) };
  }
  return { tone: 'warning', text: t('lets nobody in on ports 1024 to 65535') };
}
