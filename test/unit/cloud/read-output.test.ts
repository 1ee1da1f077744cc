import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkRegistration } from '../../../src/cloud/check-registration';
import { planEndpoint } from '../../../src/cloud/plan-endpoint';
import { readAddressList } from '../../../src/cloud/gcp/read-output';
import type { OutputExpectation } from '../../../src/cloud/read-output';
import { readCloudOutput } from '../../../src/cloud/read-output';
import type { EndpointRegistration } from '../../../src/core/endpoint';
import { describeProblem } from '../../../src/messages/problem-text';
import { assertGrowsWithLength } from '../growth';
import { awsChoices, awsNewGroup } from './choices';

function read(output: unknown, expectation: OutputExpectation): EndpointRegistration {
  const result = readCloudOutput(typeof output === 'string' ? output : JSON.stringify(output, null, 4), expectation);
  if (!result.ok) assert.fail(JSON.stringify(result.problem));
  return result.value;
}

/** Code, and fault or what else it turns on, of the complaint about an output. */
function complaint(output: unknown, expectation: OutputExpectation): string {
  const result = readCloudOutput(typeof output === 'string' ? output : JSON.stringify(output), expectation);
  assert.ok(!result.ok, JSON.stringify(result));
  const { title, fixes } = describeProblem(result.problem);
  assert.ok(title.length > 10 && fixes.length > 0);
  const { fault, form, state, expected } = result.problem.parameters;
  return `${result.problem.code} ${fault ?? form ?? state ?? expected ?? ''}`;
}

/** What `terraform output -json` prints of a folder. */
function outputs(values: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { sensitive: false, type: ['object', {}], value }]),
  );
}

const ofAzure = {
  endpoint_id: '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateEndpoints/other',
  ip_address: '10.0.0.9',
  service_id: '/other',
};

describe('what the AWS CLI printed', () => {
  const expectation = {
    provider: 'AWS',
    registeredIds: [],
    serviceName: 'com.amazonaws.vpce.us-east-1.vpce-svc-02863655456245e5c',
  } as const;
  const endpoint = {
    VpcEndpointId: 'vpce-024f5b57108c8d3ed',
    VpcEndpointType: 'Interface',
    VpcId: 'vpc-0123456789abcdef0',
    ServiceName: expectation.serviceName,
    State: 'pending',
    SubnetIds: ['subnet-0123456789abcdef0'],
    DnsEntries: [{ DnsName: 'x"{y' }],
  };
  const registration = { provider: 'AWS', id: endpoint.VpcEndpointId };

  it('is read whole, with whatever was copied around it', () => {
    assert.deepEqual(read({ VpcEndpoint: endpoint, ClientToken: 'x' }, expectation), registration);
    assert.deepEqual(read({ VpcEndpoints: [endpoint] }, expectation), registration);
    assert.deepEqual(read([endpoint], expectation), registration);
    const terminal = `me@host:~[1]$ aws ec2 create-vpc-endpoint {x}\r\n${JSON.stringify({ VpcEndpoint: endpoint })}\r\nme@host:~$ `;
    assert.deepEqual(read(terminal, expectation), registration);
    assert.deepEqual(read('  vpce-024f5b57108c8d3ed\n', expectation), registration);
  });

  it('is read from CloudFormation and Terraform', () => {
    const stack = { Stacks: [{ Outputs: [{ OutputKey: 'EndpointId', OutputValue: endpoint.VpcEndpointId }] }] };
    assert.deepEqual(read(stack, expectation), registration);
    const value = { endpoint_id: endpoint.VpcEndpointId, service_name: expectation.serviceName };
    assert.deepEqual(read(value, expectation), registration);
    const other = { endpoint_id: 'vpce-11111111', service_name: 'com.amazonaws.vpce.eu-west-1.vpce-svc-02863655' };
    const folder = outputs({ atlas_1: other, atlas_2: value, atlas_3: ofAzure, ports: [1, 2], secret: 'x' });
    assert.deepEqual(read(folder, expectation), registration, 'of all outputs of the folder');
    assert.match(complaint(other, expectation), /^CLOUD_OUTPUT_OTHER_SERVICE/u);
    assert.equal(complaint({ ...value, state: 'rejected' }, expectation), 'CLOUD_OUTPUT_STATE rejected');
    assert.equal(complaint(outputs({ ofAzure }), expectation), 'CLOUD_OUTPUT_UNREADABLE no-endpoint');
  });

  it('leaves out the endpoints that Atlas knows, and is refused when it tells no other', () => {
    const before = { ...endpoint, VpcEndpointId: 'vpce-11111111', State: 'available' };
    const further = { ...expectation, registeredIds: [before.VpcEndpointId] };
    assert.deepEqual(read({ VpcEndpoints: [before, endpoint] }, further), registration);
    assert.equal(complaint({ VpcEndpoints: [before] }, further), 'CLOUD_ENDPOINT_REGISTERED ');
    assert.equal(complaint(before.VpcEndpointId, further), 'CLOUD_ENDPOINT_REGISTERED ');
    const failed = { ...endpoint, State: 'failed' };
    assert.equal(complaint({ VpcEndpoints: [before, failed] }, further), 'CLOUD_OUTPUT_STATE failed');
    const made = outputs({ one: { endpoint_id: before.VpcEndpointId }, two: { endpoint_id: endpoint.VpcEndpointId } });
    assert.deepEqual(read(made, further), registration);
  });

  it('may list others: the one that leads to the service and lives counts', () => {
    const others = [
      { ...endpoint, VpcEndpointId: 'vpce-11111111', ServiceName: 'com.amazonaws.us-east-1.s3' },
      { ...endpoint, VpcEndpointId: 'vpce-22222222', State: 'deleted' },
    ];
    assert.deepEqual(read({ VpcEndpoints: [...others, endpoint] }, expectation), registration);
    assert.deepEqual(
      complaint({ VpcEndpoints: [others[0]] }, expectation),
      `CLOUD_OUTPUT_OTHER_SERVICE ${expectation.serviceName}`,
    );
    assert.deepEqual(complaint({ VpcEndpoints: [others[1]] }, expectation), 'CLOUD_OUTPUT_STATE deleted');
    assert.equal(
      complaint({ VpcEndpoints: [endpoint, { ...endpoint, VpcEndpointId: 'vpce-33333333' }] }, expectation),
      'CLOUD_OUTPUT_UNREADABLE several-endpoints',
    );
  });

  it('is found behind the commands that were copied too, however many brackets they have', () => {
    const tags = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, `v${index}`]));
    const plans = planEndpoint({ ...awsChoices, securityGroup: awsNewGroup, tags });
    assert.ok(plans.ok);
    const output = JSON.stringify({ VpcEndpoint: endpoint }, undefined, 4);
    for (const { tool, shells } of plans.value) {
      for (const commands of Object.values(shells)) {
        const prompt = commands.replaceAll(/^/gmu, '[user@host ~]$ ');
        assert.deepEqual(read(`${prompt}\n${output}`, expectation), registration, tool);
      }
    }
  });

  it('is refused when it tells no usable endpoint', () => {
    assert.equal(
      complaint('An error occurred (UnauthorizedOperation)', expectation),
      'CLOUD_OUTPUT_UNREADABLE not-json',
    );
    assert.equal(
      complaint(JSON.stringify({ VpcEndpoint: endpoint }).slice(0, -20), expectation),
      'CLOUD_OUTPUT_UNREADABLE no-endpoint',
    );
    assert.equal(complaint({ VpcEndpoints: [] }, expectation), 'CLOUD_OUTPUT_UNREADABLE no-endpoint');
    assert.equal(
      complaint({ VpcEndpoint: { ...endpoint, SubnetIds: [] } }, expectation),
      'CLOUD_OUTPUT_UNREADABLE no-subnet',
    );
    assert.equal(
      complaint({ VpcEndpoint: { ...endpoint, VpcEndpointId: 'vpce-XYZ' } }, expectation),
      'CLOUD_INPUT_INVALID aws-endpoint-id',
    );
    assert.equal(complaint('x'.repeat(500_001), expectation), 'CLOUD_OUTPUT_UNREADABLE too-large');
  });

  it('is given up soon when it is nothing but brackets', () => {
    for (const filler of ['[', '{"a":', '[}', '[]', '{"']) {
      assertGrowsWithLength(
        filler,
        490_000 / filler.length,
        (size) => void complaint(filler.repeat(size), expectation),
      );
    }
  });
});

describe('what the Azure CLI printed', () => {
  const serviceId =
    '/subscriptions/00000000-0000-4000-8000-000000000002/resourceGroups/rg/providers/Microsoft.Network/privateLinkServices/pls_1';
  const expectation = { provider: 'AZURE', registeredIds: [], privateLinkServiceResourceId: serviceId } as const;
  const id =
    '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/app/providers/Microsoft.Network/privateEndpoints/atlas';
  const connection = {
    privateLinkServiceId: serviceId.toUpperCase(),
    privateLinkServiceConnectionState: { status: 'Pending' },
  };
  const endpoint = {
    id,
    name: 'atlas',
    type: 'Microsoft.Network/privateEndpoints',
    customDnsConfigs: [],
    ipConfigurations: [],
    manualPrivateLinkServiceConnections: [connection],
    networkInterfaces: [{ id: '/nic' }],
  };
  const nic = { id: '/nic', ipConfigurations: [{ privateIPAddress: '10.0.0.4', name: 'x' }], privateEndpoint: { id } };
  const registration = { provider: 'AZURE', id, ipAddress: '10.0.0.4' };

  it('is read from the network interface, or from endpoint and interface together', () => {
    assert.deepEqual(read(nic, expectation), registration);
    assert.deepEqual(read({ ...nic, ipConfigurations: [{ privateIpAddress: '10.0.0.4' }] }, expectation), registration);
    assert.deepEqual(read(`${JSON.stringify(endpoint)}\n${JSON.stringify(nic)}`, expectation), registration);
    assert.deepEqual(read([nic], expectation), registration);
  });

  it('is read from Terraform', () => {
    const value = { endpoint_id: id, ip_address: '10.0.0.4', service_id: serviceId };
    assert.deepEqual(read(value, expectation), registration);
    const ofAws = { endpoint_id: 'vpce-024f5b57108c8d3ed', service_name: 'com.amazonaws.vpce.us-east-1.vpce-svc-1' };
    assert.deepEqual(read(outputs({ ofAws, ofAzure, value }), expectation), registration);
    assert.match(complaint(ofAzure, expectation), /^CLOUD_OUTPUT_OTHER_SERVICE/u);
    assert.equal(complaint(ofAws, expectation), 'CLOUD_OUTPUT_UNREADABLE no-endpoint');
  });

  it('leaves out the endpoints that Atlas knows, in any case, and is refused when it tells no other', () => {
    const before = { ...nic, privateEndpoint: { id: `${id}-1` } };
    const further = { ...expectation, registeredIds: [`${id}-1`.toUpperCase()] };
    assert.deepEqual(read([before, nic], further), registration);
    assert.equal(complaint(before, further), 'CLOUD_ENDPOINT_REGISTERED ');
    const made = outputs({
      one: { endpoint_id: `${id}-1`, ip_address: '10.0.0.3' },
      two: { endpoint_id: id, ip_address: '10.0.0.4' },
    });
    assert.deepEqual(read(made, further), registration);
  });

  it('is refused when something is missing or wrong', () => {
    assert.equal(complaint(endpoint, expectation), 'CLOUD_OUTPUT_UNREADABLE no-address');
    assert.equal(complaint({ ...nic, privateEndpoint: null }, expectation), 'CLOUD_OUTPUT_UNREADABLE no-endpoint');
    assert.equal(
      complaint({ ...nic, ipConfigurations: [{ privateIPAddress: '169.254.0.1' }] }, expectation),
      'CLOUD_INPUT_INVALID private-address',
    );
    const elsewhere = { ...endpoint, manualPrivateLinkServiceConnections: [{ privateLinkServiceId: '/other' }] };
    assert.equal(complaint([elsewhere, nic], expectation), `CLOUD_OUTPUT_OTHER_SERVICE ${serviceId}`);
    const rejected = { ...connection, privateLinkServiceConnectionState: { status: 'Rejected' } };
    assert.equal(
      complaint([{ ...endpoint, manualPrivateLinkServiceConnections: [rejected] }, nic], expectation),
      'CLOUD_OUTPUT_STATE Rejected',
    );
    const second = { ...nic, privateEndpoint: { id: `${id}2` } };
    assert.equal(complaint([nic, second], expectation), 'CLOUD_OUTPUT_UNREADABLE several-endpoints');
    assert.equal(
      complaint({ ...nic, privateEndpoint: { id: '/x/privateEndpoints/$(id)' } }, expectation),
      'CLOUD_INPUT_INVALID azure-endpoint-id',
    );
  });
});

describe('what gcloud printed', () => {
  const attachments = Array.from(
    { length: 12 },
    (_, index) => `projects/p-x/regions/us-central1/serviceAttachments/sa-${index}`,
  );
  const many = { provider: 'GCP', registeredIds: [], serviceAttachments: attachments, portMapped: false } as const;
  const one = { ...many, serviceAttachments: attachments.slice(0, 1), portMapped: true } as const;
  const rule = (name: string, index: number): object => ({
    name,
    IPAddress: `10.0.1.${index}`,
    target: `https://www.googleapis.com/compute/v1/${attachments[index]}`,
    selfLink: `https://www.googleapis.com/compute/v1/projects/my-project/regions/us-central1/forwardingRules/${name}`,
    pscConnectionStatus: 'PENDING',
  });
  const rules = attachments.map((_, index) => rule(`atlas-${index}`, index));
  const addresses = attachments.map((_, index) => ({ name: `atlas-${index}`, ipAddress: `10.0.1.${index}` }));

  it('is read in the order of the service attachments', () => {
    const registration = { provider: 'GCP', endpointGroupName: 'atlas', gcpProjectId: 'my-project', addresses };
    assert.deepEqual(read(rules.toReversed(), many), registration);
    const others = [{ ...rule('other-1', 1), target: '/projects/other/serviceAttachments/sa-1' }];
    assert.deepEqual(read([...others, ...rules], many), registration);
  });

  it("is read from the short list of Atlas's own script, with project and group as entered", () => {
    const short = addresses.map(({ name, ipAddress }) => ({ IPAddress: ipAddress, name })).toSorted(() => 1);
    assert.deepEqual(
      read([...short, { IPAddress: '10.0.9.9', name: 'web' }], {
        ...many,
        gcpProjectId: 'my-project',
        groupName: 'atlas',
      }),
      {
        provider: 'GCP',
        endpointGroupName: 'atlas',
        gcpProjectId: 'my-project',
        addresses,
      },
    );
    assert.equal(complaint(short, many), 'CLOUD_OUTPUT_UNREADABLE no-project');
  });

  it('is read in the port-mapped form, where the rule names the group', () => {
    assert.deepEqual(read(rule('atlas', 0), one), {
      provider: 'GCP',
      endpointGroupName: 'atlas',
      gcpProjectId: 'my-project',
      addresses: [{ name: 'atlas', ipAddress: '10.0.1.0' }],
    });
  });

  it('is that of the group that was chosen, where others lead to the same service', () => {
    const other = { ...rule('other', 0), IPAddress: '10.1.0.2', pscConnectionStatus: 'CLOSED' };
    const atlas = {
      provider: 'GCP',
      endpointGroupName: 'atlas',
      gcpProjectId: 'my-project',
      addresses: [{ name: 'atlas', ipAddress: '10.0.1.0' }],
    };
    assert.deepEqual(read([other, rule('atlas', 0)], { ...one, groupName: 'atlas' }), atlas);
    const others = attachments.map((_, index) => ({ ...rule(`other-${index}`, index), IPAddress: `10.1.0.${index}` }));
    assert.deepEqual(read([...others, ...rules], { ...many, groupName: 'atlas' }), { ...atlas, addresses });
    // A rule that was made with another name than was chosen names its own group.
    const renamed = { ...atlas, endpointGroupName: 'mine', addresses: [{ name: 'mine', ipAddress: '10.0.1.0' }] };
    assert.deepEqual(read(rule('mine', 0), { ...one, groupName: 'atlas' }), renamed);
    assert.deepEqual(read(rules, { ...many, groupName: 'chosen' }), { ...atlas, addresses });
  });

  it('is refused when it is of several groups and none of them was chosen', () => {
    const other = { ...rule('other', 0), IPAddress: '10.1.0.2' };
    assert.equal(complaint([rule('atlas', 0), other], one), 'CLOUD_OUTPUT_UNREADABLE several-endpoints');
    assert.equal(
      complaint([rule('atlas', 0), other], { ...one, groupName: 'mine' }),
      'CLOUD_OUTPUT_UNREADABLE several-endpoints',
    );
    const others = attachments.map((_, index) => ({ ...rule(`other-${index}`, index), IPAddress: `10.1.0.${index}` }));
    assert.equal(complaint([...others, ...rules], many), 'CLOUD_OUTPUT_UNREADABLE several-endpoints');
    const short = [...addresses, { name: 'web', ipAddress: '10.9.0.1' }].map(({ name, ipAddress }) => ({
      IPAddress: ipAddress,
      name,
    }));
    assert.equal(
      complaint(short, { ...many, gcpProjectId: 'my-project' }),
      'CLOUD_OUTPUT_UNREADABLE several-endpoints',
    );
  });

  it('may have any names, one for each service attachment', () => {
    const words = attachments.map((_, index) => `rule-${'abcdefghijkl'.charAt(index)}`);
    const named = words.map((name, index) => rule(name, index));
    const made = read(named, { ...many, groupName: 'atlas' });
    assert.ok(made.provider === 'GCP');
    assert.deepEqual(
      made.addresses.map(({ name }) => name),
      words,
    );
    assert.equal(made.endpointGroupName, 'atlas');
  });

  it('is read from Terraform', () => {
    const made = (group: string, net: number) => ({
      endpoint_group_name: group,
      project_id: 'my-project',
      endpoints: attachments
        .map((target, index) => ({ name: `${group}-${index}`, ip_address: `10.0.${net}.${index}`, target }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    });
    const registration = { provider: 'GCP', endpointGroupName: 'atlas', gcpProjectId: 'my-project', addresses };
    assert.deepEqual(read(made('atlas', 1), many), registration);
    const folder = outputs({ first: made('before', 2), second: made('atlas', 1) });
    assert.deepEqual(read(folder, { ...many, groupName: 'atlas' }), registration);
    assert.deepEqual(read(folder, { ...many, registeredIds: ['before'] }), registration);
    assert.equal(complaint(folder, many), 'CLOUD_OUTPUT_UNREADABLE several-endpoints');
    assert.equal(complaint(made('atlas', 1), { ...many, registeredIds: ['atlas'] }), 'CLOUD_ENDPOINT_REGISTERED ');
    // Whatever the rules are called.
    const renamed = { ...made('rule', 1), endpoint_group_name: 'before' };
    assert.equal(complaint(renamed, { ...many, registeredIds: ['before'] }), 'CLOUD_ENDPOINT_REGISTERED ');
    const elsewhere = { ...made('atlas', 1), endpoints: [{ name: 'atlas', ip_address: '10.0.1.0', target: 'x/y' }] };
    assert.match(complaint(elsewhere, many), /^CLOUD_OUTPUT_OTHER_SERVICE/u);
  });

  it('leaves out the groups that Atlas knows, and is refused when it tells no other', () => {
    const atlas = {
      provider: 'GCP',
      endpointGroupName: 'atlas-2',
      gcpProjectId: 'my-project',
      addresses: [{ name: 'atlas-2', ipAddress: '10.0.1.0' }],
    };
    const before = { ...rule('atlas', 0), IPAddress: '10.1.0.2' };
    const further = { ...one, registeredIds: ['atlas'] };
    assert.deepEqual(read([before, rule('atlas-2', 0)], further), atlas);
    // What gcloud says of a rule that was there, with the name that was chosen.
    assert.equal(complaint([before], { ...further, groupName: 'atlas' }), 'CLOUD_ENDPOINT_REGISTERED ');
    const second = attachments.map((_, index) => `atlas-2-${index}`);
    const both = [...rules, ...second.map((name, index) => ({ ...rule(name, index), IPAddress: `10.1.0.${index}` }))];
    assert.deepEqual(read(both, { ...many, registeredIds: ['atlas'] }), {
      ...atlas,
      addresses: second.map((name, index) => ({ name, ipAddress: `10.1.0.${index}` })),
    });
  });

  it('is refused when rules are missing, doubled, elsewhere or refused', () => {
    assert.equal(complaint(rules.slice(1), many), 'CLOUD_INPUT_INVALID gcp-addresses-all');
    assert.equal(complaint([...rules.slice(1), rules[1]], many), 'CLOUD_INPUT_INVALID gcp-addresses-twice');
    assert.equal(
      complaint([{ ...rule('x', 0), target: 'projects/y' }], one),
      `CLOUD_OUTPUT_OTHER_SERVICE ${attachments[0]}`,
    );
    assert.equal(complaint([{ ...rule('x', 0), pscConnectionStatus: 'REJECTED' }], one), 'CLOUD_OUTPUT_STATE REJECTED');
    assert.equal(complaint([{ ...rule('x', 0), IPAddress: '127.0.0.1' }], one), 'CLOUD_INPUT_INVALID private-address');
    assert.equal(complaint([], many), 'CLOUD_OUTPUT_UNREADABLE no-endpoint');
  });

  it('may be typed as name@address', () => {
    const list = readAddressList(' atlas-0@10.0.1.0,atlas-1@10.0.1.1\natlas-2@10.0.1.2 ');
    assert.deepEqual(list.ok && list.value, addresses.slice(0, 3));
    for (const text of ['', 'atlas-0', '@10.0.0.1', 'atlas-0@']) assert.ok(!readAddressList(text).ok, text);
  });
});

describe('typed values', () => {
  const aws = { provider: 'AWS', registeredIds: [] } as const;
  const azure = { provider: 'AZURE', registeredIds: [] } as const;
  const fields = (
    registration: EndpointRegistration,
    expectation: OutputExpectation,
  ): readonly (string | undefined)[] =>
    checkRegistration(registration, expectation).map(({ parameters }) => parameters.field);

  it('are checked on the spot', () => {
    assert.deepEqual(fields({ provider: 'AWS', id: 'vpce-024f5b57108c8d3ed' }, aws), []);
    assert.deepEqual(fields({ provider: 'AWS', id: 'vpce-12345678' }, aws), []);
    for (const id of ['', 'vpce-', 'vpce-1234567', 'vpce-024F5B57108C8D3ED', 'vpce-svc-024f5b57108c8d3ed']) {
      assert.deepEqual(fields({ provider: 'AWS', id }, aws), ['endpointId'], id);
    }
    const azureId =
      '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/app/providers/Microsoft.Network/privateEndpoints/atlas';
    assert.deepEqual(fields({ provider: 'AZURE', id: azureId, ipAddress: '172.16.0.4' }, azure), []);
    for (const ipAddress of ['8.8.8.8', '10.0.0', '010.0.0.1', '::1', '']) {
      assert.deepEqual(fields({ provider: 'AZURE', id: azureId, ipAddress }, azure), ['ipAddress'], ipAddress);
    }
    assert.deepEqual(fields({ provider: 'AZURE', id: `${azureId}/x`, ipAddress: '10.0.0.4' }, azure), ['endpointId']);
    const gcp = {
      provider: 'GCP',
      endpointGroupName: 'atlas',
      gcpProjectId: 'example.com:my-project',
      addresses: [{ name: 'atlas', ipAddress: '10.0.0.4' }],
    } as const;
    const expectation = {
      provider: 'GCP',
      registeredIds: [],
      serviceAttachments: ['projects/a/regions/b/serviceAttachments/c'],
      portMapped: true,
    } as const;
    assert.deepEqual(fields(gcp, expectation), []);
    assert.deepEqual(fields({ ...gcp, gcpProjectId: 'My Project' }, expectation), ['gcpProjectId']);
    assert.deepEqual(fields({ ...gcp, endpointGroupName: 'Atlas' }, expectation), ['endpointGroupName']);
    assert.deepEqual(fields({ ...gcp, addresses: [{ name: 'atlas', ipAddress: '1.1.1.1' }] }, expectation), [
      'addresses',
    ]);
    assert.deepEqual(fields({ ...gcp, addresses: [] }, expectation), ['addresses']);
  });

  it('and pasted ones never do worse than a complaint', () => {
    const expectations: readonly OutputExpectation[] = [
      aws,
      azure,
      {
        provider: 'GCP',
        registeredIds: [],
        serviceAttachments: ['projects/a/regions/b/serviceAttachments/c'],
        portMapped: false,
      },
    ];
    const keys = fc.constantFrom(
      'VpcEndpoint',
      'VpcEndpoints',
      'VpcEndpointId',
      'Stacks',
      'Outputs',
      'id',
      'privateEndpoint',
      'ipConfigurations',
      'name',
      'IPAddress',
      'endpoints',
      'type',
      'value',
      'target',
      '__proto__',
    );
    const { node } = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(null, 1, true, 'vpce-12345678', '10.0.0.1', ''),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.string(),
          node.map((value) => JSON.stringify(value)),
        ),
        fc.constantFrom(...expectations),
        (text, expectation) => {
          const result = readCloudOutput(text, expectation);
          if (!result.ok) assert.ok(describeProblem(result.problem).title);
        },
      ),
      { numRuns: 500 },
    );
  });
});
