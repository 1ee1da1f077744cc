import assert from 'node:assert/strict';
import { addCluster, addEndpoint, addService, azureEndpointId, region } from '../../../src/sandbox/world/build';
import type { SandboxService } from '../../../src/sandbox/world/world';
import type { Draft } from '../../../src/setup/draft';
import type { Field, FieldId, StepId } from '../../../webview/protocol';
import { firstServiceOf, openMachinePage, type MachinePage } from '../../builders/open-machine-page';

const [, , subscription = '', , resourceGroup = ''] = azureEndpointId('x').split('/');

/** What the endpoint of the service is called that is in use, and what is entered for a further one. */
const clouds = {
  AZURE: {
    place: 'US_EAST_2',
    nameField: 'azureEndpointName',
    network: {
      azureSubscription: subscription,
      azureResourceGroup: resourceGroup,
      azureVirtualNetwork: 'second',
      azureSubnet: 'private',
    },
    idOf: (name: string) => azureEndpointId(name),
    printed: ({ cloudName: service }: SandboxService, name: string) => ({
      endpoint_id: azureEndpointId(name),
      ip_address: '10.20.1.9',
      service_id: service,
    }),
    identity: 'endpointId',
    registration: { endpointAddress: '10.20.1.9' },
  },
  GCP: {
    place: 'CENTRAL_US',
    nameField: 'gcpGroupName',
    network: { gcpProject: 'sandbox-network-project', gcpNetwork: 'second', gcpSubnet: 'private' },
    idOf: (name: string) => name,
    printed: ({ serviceAttachmentNames: [target] }: SandboxService, name: string) => ({
      endpoint_group_name: name,
      project_id: 'sandbox-network-project',
      endpoints: [{ name, ip_address: '10.30.3.9', target }],
    }),
    identity: 'endpointGroup',
    registration: { endpointProject: 'sandbox-network-project', endpointAddresses: 'rule@10.30.3.9' },
  },
} as const;

for (const [provider, cloud] of Object.entries(clouds) as ['AZURE', (typeof clouds)['AZURE' | 'GCP']][]) {
  describe(`a further endpoint beside one that is in use, in ${provider}`, () => {
    let open: MachinePage;
    let service: SandboxService;
    let proposed: string;
    afterEach(() => open.close());

    const ids = (): readonly string[] => [...service.endpoints.keys()];

    /** With endpoints under the names that the page proposes without their numbers. */
    async function openFor(numbers: readonly string[], draft?: Draft): Promise<void> {
      open = await openMachinePage(
        {
          build: (world, project) => {
            addCluster(world, project, 'Cluster0', { regions: [region(provider, cloud.place)] });
            service = addService(world, project, provider, cloud.place, { portMappingEnabled: true });
            proposed = `atlas-${service.id.slice(-6)}`;
            for (const number of numbers) {
              addEndpoint(world, service, cloud.idOf(`${proposed}${number}`), {
                addresses: [{ name: `${proposed}${number}`, ipAddress: '10.0.0.4' }],
              });
            }
            return draft;
          },
          ref: firstServiceOf,
        },
        ({ steps }) => steps.length > 0,
      );
      await open.act('add-endpoint');
      await open.page.set(cloud.network);
    }

    const fieldOf = (id: FieldId, step: StepId): Field => {
      const { fieldGroups, elsewhere } = open.page.step(step);
      const fields = [...fieldGroups.flatMap((group) => group.fields), ...(elsewhere?.fields ?? [])];
      return fields.find((field) => field.id === id) ?? assert.fail(`${id} does not show`);
    };

    const commands = async (): Promise<{ texts: readonly string[]; missing?: string | undefined }> => {
      await open.page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
      const section = open.page.step('cloud').commands ?? assert.fail();
      return { texts: section.blocks.map(({ text }) => text), missing: section.missing };
    };

    it('is proposed under the first name that none has, in every command', async () => {
      await openFor(['', '-3']);
      const field = fieldOf(cloud.nameField, 'cloud');
      assert.equal('value' in field && field.value, `${proposed}-2`);
      const { texts } = await commands();
      const whole = texts.join('\n');
      assert.ok(texts.length >= 3);
      assert.ok(whole.includes(`${proposed}-2`));
      // Neither the name of the one that is in use, nor that in the names of Terraform.
      assert.doesNotMatch(whole, new RegExp(`${proposed}(?!-2)|${proposed.replace('-', '_')}(?!_2)`, 'u'));
    });

    it('has no commands under the name of the one that is in use; beside the name stands what to do', async () => {
      await openFor(['']);
      await open.page.set({ [cloud.nameField]: proposed });
      assert.match(fieldOf(cloud.nameField, 'cloud').problem ?? '', /Give another name: an endpoint of this name/u);
      const { texts, missing } = await commands();
      assert.deepEqual(texts, []);
      assert.match(missing ?? '', /Give another name/u);
      await open.page.set({ [cloud.nameField]: `${proposed}-b` });
      assert.equal(fieldOf(cloud.nameField, 'cloud').problem, undefined);
      assert.ok((await commands()).texts.length > 0);
    });

    it('is not taken for registered when what is pasted is of the one that is in use', async () => {
      await openFor(['']);
      await open.page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await open.page.set({ pasted: JSON.stringify(cloud.printed(service, proposed)) });
      assert.match(fieldOf('pasted', 'cloud').problem ?? '', /^Atlas knows this endpoint already/u);
      await open.page.controller.receive({ type: 'submit-elsewhere', step: 'cloud' });
      assert.equal(open.page.step('cloud').status, 'current');
      await open.page.set({ pasted: JSON.stringify(cloud.printed(service, `${proposed}-2`)) });
      await open.page.until(({ currentStep }) => currentStep === 'register');
      await open.page.controller.receive({ type: 'do', step: 'register' });
      await open.page.until(({ currentStep }) => currentStep === 'use');
      assert.deepEqual(ids(), [cloud.idOf(proposed), cloud.idOf(`${proposed}-2`)]);
    });

    it('is not taken for registered when the one that is in use is entered', async () => {
      await openFor(['']);
      await open.page.controller.receive({ type: 'show-elsewhere', step: 'cloud', open: true });
      await open.page.set({ ...cloud.registration, [cloud.identity]: cloud.idOf(proposed) });
      assert.match(fieldOf(cloud.identity, 'register').problem ?? '', /^Atlas knows this endpoint already/u);
      await open.page.controller.receive({ type: 'do', step: 'register' });
      assert.equal(open.page.step('register').status, 'current');
      assert.deepEqual(open.page.focused.at(-1), { kind: 'field', field: cloud.identity });
      assert.ok(!open.page.requests.includes('registerEndpoint'));
      await open.page.set({ [cloud.identity]: cloud.idOf(`${proposed}-2`) });
      await open.page.controller.receive({ type: 'do', step: 'register' });
      await open.page.until(({ currentStep }) => currentStep === 'use');
      assert.ok(open.page.requests.includes('registerEndpoint'));
      assert.deepEqual(ids(), [cloud.idOf(proposed), cloud.idOf(`${proposed}-2`)]);
    });

    it('is gone on with when Atlas has come to know it since it was entered', async () => {
      await openFor(['']);
      const id = cloud.idOf(`${proposed}-2`);
      await open.page.set({ ...cloud.registration, [cloud.identity]: id });
      addEndpoint(open.machine.world, service, id);
      await open.act('refresh');
      await open.page.until(({ status }) => status?.endpoints.length === 2);
      assert.equal(fieldOf(cloud.identity, 'register').problem, undefined);
      await open.page.controller.receive({ type: 'do', step: 'register' });
      await open.page.until(({ currentStep }) => currentStep === 'use');
      assert.deepEqual(ids(), [cloud.idOf(proposed), id]);
    });
  });
}

describe('an endpoint in Azure in another region than one that is in use', () => {
  it('has not its name either: they could be in one resource group', async () => {
    const name = 'atlas-in-use';
    const open = await openMachinePage(
      {
        build: (world, project) => {
          const regions = ['US_EAST_2', 'EUROPE_WEST'].map((place) => region('AZURE', place));
          addCluster(world, project, 'Cluster0', { regions });
          addService(world, project, 'AZURE', 'EUROPE_WEST');
          const other = addService(world, project, 'AZURE', 'US_EAST_2');
          addEndpoint(world, other, azureEndpointId(name));
          return undefined;
        },
        ref: firstServiceOf,
      },
      ({ steps }) => steps.length > 0,
    );
    try {
      await open.page.set({ ...clouds.AZURE.network, azureEndpointName: name.toUpperCase() });
      await open.page.controller.receive({ type: 'show-commands', step: 'cloud', open: true });
      assert.match(open.page.step('cloud').commands?.missing ?? '', /Give another name/u);
      await open.page.set({ azureResourceGroup: 'another-group' });
      assert.equal(open.page.step('cloud').commands?.missing, undefined);
    } finally {
      await open.close();
    }
  });
});
