import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { find } from './extension';
import { chooseNetwork, isRemoved, setUpWindow, stringsHere, type DrivenPage } from './page-driver';

const project = 'start-regionalized-sandbox';

describe('A sharded cluster in two regions, with regionalized private endpoints and without', () => {
  const window = setUpWindow();

  /** Makes an interface endpoint by the page and registers it. */
  async function addEndpoint(page: DrivenPage): Promise<string> {
    const before = page.state().status?.endpoints.map(({ id }) => id) ?? [];
    await page.at('cloud');
    // Each in a VPC of its own: from networks that cannot be peered with one another (seed).
    await chooseNetwork(page, before.length);
    await page.press('cloud');
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('an endpoint that is available', (state) => {
      const added = state.status?.endpoints.find(({ id }) => !before.includes(id));
      return added?.status.value === 'AVAILABLE';
    });
    return status?.endpoints.find(({ id }) => !before.includes(id))?.id ?? '';
  }

  it('has one string for both regions, then one for each endpoint, and back to nothing', async function () {
    this.timeout(120_000);
    const { page: east, before } = await window.begin('setUpEndpoint', project);
    await east.at('service');
    assert.equal(east.step('service').fieldGroups.length, 1);
    await east.fill({ region: 'US_EAST_1' });
    await east.press('service');
    const first = await addEndpoint(east);
    assert.deepEqual(stringsHere(east.state()), [], 'the other region has no endpoint yet');

    const west = await window.open('setUpEndpoint', project);
    await west.at('service');
    await west.fill({ region: 'EU_WEST_1' });
    await west.press('service');
    const second = await addEndpoint(west);
    const both = await west.until('strings', (state) => stringsHere(state).length > 0);
    const [shared = ''] = stringsHere(both);
    assert.match(shared, /^mongodb\+srv:\/\/worldwide-pl-0/);

    await west.act('enable-regionalized');
    const enabling = await west.confirm();
    assert.match(enabling.consequences.join(' '), /downtime/);
    assert.deepEqual(
      enabling.strings.map(({ text }) => text),
      [shared],
    );
    assert.equal(enabling.typed, undefined);
    const changed = await west.until('strings of each region', (state) => {
      const now = stringsHere(state);
      return state.status?.regionalized?.enabled === true && now.length > 0 && !isSame(now, stringsHere(both));
    });
    for (const text of stringsHere(changed)) assert.match(text, /worldwide-pl-1|\/\/pl-1-eu-west-1/);
    assert.deepEqual((await window.contents(project)).atlas, [
      'AWS US_EAST_1 AVAILABLE',
      `${first} AVAILABLE`,
      'AWS EU_WEST_1 AVAILABLE',
      `${second} AVAILABLE`,
      'regionalized',
    ]);

    // A second endpoint in a region, which only this mode allows, and which stands in the way of leaving it.
    const service = await find(
      window.services(),
      'Sandbox',
      'acme-labs-sandbox',
      project,
      'Endpoint services',
      /us-east-1/,
    );
    await vscode.commands.executeCommand('atlasPrivateEndpoints.openPage', service);
    const again = (await window.services().commands.pages()).active();
    assert.ok(again === east.open, 'the page that is open comes to the front');
    await east.act('add-endpoint');
    const third = await addEndpoint(east);
    const { status } = await east.until('what stands in the way', ({ status: now }) =>
      (now?.regionalized?.findings ?? []).some(({ severity }) => severity === 'blocking'),
    );
    assert.notEqual(status?.regionalized?.actions[0]?.disabled, undefined);
    await vscode.commands.executeCommand('atlasPrivateEndpoints.switchRegionalizedMode');
    assert.equal(east.state().confirmation, undefined);
    await east.act('remove-endpoint', third);
    await east.confirm({ cloud: true });
    await east.until(
      'the mode can be left',
      ({ status: now }) => now?.regionalized?.actions[0]?.disabled === undefined,
    );

    await vscode.commands.executeCommand('atlasPrivateEndpoints.switchRegionalizedMode');
    const disabling = await east.confirm();
    assert.match(disabling.consequences.join(' '), /downtime/);
    assert.equal(
      new Set(disabling.strings.map(({ text }) => text)).size,
      4,
      'an optimized one and another for each region',
    );
    await east.until('the string for both regions', (state) => isSame(stringsHere(state), stringsHere(both)));

    for (const page of [east, west]) {
      page.open.panel.reveal();
      await page.act('remove-service');
      await page.confirm({ cloud: true });
      await isRemoved(page);
    }
    assert.deepEqual(await window.contents(project), before);
  });
});

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
