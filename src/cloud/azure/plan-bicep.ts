import type { AzureEndpointChoices } from '../../core/cloud-choices';
import { flag } from '../flag';
import type { CommandPlan } from '../../core/command-plan';
import { renderStatements } from '../shell';
import { showInterface } from './plan-azure-cli';
import { requestMessage, subnetResourceId } from './resource-ids';

const fileName = 'private-endpoint.bicep';

/** The private endpoint as a Bicep file, and the commands that deploy it and print what Atlas needs. */
export function planBicep(choices: AzureEndpointChoices): CommandPlan {
  const place = [
    ...flag('subscription', choices.subscriptionId),
    ...flag('resource-group', choices.resourceGroup),
    ...flag('name', choices.endpointName),
  ];
  return {
    tool: 'bicep',
    title: 'create-endpoint',
    file: { name: fileName, language: 'bicep', text: template(choices) },
    shells: renderStatements([
      {
        kind: 'run',
        words: [
          ...['az', 'deployment', 'group', 'create', '--only-show-errors'],
          ...place,
          ...flag('template-file', fileName),
          ...flag('output', 'none'),
        ],
      },
      ...showInterface(place),
    ]),
    printsRegistration: true,
  };
}

function template(choices: AzureEndpointChoices): string {
  const tags = Object.entries(choices.tags);
  const lines = [
    "resource endpoint 'Microsoft.Network/privateEndpoints@2023-11-01' = {",
    `  name: ${bicepString(choices.endpointName)}`,
    `  location: ${bicepString(choices.location)}`,
    ...(tags.length === 0
      ? []
      : ['  tags: {', ...tags.map(([key, value]) => `    ${bicepString(key)}: ${bicepString(value)}`), '  }']),
    '  properties: {',
    '    subnet: {',
    `      id: ${bicepString(subnetResourceId(choices))}`,
    '    }',
    '    manualPrivateLinkServiceConnections: [',
    '      {',
    `        name: ${bicepString(choices.connectionName)}`,
    '        properties: {',
    `          privateLinkServiceId: ${bicepString(choices.privateLinkServiceResourceId)}`,
    `          requestMessage: ${bicepString(requestMessage)}`,
    '        }',
    '      }',
    '    ]',
    '  }',
    '}',
    '',
    'output endpointId string = endpoint.id',
  ];
  return `${lines.join('\n')}\n`;
}

/** A text as a Bicep string without interpolation. */
export function bicepString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('${', String.raw`\${`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`);
  return `'${escaped}'`;
}
