import type { World } from '../../src/sandbox/world/world';

/** IPv6 addresses that {@link makeDualStack} gives the two network interfaces of the seed's endpoint. */
export const ipv6Addresses = ['fd00:10:0:20::54', 'fd00:10:0:30::194'];

/** Gives the seed's endpoint an IPv6 address in each subnet, and lets security groups pass IPv6. */
export function makeDualStack(world: World): void {
  for (const region of world.aws.regions.values()) {
    const interfaces = [...region.networkInterfaces.values()].filter(
      ({ vpcEndpointId }) => vpcEndpointId === 'vpce-024f5b57108c8d3ed',
    );
    for (const each of interfaces) {
      const privateIp = each.privateIp === '10.0.20.54' ? 'fd00:10:0:20::54' : 'fd00:10:0:30::194';
      const id = `${each.id}-ipv6`;
      region.networkInterfaces.set(id, { ...each, id, privateIp });
    }
    for (const group of region.securityGroups.values()) {
      group.outbound = group.outbound.map((rule) => ({ ...rule, cidrs: [...rule.cidrs, '::/0'] }));
    }
  }
}
