import assert from 'node:assert/strict';
import { toDescribedGroups } from '../../../src/cloud/aws/described';
import { ownTag } from '../../../src/cloud/aws/tags';
import { planSetUpExport } from '../../../src/ui/page/set-up-export';
import { readTemplateStrings } from '../cloud/template-syntax';
import { undocumentedArguments } from '../cloud/terraform-arguments';
import { serviceWith } from '../core/project-facts';
import {
  azureId,
  exported,
  exportedFederation,
  exportedFiles,
  foundInAws,
  gcpEndpoint,
  gcpService,
  hostile,
  inFederation,
  places,
} from './exported-set-ups';
import { pageModel } from './page-model';

const file = (name: keyof typeof exportedFiles): string => exportedFiles[name]?.() ?? assert.fail(name);

/** The file without what is in quotes. */
function bare(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/gu, '""');
}

function namesIn(text: string, pattern: RegExp): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(pattern)].map(([, one = '', other]) => (other === undefined ? one : `${one}.${other}`)),
  );
}

describe('a set-up that exists, as Terraform', () => {
  for (const [name, text] of Object.entries(exportedFiles)) {
    it(`keeps every value in one string, however hostile: ${name}`, () => {
      assert.ok(readTemplateStrings('terraform', text()).length > 5);
    });

    it(`declares what it refers to, and imports what it declares: ${name}`, () => {
      const declared = namesIn(text(), /^resource "(\w+)" "(\w+)"/gmu);
      const referred = namesIn(bare(text()), /\b((?:mongodbatlas|aws|azurerm|google)_\w+)\.(\w+)/gu);
      assert.deepEqual(
        [...referred].filter((one) => !declared.has(one)),
        [],
      );
      const imported = namesIn(text(), /^ {2}to +[=] (\w+)\.(\w+)/gmu);
      assert.deepEqual([...imported].sort(), [...declared].sort());
      const variables = namesIn(text(), /^variable "(\w+)"/gmu);
      assert.deepEqual([...namesIn(bare(text()), /\bvar\.(\w+)/gu)].sort(), [...variables].sort());
      const locals = namesIn(text(), /^ {2}(\w+_rules) [=] /gmu);
      assert.deepEqual([...namesIn(bare(text()), /\blocal\.(\w+)/gu)], [...locals]);
      const aliases = namesIn(text(), /^provider "(\w+)" \{\n {2}alias +[=] "(\w+)"/gmu);
      assert.deepEqual([...namesIn(bare(text()), /^ {2}provider +[=] (\w+)\.(\w+)$/gmu)].sort(), [...aliases].sort());
    });

    it(`would sooner fail than destroy what it takes over, with whatever provider: ${name}`, () => {
      const resources = [...text().matchAll(/^resource "(\w+)" "(\w+)" \{\n(.*?)^\}/gmsu)];
      const unguarded = resources.filter(([, , , body = '']) => !/^ {4}prevent_destroy += true$/mu.test(body));
      assert.ok(resources.length > 0);
      assert.deepEqual(
        unguarded.map(([, type, label]) => `${type ?? ''}.${label ?? ''}`),
        [],
      );
      const required = / {2}required_providers \{\n(.*?)^ {2}\}/msu.exec(text())?.[1] ?? assert.fail();
      assert.equal(required.match(/ source +=/gu)?.length, required.match(/ version += ">= [\d.]+"/gu)?.length);
    });

    it(`writes what the providers document: ${name}`, () => {
      assert.deepEqual(undocumentedArguments(text()), []);
    });
  }

  it('spells the region in the resource as in the import, or Terraform would replace the service', () => {
    for (const region of ['US_EAST_1', 'us-gov-west-1']) {
      const text = exported(serviceWith('AWS', region, 1));
      const imported = /^ {2}id = "[0-9a-f]{24}-.+-AWS-([A-Z0-9_]+)"$/mu.exec(text)?.[1];
      const written = /^ {2}region +[=] "(.+)"$/mu.exec(text)?.[1];
      assert.ok(imported);
      assert.equal(written, imported);
    }
  });

  it('imports interface endpoints that were found and lets Atlas’s registration follow them; not those of others', () => {
    const text = file('AWS, with what is in the account, in two regions');
    assert.match(text, /to = aws_vpc_endpoint\.endpoint_1\n {2}id = "endpoint-0"/u);
    assert.match(text, /endpoint_service_id = aws_vpc_endpoint\.endpoint_1\.id/u);
    assert.match(text, /credentials that are chosen on the page\.\nresource .+ "endpoint_3" \{[^}]*"endpoint-2"/u);
    assert.ok(readTemplateStrings('terraform', text).includes(hostile));
    assert.doesNotMatch(text, /reserved/u, 'AWS keeps tags of its own from everybody');
    const at = [{ region: 'us-east-1', endpoints: [{ ...foundInAws, id: 'vpce-foreign' }], groups: [] }];
    assert.doesNotMatch(exported(serviceWith('AWS', 'US_EAST_1', 1), [], { at }), /aws_vpc_endpoint|provider "aws"/u);
  });

  it('reaches an endpoint in another region by a provider of its own, and names the region of the service', () => {
    const text = file('AWS, with what is in the account, in two regions');
    assert.match(text, /provider "aws" \{\n {2}alias +[=] "eu_west_1"\n {2}region +[=] "eu-west-1"/u);
    assert.match(
      text,
      /"aws_vpc_endpoint" "endpoint_2" \{\n {2}provider +[=] aws\.eu_west_1\n[^}]*service_region +[=] "us-east-1"/u,
    );
    const home = /"aws_vpc_endpoint" "endpoint_1" \{[^}]*\}/u.exec(text)?.[0] ?? '';
    assert.match(home, /service_name/u);
    assert.doesNotMatch(home, /service_region|provider/u);
  });

  it('takes over a group that was made here with its rules, and refers to others by id', () => {
    const text = file('AWS, with what is in the account, in two regions');
    assert.match(text, /security_group_ids +[=] \["sg-0a"\]/u);
    assert.match(text, /security_group_ids +[=] \[aws_security_group\.group_1\.id, "sg-0c"\]/u);
    const ingress = / {2}ingress \{\n(.*?)\n {2}\}/su.exec(text)?.[1] ?? assert.fail();
    assert.deepEqual(
      ingress.split('\n').map((line) => line.trim().replaceAll(/ +/gu, ' ')),
      [
        'protocol = "tcp"',
        'from_port = 1024',
        'to_port = 65535',
        'cidr_blocks = ["10.0.0.0/16"]',
        'ipv6_cidr_blocks = ["fd00::/8"]',
        'security_groups = ["sg-clients"]',
        'self = true',
      ],
    );
    const without = places.map((place) => ({
      ...place,
      groups: place.groups.map((group) => ({ ...group, tags: {} })),
    }));
    const service = { ...serviceWith('AWS', 'US_EAST_1', 2), provider: 'AWS', supportedRemoteRegions: [] } as const;
    assert.doesNotMatch(exported(service, [], { at: without }), /aws_security_group/u);
  });

  it('keeps what is written at the sources of a group: without it Terraform would revoke and authorize them anew', () => {
    const ports = { IpProtocol: 'tcp', FromPort: 1024, ToPort: 65_535 };
    const [described] = toDescribedGroups([
      {
        GroupId: 'sg-0b',
        GroupName: 'ours',
        VpcId: 'vpc-0b',
        Tags: [{ Key: ownTag, Value: 'true' }],
        IpPermissions: [
          {
            ...ports,
            IpRanges: [
              { CidrIp: '10.0.0.0/16', Description: 'team' },
              { CidrIp: '10.1.0.0/16' },
              { CidrIp: '10.2.0.0/16', Description: 'lab' },
            ],
            Ipv6Ranges: [{ CidrIpv6: 'fd00::/8', Description: 'team' }],
            UserIdGroupPairs: [{ GroupId: 'sg-0b', Description: 'lab' }, { GroupId: 'sg-clients' }],
            PrefixListIds: [{ PrefixListId: 'pl-0a', Description: 'lists' }],
          },
        ],
      },
    ]);
    assert.ok(described);
    const at = places.map((place) => (place.region === 'eu-west-1' ? { ...place, groups: [described] } : place));
    const service = { ...serviceWith('AWS', 'US_EAST_1', 2), provider: 'AWS', supportedRemoteRegions: [] } as const;
    const blocks = [...exported(service, [], { at }).matchAll(/ {2}ingress \{\n(.*?)\n {2}\}/gsu)];
    assert.deepEqual(
      blocks.map(([, body = '']) =>
        body
          .split('\n')
          .map((line) => line.trim().replaceAll(/ +/gu, ' '))
          .filter((line) => !/^(?:protocol|from_port|to_port) /u.test(line)),
      ),
      [
        ['description = "team"', 'cidr_blocks = ["10.0.0.0/16"]', 'ipv6_cidr_blocks = ["fd00::/8"]'],
        ['cidr_blocks = ["10.1.0.0/16"]', 'security_groups = ["sg-clients"]'],
        ['description = "lab"', 'cidr_blocks = ["10.2.0.0/16"]', 'self = true'],
        ['description = "lists"', 'prefix_list_ids = ["pl-0a"]'],
      ],
    );
  });

  it('writes both sides of an endpoint in Azure: names from its id, the address from Atlas, the rest as variables', () => {
    const text = file('Azure');
    const strings = readTemplateStrings('terraform', text);
    for (const value of [azureId, '10.0.0.4', 'app(1)', 'atlas-connection', 'westeurope'])
      assert.ok(strings.includes(value));
    assert.ok(strings.some((one) => one.endsWith('/virtualNetworks/v/subnets/n')));
    assert.match(text, /endpoint_service_id +[=] azurerm_private_endpoint\.endpoint_1\.id/u);
    assert.match(text, /is_manual_connection +[=] true/u);
    assert.match(text, /prevent_destroy +[=] true/u);
    // Another spelling of the id would have Terraform replace the registration.
    assert.match(text, /"endpoint_2" \{[^}]*endpoint_service_id +[=] "\/subscriptions\/s\/resourcegroups/u);
    assert.match(text, /private_endpoint_ip_address = azurerm_private_endpoint\.endpoint_2\./u);
    assert.match(text, /under a resource ID of a private endpoint\.\nresource .+ "endpoint_3"/u);
  });

  /** What the variables of a kind have as default, by the label of their endpoint. */
  const defaultsOf = (text: string, kind: string): Readonly<Record<string, string | undefined>> => {
    const blocks = text.matchAll(new RegExp(`^variable "(\\w+)_${kind}" \\{\\n(.*?)^\\}`, 'gmsu'));
    const defaultOf = (body: string): string | undefined => /^ {2}default +[=] "(.*)"$/mu.exec(body)?.[1];
    return Object.fromEntries([...blocks].map(([, label = '', body = '']) => [label, defaultOf(body)]));
  };

  const group = azureId.slice(0, azureId.lastIndexOf('/') + 1);
  const azureDraft = {
    azureSubscription: '00000000-0000-4000-8000-000000000001',
    azureResourceGroup: 'app(1)',
    azureVirtualNetwork: 'net',
    azureSubnet: 'sub',
    azureLocation: 'westeurope',
  };
  const azureService = (...names: readonly string[]) => ({
    ...serviceWith('AZURE', 'US_EAST_2', 0),
    endpointIds: names.map((name) => `${group}${name}`),
  });
  const subnet = `${group.slice(0, group.indexOf('/privateEndpoints'))}/virtualNetworks/net/subnets/sub`;

  it('gives the subnet and location that were entered to the endpoint in Azure that they were entered for only', () => {
    const draft = { ...azureDraft, azureEndpointName: 'TWO' };
    const text = exported(azureService('one', 'two', 'three'), [], { draft });
    assert.deepEqual(defaultsOf(text, 'subnet_id'), {
      endpoint_1: undefined,
      endpoint_2: subnet,
      endpoint_3: undefined,
    });
    assert.deepEqual(defaultsOf(text, 'location'), {
      endpoint_1: 'eastus2',
      endpoint_2: 'westeurope',
      endpoint_3: 'eastus2',
    });
    const other = exported(azureService('one', 'two'), [], { draft: { ...draft, azureEndpointName: 'new' } });
    assert.deepEqual(defaultsOf(other, 'subnet_id'), { endpoint_1: undefined, endpoint_2: undefined });
    const federated = ['one', 'two'].map((name) => ({
      ...inFederation,
      id: `${group}${name}`,
      provider: 'AZURE' as const,
    }));
    const text2 = exportedFederation(federated, [], { ...draft, federationProvider: 'AZURE' });
    assert.deepEqual(defaultsOf(text2, 'subnet_id'), { endpoint_1: undefined, endpoint_2: subnet });
  });

  it('takes each endpoint in Azure to be where its service is, where no location was entered', () => {
    const federated = (['EUROPE_WEST', 'BRAZIL_SOUTH'] as const).map((region, index) => ({
      ...inFederation,
      id: `${group}${String(index)}`,
      provider: 'AZURE' as const,
      region,
    }));
    for (const azureEndpointName of ['0', '1']) {
      const draft = { ...azureDraft, azureLocation: '', azureEndpointName, federationProvider: 'AZURE' };
      assert.deepEqual(defaultsOf(exportedFederation(federated, [], draft), 'location'), {
        endpoint_1: 'westeurope',
        endpoint_2: 'brazilsouth',
      });
    }
  });

  it('takes what was entered for that of the only endpoint, where the name is forgotten, until another is added', () => {
    const only = azureService('only');
    assert.deepEqual(defaultsOf(exported(only, [], { draft: azureDraft }), 'subnet_id'), { endpoint_1: subnet });
    const nobody = { endpoint_1: undefined };
    const adding = { ...azureDraft, adding: true };
    assert.deepEqual(defaultsOf(exported(only, [], { draft: adding }), 'subnet_id'), nobody);
    const elsewhere = { ...azureDraft, azureResourceGroup: 'app' };
    assert.deepEqual(defaultsOf(exported(only, [], { draft: elsewhere }), 'subnet_id'), nobody);
  });

  it('gives the network that was entered to the endpoint in Google Cloud that it was entered for only', () => {
    const two = { ...gcpService(true), endpointIds: ['endpoint-0', 'endpoint-1'] };
    const known = ['endpoint-0', 'endpoint-1'].map((id) => ({ ...gcpEndpoint(true), id }));
    const draft = { gcpProject: 'my-project', gcpNetwork: 'net', gcpGroupName: 'endpoint-1' };
    const network = 'projects/my-project/global/networks/net';
    const text = exported(two, known, { draft });
    assert.deepEqual(defaultsOf(text, 'network'), { endpoint_1: undefined, endpoint_2: network });
    const foreign = exported(two, known, { draft: { ...draft, gcpProject: 'other-project' } });
    assert.deepEqual(defaultsOf(foreign, 'network'), { endpoint_1: undefined, endpoint_2: undefined });
  });

  it('leaves an endpoint in Azure as it is in all that is not known of it: its DNS zone group, interface and addresses', () => {
    const text = file('Azure');
    const blocks = [...text.matchAll(/^resource "azurerm_private_endpoint" .*?^\}/gmsu)].map(([block]) => block);
    assert.ok(blocks.length > 0);
    for (const block of blocks) {
      const [, list = ''] = /^ {4}ignore_changes = \[\n(.*?)\n {4}\]/msu.exec(block) ?? [];
      assert.deepEqual(
        list
          .split(',')
          .map((name) => name.trim())
          .filter(Boolean),
        [
          'tags',
          'private_service_connection[0].request_message',
          'private_dns_zone_group',
          'custom_network_interface_name',
          'ip_configuration',
        ],
      );
    }
  });

  it('asks Atlas for Government, and the cloud of the US Government in Azure, where the account is there', () => {
    const government = 'provider "mongodbatlas" {\n  is_mongodbgov_cloud = true\n}';
    const text = file('Azure, of the US Government');
    assert.ok(text.includes(government), text);
    assert.match(text, /^provider "azurerm" \{\n.+\n {2}environment +[=] "usgovernment"$/mu);
    for (const [baseUrl, isThere] of [
      ['https://cloud.mongodbgov.com', true],
      ['https://cloud.mongodbgov.com/api/atlas/v2/', true],
      ['https://cloud.mongodb.com', false],
      ['https://cloud.mongodbgov.com.example.com', false],
      ['', false],
    ] as const) {
      const onAws = exported(serviceWith('AWS', 'US_GOV_WEST_1', 1), [], { baseUrl });
      assert.equal(onAws.includes(government), isThere, baseUrl);
    }
    assert.doesNotMatch(file('Azure'), /usgovernment|mongodbgov/u);
  });

  it('writes the forwarding rules of Google Cloud in either form, each to its attachment', () => {
    const many = file('Google Cloud, many addresses');
    const entries = [...many.matchAll(/^ {4}"endpoint-0-(\d+)" = \{\n.+\n +target +[=] ".+\/sa-(\d+)"/gmu)];
    assert.equal(entries.length, 50);
    assert.deepEqual(
      entries.filter(([, name, target]) => name !== target),
      [],
    );
    assert.equal(many.match(/^ {2}endpoints \{/gmu)?.length, 50);
    const one = file('Google Cloud, port-mapped');
    assert.match(one, /port_mapping_enabled += true/u);
    assert.match(one, /private_endpoint_ip_address = "10\.0\.0\.5"/u);
    assert.doesNotMatch(one, /^ {2}endpoints \{/gmu);
    assert.match(one, /default +[=] "projects\/host\/regions\/us-central1\/subnetworks\/sub"/u);
    const unnumbered = { ...gcpEndpoint(true), addresses: [{ name: 'rule-7', ipAddress: '10.0.0.9' }] };
    assert.match(exported(gcpService(true), [unnumbered]), /target +[=] ".+\/sa-0"/u);
  });

  it('exports endpoints of Data Federation, and regionalized mode where it is on', () => {
    const text = file('Data Federation');
    assert.match(text, /customer_endpoint_dns_name = "a\.b"/u);
    assert.match(text, /customer_endpoint_ip_address = "10\.0\.0\.4"/u);
    assert.match(text, /private_connection_resource_id = var\.atlas_private_link_service_id/u);
    assert.match(
      file('AWS, with what is in the account, in two regions'),
      /regional_mode" "this" \{\n.+\n {2}enabled +[=] true/u,
    );
    assert.doesNotMatch(file('Azure'), /regional_mode/u);
  });

  it('leaves the address of an endpoint of Data Federation out where Atlas has none: to add it is to replace it', () => {
    const text = exportedFederation([{ ...inFederation, id: azureId, provider: 'AZURE' }]);
    assert.match(text, /"azurerm_private_endpoint"/u);
    assert.doesNotMatch(text, /customer_endpoint_ip_address/u);
  });

  it('is nothing before there is a service, and for serverless instances', () => {
    const subject = { kind: 'service', provider: 'AWS', region: 'US_EAST_1', known: [] } as const;
    assert.equal(planSetUpExport(pageModel({}, subject), undefined), undefined);
    const serverless = { kind: 'serverless', endpoints: { value: [], loading: false } } as const;
    assert.equal(planSetUpExport(pageModel({}, serverless), undefined), undefined);
  });
});
