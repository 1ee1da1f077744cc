import { t } from '@vscode/l10n';
import type { Field, FieldGroup, FieldOption } from '../../../../webview/protocol';
import { isSandbox } from '../../../accounts/account';
import type { AwsProfile, AwsSecurityGroup, AwsSubnet, AwsVpc } from '../../../core/cloud';
import { regionLabel, toCloudRegion } from '../../../core/region';
import { whoIsLetIn } from '../../../messages/security-group-text';
import { listIn, listTextIn, textIn } from '../../../setup/draft';
import { enteredLists, isEntered, listProblem, securityGroupMode, type AwsList } from '../aws-lists';
import { cloudRegionOf, groupNameOf, profileValue, sourcesText, tagsText, usualChain } from '../choices';
import type { CloudTarget } from '../cloud-target';
import type { PageModel } from '../model';
import { createFields, loadingOf, type Fields } from './fields';
import { fieldProblem } from './views';

/**
 * What there is to choose in the AWS account. Where its lists are not there the same is entered, for commands that run
 * where somebody else is signed in.
 */
export function awsFields(model: PageModel, target: CloudTarget, fields: Fields): readonly FieldGroup[] {
  const { draft, aws } = model;
  const own = toCloudRegion('AWS', target.region);
  const remote = target.remoteRegions.map((region) => toCloudRegion('AWS', region));
  const credentials = awsAccountFields(model, fields, listProblem(draft, aws));
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
  return [accountGroup, networkGroup(model, fields), securityGroup(model, target, fields), tagsGroup(model, fields)];
}

/** In whose name AWS is asked, and something done there, with who that is; beside it what AWS refused to them. */
export function awsAccountFields(
  model: PageModel,
  fields = createFields(model),
  refusal = model.aws?.identity?.problem,
): FieldGroup {
  const { draft, aws, account } = model;
  const sandbox = account !== undefined && isSandbox(account);
  const identity = aws?.identity?.value;
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

function notLookedUp(): string {
  return t(
    'Without the lists of the AWS account, enter IDs for the commands. Nothing looks them up: make sure that the subnets are in this VPC, one in each availability zone, and that existing security groups let your applications in.',
  );
}

function networkGroup(model: PageModel, fields: Fields): FieldGroup {
  const { draft, aws } = model;
  const entered = enteredLists(draft, aws);
  const zones = t(
    'One subnet for each availability zone. With two zones or more, connections survive the outage of one.',
  );
  const isOfAccount = !entered.includes('vpcs') && !entered.includes('subnets');
  const vpcs = aws?.vpcs?.value ?? [];
  return {
    id: 'aws-network',
    legend: t('Network'),
    hint: isOfAccount ? zones : `${zones} ${notLookedUp()}`,
    fields: [
      entered.includes('vpcs')
        ? fields.text('vpc', t('VPC of the application'), textIn(draft, 'vpc'), {
            placeholder: 'vpc-…',
            ...noneFound(model, 'vpcs'),
          })
        : fields.select(
            'vpc',
            t('VPC of the application'),
            textIn(draft, 'vpc'),
            [{ value: '', label: t('Choose a VPC…') }, ...vpcs.map(vpcOption)],
            loadingOf(aws?.vpcs),
          ),
      ...(textIn(draft, 'vpc') === '' && !entered.includes('vpcs') ? [] : [subnetsField(model, fields)]),
    ],
  };
}

function subnetsField(model: PageModel, fields: Fields): Field {
  const { draft, aws } = model;
  if (isEntered('subnets', draft, aws)) {
    return fields.text('subnets', t('Subnets'), listTextIn(draft, 'subnets'), {
      hint: betweenIds(),
      placeholder: 'subnet-…, subnet-…',
      rows: 3,
      ...noneFound(model, 'subnets'),
    });
  }
  const subnets = aws?.subnets?.value ?? [];
  const chosen = listIn(draft, 'subnets');
  const zones = new Set(subnets.filter(({ id }) => chosen.includes(id)).map(({ zone }) => zone));
  return fields.checklist('subnets', t('Subnets'), chosen, subnets.map(subnetOption), {
    ...loadingOf(aws?.subnets),
    ...(zones.size === 1 ? { note: t('One availability zone only: an outage of it cuts the connection.') } : {}),
  });
}

function betweenIds(): string {
  return t('IDs with commas between them, or on lines of their own.');
}

/** Beside what is entered although the account answers: there is nothing in it. */
function noneFound({ aws }: PageModel, list: AwsList): Pick<Field, 'note'> {
  return aws?.[list]?.value === undefined ? {} : { note: t('The AWS account has none here.') };
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
  const entered = enteredLists(draft, aws);
  const ports = t(
    'It has to let your applications in on the TCP ports 1024 to 65535: Atlas uses any of them, and they can change. The group of the applications has to let them out to these ports.',
  );
  const isFirstEntered = entered.length === 1 && entered[0] === 'groups';
  return {
    id: 'aws-security',
    legend: t('Security group of the interface endpoint'),
    hint: isFirstEntered ? `${ports} ${notLookedUp()}` : ports,
    fields: [
      fields.radio('securityGroupMode', t('Which group'), mode, [
        { value: 'new', label: t('Create one with the right rule') },
        { value: 'existing', label: t('Use existing ones') },
      ]),
      ...(mode === 'new'
        ? [
            fields.text('newGroupName', t('Name of the new group'), groupNameOf(target, draft)),
            fields.text('newGroupSources', t('Who may connect'), sourcesText(draft, aws?.vpcs?.value ?? []), {
              hint: t('Address blocks or IDs of security groups, with commas between them.'),
              placeholder: '10.0.0.0/16, sg-…',
            }),
          ]
        : [groupsField(model, fields)]),
    ],
  };
}

function groupsField(model: PageModel, fields: Fields): Field {
  const { draft, aws } = model;
  if (isEntered('groups', draft, aws)) {
    return fields.text('securityGroups', t('Security groups'), listTextIn(draft, 'securityGroups'), {
      hint: betweenIds(),
      placeholder: 'sg-…',
      rows: 2,
      ...noneFound(model, 'groups'),
    });
  }
  const cidrs = (aws?.vpcs?.value ?? []).find(({ id }) => id === textIn(draft, 'vpc'))?.cidrs ?? [];
  return fields.checklist(
    'securityGroups',
    t('Security groups'),
    listIn(draft, 'securityGroups'),
    (aws?.groups?.value ?? []).map((group) => groupOption(group, cidrs)),
    loadingOf(aws?.groups),
  );
}

function groupOption({ id, name, inbound }: AwsSecurityGroup, cidrs: readonly string[]): FieldOption {
  const { severity, text } = whoIsLetIn(inbound, { vpc: cidrs, subnets: [] });
  return { value: id, label: name === '' ? id : name, description: `${id} · ${text}`, tone: severity };
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
