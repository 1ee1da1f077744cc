import { t } from '@vscode/l10n';
import type { FieldGroup, FieldId, FieldOption } from '../../../../webview/protocol';
import { isSandbox } from '../../../accounts/account';
import { checkChoices } from '../../../cloud/check-choices';
import type { AwsProfile, AwsSecurityGroup, AwsSubnet, AwsVpc } from '../../../core/cloud';
import { federationProviders, federationRegions } from '../../../core/data-federation';
import type { Problem } from '../../../core/problem';
import { providerNames } from '../../../core/provider';
import { regionLabel, toCloudRegion } from '../../../core/region';
import { flagIn, listIn, textIn } from '../../../setup/draft';
import {
  azureEndpointName,
  azureLocation,
  choicesOf,
  cloudRegionOf,
  fieldOfCloud,
  gcpGroupName,
  groupNameOf,
  profileValue,
  securityGroupMode,
  sourcesText,
  tagsText,
  usualChain,
} from '../choices';
import { targetOf, type CloudTarget } from '../cloud-target';
import type { PageModel } from '../model';
import { coverage } from './coverage';
import { createFields, loadingOf, type Fields } from './fields';
import { fieldProblem } from './views';

/** What there is to choose on the customer's side of the cloud. */
export function cloudFields(model: PageModel): readonly FieldGroup[] {
  const target = targetOf(model.subject, model.draft);
  const fields = createFields(model, complaints(model, target));
  const place = federationFields(model);
  switch (target.provider) {
    case 'AWS':
      return [...place, ...awsFields(model, target, fields)];
    case 'AZURE':
      return [
        ...place,
        ...(place.length === 0 ? [] : [azureService(model, fields)]),
        ...azureFields(model, target, fields),
      ];
    case 'GCP':
      return [...place, ...gcpFields(model, target, fields)];
  }
}

/** Which of Atlas's endpoint services for Data Federation and Online Archive: there is one in each region. */
export function federationFields(model: PageModel): readonly FieldGroup[] {
  if (model.subject.kind !== 'federation') return [];
  const target = targetOf(model.subject, model.draft);
  const fields = createFields(model, complaints(model, target));
  const provider = target.provider === 'AZURE' ? 'AZURE' : 'AWS';
  const place: FieldGroup = {
    id: 'federation-place',
    legend: t('Where'),
    hint: t('Federated databases and archives of a cloud provider are reached through its endpoints.'),
    fields: [
      fields.radio(
        'federationProvider',
        t('Cloud provider'),
        provider,
        federationProviders.map((one) => ({
          value: one,
          label: providerNames[one].cloud,
          description: providerNames[one].feature,
        })),
      ),
      fields.select(
        'federationRegion',
        t('Region'),
        target.region,
        Object.values(federationRegions[provider]).map((region) => ({
          value: region,
          label: regionLabel(provider, region),
        })),
      ),
    ],
  };
  return [place];
}

/** What is wrong with the choices so far, by field of the page. */
export function complaints(model: PageModel, target: CloudTarget): ReadonlyMap<FieldId, Problem> {
  const { aws, draft } = model;
  const choices = choicesOf(target, draft, { vpcs: aws?.vpcs?.value ?? [], subnets: aws?.subnets?.value ?? [] });
  const found = new Map<FieldId, Problem>();
  for (const problem of checkChoices(choices)) {
    const field = choiceField(problem, securityGroupMode(draft));
    if (field !== undefined && !found.has(field)) found.set(field, problem);
  }
  return found;
}

/** The field that a complaint about choices stands at: of a security group it depends on which kind was chosen. */
export function choiceField(problem: Problem, mode: 'existing' | 'new'): FieldId | undefined {
  const { field = '', form } = problem.parameters;
  if (field === 'securityGroup' && mode === 'new') {
    return form === 'aws-group-name' || problem.code === 'AWS_GROUP_NAME_TAKEN' ? 'newGroupName' : 'newGroupSources';
  }
  return Object.hasOwn(fieldOfCloud, field) ? fieldOfCloud[field as keyof typeof fieldOfCloud] : undefined;
}

function awsFields(model: PageModel, target: CloudTarget, fields: Fields): readonly FieldGroup[] {
  const { draft } = model;
  const own = toCloudRegion('AWS', target.region);
  const remote = target.remoteRegions.map((region) => toCloudRegion('AWS', region));
  const credentials = awsAccountFields(model, fields);
  const accountGroup: FieldGroup = {
    ...credentials,
    fields: [
      ...credentials.fields,
      ...(remote.length === 0
        ? []
        : [
            fields.select(
              'cloudRegion',
              t('Region of the interface endpoint'),
              cloudRegionOf(target, draft),
              [own, ...remote].map((region) => ({ value: region, label: regionLabel('AWS', region) })),
            ),
          ]),
    ],
  };
  if (textIn(draft, 'profile') === '') return [accountGroup];
  return [accountGroup, networkGroup(model, fields), securityGroup(model, target, fields), tagsGroup(model, fields)];
}

/** In whose name AWS is asked, and something done there, with who that is. */
export function awsAccountFields(model: PageModel, fields = createFields(model)): FieldGroup {
  const { draft, aws, account } = model;
  const sandbox = account !== undefined && isSandbox(account);
  const identity = aws?.identity?.value;
  const refusal = aws?.identity?.problem;
  const field = fields.select(
    'profile',
    t('Credentials'),
    textIn(draft, 'profile'),
    profileOptions(aws?.profiles?.value ?? [], sandbox),
    {
      ...loadingOf(aws?.profiles),
      ...(identity === undefined ? {} : { note: t('Account {0}, {1}', identity.accountId, identity.arn) }),
    },
  );
  return {
    id: 'aws-account',
    legend: t('AWS account'),
    hint: t(
      'Credentials are read on the machine that the extension runs on and used for these requests. None are stored: temporary ones stay in memory until they expire.',
    ),
    fields: [refusal === undefined ? field : { ...fieldProblem('profile', refusal), ...field }],
  };
}

function profileOptions(profiles: readonly AwsProfile[], sandbox: boolean): readonly FieldOption[] {
  const none = { value: '', label: t('Choose credentials…') };
  if (sandbox) return [none, { value: usualChain, label: t('The AWS account of the sandbox') }];
  const kinds: Readonly<Record<AwsProfile['kind'], string>> = {
    sso: t('single sign-on'),
    role: t('assumed role'),
    keys: t('access key'),
    process: t('credential process'),
    'web-identity': t('web identity'),
    other: '',
  };
  return [
    none,
    ...profiles.map(({ name, kind, region }) => ({
      value: profileValue(name),
      label: name,
      description: [kinds[kind], region].filter((part) => part !== undefined && part !== '').join(', '),
      group: t('Profiles'),
    })),
    {
      value: usualChain,
      label: t('Usual chain'),
      description: t('environment, default profile, role of the machine'),
      group: t('Without a profile'),
    },
  ];
}

function networkGroup({ draft, aws }: PageModel, fields: Fields): FieldGroup {
  const vpcs = aws?.vpcs?.value ?? [];
  const subnets = aws?.subnets?.value ?? [];
  const chosen = listIn(draft, 'subnets');
  const zones = new Set(subnets.filter(({ id }) => chosen.includes(id)).map(({ zone }) => zone));
  return {
    id: 'aws-network',
    legend: t('Network'),
    hint: t('One subnet for each availability zone. With two zones or more, connections survive the outage of one.'),
    fields: [
      fields.select(
        'vpc',
        t('VPC of the application'),
        textIn(draft, 'vpc'),
        [{ value: '', label: t('Choose a VPC…') }, ...vpcs.map(vpcOption)],
        loadingOf(aws?.vpcs),
      ),
      ...(textIn(draft, 'vpc') === ''
        ? []
        : [
            fields.checklist('subnets', t('Subnets'), chosen, subnets.map(subnetOption), {
              ...loadingOf(aws?.subnets),
              ...(zones.size === 1
                ? { note: t('One availability zone only: an outage of it cuts the connection.') }
                : {}),
            }),
          ]),
    ],
  };
}

function vpcOption({ id, name, cidrs, isDefault }: AwsVpc): FieldOption {
  const about = [name === undefined ? undefined : id, ...cidrs, isDefault ? t('default VPC') : undefined];
  return { value: id, label: name ?? id, description: about.filter((part) => part !== undefined).join(', ') };
}

function subnetOption({ id, name, zone, cidr, freeAddresses }: AwsSubnet): FieldOption {
  const about = [
    name === undefined ? undefined : id,
    cidr,
    freeAddresses === undefined ? undefined : t('{0} free addresses', freeAddresses),
  ];
  return {
    value: id,
    label: name ?? id,
    description: about.filter((part) => part !== undefined).join(', '),
    group: zone,
    ...(freeAddresses === 0 ? { unavailable: t('no free address') } : {}),
  };
}

function securityGroup(model: PageModel, target: CloudTarget, fields: Fields): FieldGroup {
  const { draft, aws } = model;
  const mode = securityGroupMode(draft);
  const vpcs = aws?.vpcs?.value ?? [];
  const cidrs = vpcs.find(({ id }) => id === textIn(draft, 'vpc'))?.cidrs ?? [];
  return {
    id: 'aws-security',
    legend: t('Security group of the interface endpoint'),
    hint: t(
      'It has to let your applications in on the TCP ports 1024 to 65535: Atlas uses any of them, and they can change. The group of the applications has to let them out to these ports.',
    ),
    fields: [
      fields.radio('securityGroupMode', t('Which group'), mode, [
        { value: 'new', label: t('Create one with the right rule') },
        { value: 'existing', label: t('Use existing ones') },
      ]),
      ...(mode === 'new'
        ? [
            fields.text('newGroupName', t('Name of the new group'), groupNameOf(target, draft)),
            fields.text('newGroupSources', t('Who may connect'), sourcesText(draft, vpcs), {
              hint: t('Address blocks or IDs of security groups, with commas between them.'),
              placeholder: '10.0.0.0/16, sg-…',
            }),
          ]
        : [
            fields.checklist(
              'securityGroups',
              t('Security groups'),
              listIn(draft, 'securityGroups'),
              (aws?.groups?.value ?? []).map((group) => groupOption(group, cidrs)),
              loadingOf(aws?.groups),
            ),
          ]),
    ],
  };
}

function groupOption({ id, name, inbound }: AwsSecurityGroup, cidrs: readonly string[]): FieldOption {
  const { tone, text } = coverage(inbound, cidrs);
  return { value: id, label: name === '' ? id : name, description: `${id} · ${text}`, tone };
}

function tagsGroup({ draft }: PageModel, fields: Fields): FieldGroup {
  return {
    id: 'aws-tags',
    legend: t('Tags'),
    fields: [
      fields.text('tags', t('Tags'), tagsText(draft), {
        required: false,
        rows: 3,
        hint: t(
          'One on each line, as key=value. One of our own is added, by which a repeated attempt finds what it made.',
        ),
      }),
    ],
  };
}

/** What an endpoint for Data Federation has to lead to: Atlas tells it in its documentation only. */
function azureService({ draft }: PageModel, fields: Fields): FieldGroup {
  return {
    id: 'azure-service',
    legend: t('Private Link service of Atlas'),
    fields: [
      fields.text('azureServiceId', t('Resource ID of the Private Link service'), textIn(draft, 'azureServiceId'), {
        hint: t('The one that the documentation of Atlas has for the region. Its address stands above.'),
        placeholder: '/subscriptions/…/providers/Microsoft.Network/privateLinkServices/…',
      }),
    ],
  };
}

function azureFields({ draft }: PageModel, target: CloudTarget, fields: Fields): readonly FieldGroup[] {
  return [
    {
      id: 'azure-endpoint',
      legend: t('Private endpoint'),
      fields: [
        fields.text('azureSubscription', t('Subscription ID'), textIn(draft, 'azureSubscription'), {
          placeholder: '00000000-0000-0000-0000-000000000000',
        }),
        fields.text('azureResourceGroup', t('Resource group'), textIn(draft, 'azureResourceGroup')),
        fields.text('azureLocation', t('Region'), azureLocation(target, draft), {
          hint: t('That of the virtual network. It may be another one than that of the service.'),
        }),
        fields.text('azureEndpointName', t('Name of the private endpoint'), azureEndpointName(target, draft)),
      ],
    },
    {
      id: 'azure-network',
      legend: t('Network'),
      fields: [
        fields.text('azureVirtualNetwork', t('Virtual network'), textIn(draft, 'azureVirtualNetwork')),
        fields.text('azureSubnet', t('Subnet'), textIn(draft, 'azureSubnet')),
        fields.text(
          'azureNetworkGroup',
          t('Resource group of the virtual network'),
          textIn(draft, 'azureNetworkGroup'),
          {
            required: false,
            hint: t('Only when it is another one.'),
          },
        ),
      ],
    },
  ];
}

function gcpFields({ draft }: PageModel, target: CloudTarget, fields: Fields): readonly FieldGroup[] {
  return [
    {
      id: 'gcp-project',
      legend: t('Private Service Connect endpoint'),
      fields: [
        fields.text('gcpProject', t('Google Cloud project ID'), textIn(draft, 'gcpProject')),
        fields.text('gcpGroupName', t('Name of the endpoint group'), gcpGroupName(target, draft), {
          hint: t('At Atlas, and the beginning of the names of addresses and forwarding rules.'),
        }),
      ],
    },
    {
      id: 'gcp-network',
      legend: t('Network'),
      fields: [
        fields.text('gcpNetwork', t('VPC network'), textIn(draft, 'gcpNetwork')),
        fields.text('gcpSubnet', t('Subnet'), textIn(draft, 'gcpSubnet')),
        fields.text('gcpNetworkProject', t('Project of the network'), textIn(draft, 'gcpNetworkProject'), {
          required: false,
          hint: t('Only for a shared VPC of another project.'),
        }),
        fields.checkbox(
          'gcpGlobalAccess',
          t('Clients in other regions may use it'),
          flagIn(draft, 'gcpGlobalAccess', false),
        ),
      ],
    },
  ];
}
