import { t } from '@vscode/l10n';
import type { FieldGroup, FieldId } from '../../../../webview/protocol';
import { checkChoices } from '../../../cloud/check-choices';
import { federationProviders, federationRegions } from '../../../core/data-federation';
import type { Problem } from '../../../core/problem';
import { providerNames } from '../../../core/provider';
import { regionLabel } from '../../../core/region';
import { flagIn, textIn } from '../../../setup/draft';
import { securityGroupMode } from '../aws-lists';
import { azureEndpointName, azureLocation, choicesOf, fieldOfCloud, gcpGroupName } from '../choices';
import { targetOf, type CloudTarget } from '../cloud-target';
import type { PageModel } from '../model';
import { awsFields } from './aws-fields';
import { createFields, type Fields } from './fields';

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
  const choices = choicesOf(target, draft, aws);
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
