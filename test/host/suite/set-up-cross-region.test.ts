import assert from 'node:assert/strict';
import { answer } from './extension';
import { isRemoved, removalCommands, setUpWindow, stringsHere } from './page-driver';

const project = 'start-on-aws-sandbox';

describe('An interface endpoint in another region than its service, from nothing to available and back', () => {
  const window = setUpWindow();

  it('is made where the service allows it, and found there when it is removed', async () => {
    const { page, before } = await window.begin('setUpEndpoint', project);
    await page.at('service');
    await page.press('service');
    await page.at('cloud');
    // Not allowed when it was created: allowed afterwards.
    const prompts = answer(window.services(), 'eu-west-1');
    await page.act('edit-remote-regions');
    prompts.done();
    await page.fill({ profile: 'chain' });
    assert.deepEqual(await page.choices('cloudRegion'), ['us-east-1', 'eu-west-1']);
    await page.fill({ cloudRegion: 'eu-west-1' });
    await page.fill({ vpc: (await page.choices('vpc'))[0] ?? '' });
    await page.fill({ subnets: (await page.choices('subnets')).slice(0, 1) });
    const blocks = await page.commands('cloud');
    const cli = blocks.find(({ tool }) => tool === 'AWS CLI')?.text ?? '';
    assert.match(cli, /--service-region us-east-1/);
    await page.press('cloud');
    await page.at('register');
    await page.press('register');
    const { status } = await page.until('strings', (state) => stringsHere(state).length > 0);
    const [endpoint, ...more] = status?.endpoints ?? [];
    assert.ok(endpoint);
    assert.deepEqual(more, []);
    const there = await window.contents(project);
    assert.deepEqual(there.atlas, ['AWS US_EAST_1 AVAILABLE', `${endpoint.id} AVAILABLE`]);
    const made = there.aws.filter((line) => !before.aws.includes(line));
    assert.equal(made.length, 2, made.join());
    assert.equal(made[0], `eu-west-1 ${endpoint.id}`);

    assert.match(await removalCommands(page, endpoint.id), /eu-west-1/);
    await page.act('remove-service');
    const { typed } = await page.confirm({ cloud: true });
    assert.equal(typed?.expected, 'us-east-1');
    await isRemoved(page);
    assert.deepEqual(await window.contents(project), before);
  });
});
