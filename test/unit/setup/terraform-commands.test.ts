import assert from 'node:assert/strict';
import { atlasBaseUrls } from '../../../src/accounts/account';
import { presentSteps } from '../../../src/ui/page/present/steps';
import type { CommandBlock } from '../../../webview/protocol';
import { azureChoices } from '../cloud/choices';
import { serviceWith } from '../core/project-facts';
import { pageModel } from './page-model';

/** The blocks of Terraform at the step of an endpoint in Azure. */
function terraformBlocks(baseUrl: string): readonly CommandBlock[] {
  const { privateLinkServiceResourceId, subscriptionId, vnet, subnet } = azureChoices;
  const service = {
    ...serviceWith('AZURE', 'US_EAST_2', 0),
    provider: 'AZURE',
    status: 'AVAILABLE',
    privateLinkServiceResourceId,
  } as const;
  const subject = { kind: 'service', provider: 'AZURE', region: 'US_EAST_2', service, known: [] } as const;
  const model = pageModel({}, subject, {
    account: { id: 'a', label: 'Work', kind: 'api-key', baseUrl },
    draft: {
      azureSubscription: subscriptionId,
      azureResourceGroup: 'app',
      azureVirtualNetwork: vnet,
      azureSubnet: subnet,
    },
  });
  const { steps } = presentSteps({ ...model, ui: { ...model.ui, openCommands: new Set(['cloud']) } });
  const { blocks = [], missing } = steps.find(({ id }) => id === 'cloud')?.commands ?? {};
  const ofTerraform = blocks.filter(({ tool }) => tool === 'Terraform');
  assert.equal(ofTerraform.length, 2, missing);
  return ofTerraform;
}

describe('Terraform on the page', () => {
  it('says to paste the output of the endpoint, which the last command prints alone', () => {
    const [file, commands] = terraformBlocks(atlasBaseUrls.commercial);
    const [, output = ''] = /^output "(\w+)"/mu.exec(file?.text ?? '') ?? assert.fail();
    assert.ok(commands?.text.includes(`terraform output -json ${output}\n`) === true);
    assert.match(commands.note ?? '', new RegExp(`prints the output ${output}, and nothing else`, 'u'));
    assert.equal(file?.title, `Save as private-endpoint-${output.replaceAll('_', '-')}.tf`);
  });

  it('is the same for the same choices, and for the cloud of the US Government where the account is there', () => {
    assert.deepEqual(terraformBlocks(atlasBaseUrls.commercial), terraformBlocks(atlasBaseUrls.commercial));
    const environment = /environment +[=] "usgovernment"/u;
    assert.match(terraformBlocks(atlasBaseUrls.government)[0]?.text ?? '', environment);
    assert.doesNotMatch(terraformBlocks(atlasBaseUrls.commercial)[0]?.text ?? '', environment);
  });
});
