import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { azureInterfaceOutput, forwardingRulesOutput } from './cloud-output';
import { answer } from './extension';
import { chooseNetwork, setUpWindow, stringsHere, type DrivenPage } from './page-driver';

const subscription = '00000000-0000-4000-8000-5a4db0c00002';
const group = `/subscriptions/${subscription}/resourceGroups/sandbox-network`;
const azureId = (name: string): string => `${group}/providers/Microsoft.Network/privateEndpoints/${name}`;

/** A page that is opened by a command, and what a person does on it between the commands. */
interface Kind {
  readonly name: string;
  readonly begin: readonly [command: string, project: string, ...answers: readonly string[]];
  /** Step at which the page begins. */
  readonly first: 'service' | 'cloud';
  /** Gets an endpoint into the page: by the command for this step, or with what a cloud's command line has printed. */
  readonly cloud: (page: DrivenPage) => Promise<void>;
  /** Whether what was made in the AWS account goes with it. */
  readonly inAws?: true;
  /** No Terraform resources. */
  readonly notExported?: true;
  readonly removed: 'with its service' | 'alone';
}

const run = (command: string): Thenable<unknown> => vscode.commands.executeCommand(`atlasPrivateEndpoints.${command}`);

const here = async (page: DrivenPage): Promise<void> => {
  await chooseNetwork(page);
  await run('setUpCloud');
};
const printedByAzure = (name: string, address: string) => (page: DrivenPage) =>
  page.paste('cloud', azureInterfaceOutput(azureId(name), address));

const kinds: readonly Kind[] = [
  {
    name: 'Azure',
    begin: ['setUpEndpoint', 'start-on-azure-sandbox'],
    first: 'service',
    cloud: printedByAzure('atlas-by-command', '10.20.1.39'),
    removed: 'with its service',
  },
  {
    name: 'Google Cloud',
    begin: ['setUpEndpoint', 'start-on-google-cloud-sandbox'],
    first: 'service',
    cloud: async (page) => {
      const details = page.step('service').details;
      const attachment = details.find(({ id }) => id === 'service-attachments')?.value ?? '';
      await page.fill({ gcpGroupName: 'by-command' });
      const rule = { name: 'by-command', address: '10.30.3.39', attachment };
      await page.paste('cloud', forwardingRulesOutput('sandbox-network-project', 'us-central1', [rule]));
    },
    removed: 'with its service',
  },
  {
    name: 'a serverless instance',
    begin: ['setUpServerless', 'start-serverless-sandbox', 'OnAws'],
    first: 'service',
    cloud: here,
    inAws: true,
    notExported: true,
    removed: 'alone',
  },
  {
    name: 'Data Federation',
    begin: ['setUpFederation', 'start-data-federation-sandbox'],
    first: 'cloud',
    cloud: here,
    inAws: true,
    removed: 'alone',
  },
];

describe('Every step by a command of the palette', () => {
  const window = setUpWindow();

  /** The commands that the page shows at its step after the command for it, by their tools. */
  async function toolsShown(page: DrivenPage): Promise<readonly string[]> {
    const { currentStep } = page.state();
    await run('setUpCommands');
    const { steps } = await page.until('commands of the step', (state) =>
      state.steps.some(({ id, commands }) => id === currentStep && commands?.open === true),
    );
    const section = steps.find(({ id }) => id === currentStep)?.commands;
    return (section?.blocks ?? []).map(({ tool }) => tool);
  }

  for (const { name, begin, first, cloud, inAws = false, notExported = false, removed } of kinds) {
    it(`${name}: set up, export, remove`, async () => {
      const { page, before } = await window.begin(...begin);
      await page.at(first);
      await run('setUpCheck');
      await page.at(first);
      if (first === 'service') {
        assert.deepEqual(await toolsShown(page), ['Atlas CLI']);
        await run('setUpService');
      }
      await page.at('cloud');
      await toolsShown(page);
      await cloud(page);
      await page.at('register');
      assert.deepEqual(await toolsShown(page), ['Atlas CLI']);
      await run('setUpRegister');
      await run('setUpWait');
      await page.until('strings', (state) => stringsHere(state).length > 0);
      assert.deepEqual(await toolsShown(page), ['Atlas CLI'], 'those that print the strings');

      const editors = vscode.window.visibleTextEditors.length;
      await run('exportSetUp');
      if (notExported) assert.equal(vscode.window.visibleTextEditors.length, editors);
      else {
        assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', /resource "mongodbatlas_/);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      }

      await run('removeService');
      const { title } = await page.confirm({ cloud: inAws });
      assert.match(title, removed === 'alone' ? /^Remove the endpoint .+\?$/ : /^Remove the endpoint service\?$/);
      await page.until('nothing', (state) => state.status === undefined);
      assert.deepEqual(await window.contents(begin[1]), before);
    });
  }

  it('regionalized mode: by whatever page of the project, on that of a new service', async () => {
    const { page } = await window.begin('setUpFederation', 'start-regionalized-sandbox');
    await page.at('cloud');
    await run('switchRegionalizedMode');
    const opened = (await window.services().commands.pages()).active();
    const { page: ref, confirmation } = opened?.controller.state() ?? {};
    assert.equal(ref?.kind, 'new-service');
    assert.equal(confirmation?.title, 'Enable regionalized private endpoints?');
    assert.equal(page.state().confirmation, undefined);
  });

  it('Data Federation: asks which of several endpoints is to be removed', async () => {
    const project = 'start-data-federation-sandbox';
    const { page } = await window.begin('setUpFederation', project);
    await page.at('cloud');
    await page.fill({ federationProvider: 'AZURE' });
    await page.fill({ federationRegion: 'US_EAST_2' });
    for (const [name, address] of [
      ['first-by-command', '10.20.1.40'],
      ['second-by-command', '10.20.1.41'],
    ] as const) {
      await page.paste('cloud', azureInterfaceOutput(azureId(name), address));
      await page.at('register');
      await run('setUpRegister');
      await page.until('the endpoint', ({ status }) =>
        (status?.endpoints ?? []).some(({ id, status: now }) => id === azureId(name) && now.tone === 'available'),
      );
      if (name === 'first-by-command') {
        await run('addEndpoint');
        await page.at('cloud');
      }
    }
    for (const name of ['first-by-command', undefined]) {
      const prompts = answer(window.services(), ...(name === undefined ? [] : [name]));
      await run('removeService');
      prompts.done();
      await page.confirm();
    }
    await page.until('nothing', (state) => state.status === undefined);
    assert.deepEqual((await window.contents(project)).atlas, []);
  });
});
