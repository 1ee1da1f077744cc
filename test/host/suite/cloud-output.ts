/**
 * What the clouds' own command lines print about an endpoint, whole, in the form that their documentation shows. The
 * sandbox has no Azure and no Google Cloud: these stand for somebody who ran the page's commands there.
 */

/** `az network nic show` of a private endpoint's network interface. */
export function azureInterfaceOutput(endpointId: string, address: string): string {
  const group = endpointId.replace(/\/providers\/.*$/, '');
  const name = `${endpointId.split('/').at(-1) ?? ''}.nic.00000000-0000-4000-8000-5a4db0c00003`;
  const id = `${group}/providers/Microsoft.Network/networkInterfaces/${name}`;
  const resourceGroup = group.split('/').at(-1);
  const output = {
    auxiliaryMode: 'None',
    auxiliarySku: 'None',
    disableTcpStateTracking: false,
    dnsSettings: { appliedDnsServers: [], dnsServers: [] },
    enableAcceleratedNetworking: false,
    enableIPForwarding: false,
    etag: 'W/"00000000-0000-4000-8000-5a4db0c00004"',
    hostedWorkloads: [],
    id,
    ipConfigurations: [
      {
        etag: 'W/"00000000-0000-4000-8000-5a4db0c00004"',
        id: `${id}/ipConfigurations/privateEndpointIpConfig`,
        name: 'privateEndpointIpConfig',
        primary: true,
        privateIPAddress: address,
        privateIPAddressVersion: 'IPv4',
        privateIPAllocationMethod: 'Dynamic',
        privateLinkConnectionProperties: { fqdns: [], groupId: '', requiredMemberName: '' },
        provisioningState: 'Succeeded',
        resourceGroup,
        subnet: {
          id: `${group}/providers/Microsoft.Network/virtualNetworks/applications/subnets/private`,
          resourceGroup,
        },
        type: 'Microsoft.Network/networkInterfaces/ipConfigurations',
      },
    ],
    location: 'eastus2',
    macAddress: '',
    name,
    nicType: 'Standard',
    privateEndpoint: { id: endpointId, resourceGroup },
    provisioningState: 'Succeeded',
    resourceGroup,
    tapConfigurations: [],
    type: 'Microsoft.Network/networkInterfaces',
    vnetEncryptionSupported: false,
  };
  return JSON.stringify(output, undefined, 2);
}

/** A forwarding rule with the service attachment that it leads to. */
interface Rule {
  readonly name: string;
  readonly address: string;
  readonly attachment: string;
}

/** `gcloud compute forwarding-rules list --format json`, which orders by name as text: `x-10` before `x-2`. */
export function forwardingRulesOutput(project: string, region: string, rules: readonly Rule[]): string {
  const compute = 'https://www.googleapis.com/compute/v1';
  const place = `${compute}/projects/${project}/regions/${region}`;
  const output = rules
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, address, attachment }, index) => ({
      IPAddress: address,
      IPProtocol: 'TCP',
      allowPscGlobalAccess: false,
      creationTimestamp: '2026-01-05T03:04:05.678-08:00',
      fingerprint: 'sandboxFinger=',
      id: String(1_234_567_890_123_456_000 + index),
      kind: 'compute#forwardingRule',
      labelFingerprint: '42WmSpB8rSM=',
      name,
      network: `${compute}/projects/${project}/global/networks/applications`,
      networkTier: 'PREMIUM',
      pscConnectionId: String(98_765_432_109_876 + index),
      pscConnectionStatus: 'PENDING',
      region: place,
      selfLink: `${place}/forwardingRules/${name}`,
      serviceDirectoryRegistrations: [{ namespace: 'goog-psc-default' }],
      target: `${compute}/${attachment}`,
    }));
  return JSON.stringify(output, undefined, 2);
}
