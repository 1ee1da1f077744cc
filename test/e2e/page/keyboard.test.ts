import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { PageState, ToExtension } from '../../../webview/protocol';
import { stateNamed } from './fixtures/all';
import { bootstrapOf, type OpenPage } from './open-page';
import { pageBrowser } from './page-browser';

/** More than any page of the fixtures has. */
const mostStops = 80;

describe('page by keyboard alone', () => {
  const openPage = pageBrowser();
  let open: OpenPage;

  afterEach(() => open.close());

  const start = async (fixture: string): Promise<void> => {
    open = await openPage(bootstrapOf(stateNamed(fixture)));
    await open.told();
  };

  it('goes through a set-up from the checks to the string', async function () {
    this.timeout(60_000);
    let revision = 1;
    const answer = async (fixture: string): Promise<void> => {
      revision += 1;
      await open.tell({ type: 'state', state: { ...stateNamed(fixture), revision } });
    };

    await start('check-findings');
    await press('Check again');
    assert.deepEqual(await open.told(), [{ type: 'do', step: 'check' }]);

    await answer('check-passed');
    await tabTo('AWS');
    await key('ArrowDown');
    assert.deepEqual(await open.told(), [{ type: 'set', field: 'provider', value: 'AZURE' }]);
    await tabTo('Region');
    for (const name of ['ArrowDown', 'ArrowDown']) await key(name);
    assert.deepEqual(await open.told(), [], 'the first key opens the list, the next ones move in it');
    await key('Enter');
    assert.deepEqual(await open.told(), [{ type: 'set', field: 'region', value: 'EU_WEST_1' }]);
    await press('Create the endpoint service');
    assert.deepEqual(await open.told(), [{ type: 'do', step: 'service' }]);

    await answer('service-creating');
    await press('Cancel');
    assert.deepEqual(await open.told(), [{ type: 'cancel' }]);

    await answer('cloud-aws');
    await tabTo('subnet-0abc5555defa6666b');
    await key('Space');
    assert.deepEqual(await open.told(), [
      { type: 'set', field: 'subnets', value: ['subnet-0aaa1111bbbb2222c', 'subnet-0abc5555defa6666b'] },
    ]);
    await tabTo('Tags (optional)');
    await open.page.keyboard.type('team=shop');
    await press('Create the interface endpoint');
    // What was typed arrives before what it is needed for.
    assert.deepEqual(await open.told(), [
      { type: 'set', field: 'tags', value: 'team=shop' },
      { type: 'do', step: 'cloud' },
    ]);
    await press('Show commands: Create the interface endpoint in your VPC');
    await press('I did it elsewhere: Create the interface endpoint in your VPC');
    assert.deepEqual(await open.told(), [
      { type: 'show-commands', step: 'cloud', open: true },
      { type: 'show-elsewhere', step: 'cloud', open: true },
    ]);

    await answer('cloud-commands');
    await tabTo('Bash, Zsh');
    await key('ArrowRight');
    assert.deepEqual(await open.told(), [{ type: 'choose-shell', shell: 'powershell' }]);
    await tabTo('AWS CLI');
    await key('ArrowRight');
    assert.equal(await focusedName(), 'Terraform');
    await press('Copy: atlas-endpoint.tf');
    await press('Open in Editor: atlas-endpoint.tf');
    assert.deepEqual(await open.told(), [
      { type: 'copy', what: 'command', id: 'terraform' },
      { type: 'open-command', id: 'terraform' },
    ]);
    await tabTo('Id of the interface endpoint');
    await open.page.keyboard.type('vpce-0123456789abcdef0');
    await press('Take over');
    assert.deepEqual(await open.told(), [
      { type: 'set', field: 'endpointId', value: 'vpce-0123456789abcdef0' },
      { type: 'submit-elsewhere', step: 'cloud' },
    ]);

    await answer('waiting');
    await press('Refresh');
    assert.deepEqual(await open.told(), [{ type: 'action', action: 'refresh' }]);

    await answer('use');
    for (const button of ['Copy', 'Insert', 'Test']) await press(`${button}: Sandbox0, DNS seedlist`);
    assert.deepEqual(await open.told(), [
      { type: 'copy', what: 'string', id: 's0' },
      { type: 'insert', string: 's0' },
      { type: 'test', string: 's0' },
    ]);
    assert.deepEqual(await open.failures(), []);
  });

  it('opens and closes steps, and looks back at one that is done', async () => {
    await start('waiting');
    await tabTo(/^Step 3: Create the interface endpoint/);
    assert.equal(await attribute('aria-expanded'), 'false');
    await key('Enter');
    assert.equal(await attribute('aria-expanded'), 'true');
    assert.ok(await open.page.getByText('Nothing is left to do here.').isVisible());
    await key('Space');
    assert.equal(await attribute('aria-expanded'), 'false');
  });

  it('asks before it removes, takes only what has to be typed, and goes back on Escape', async () => {
    const asking = stateNamed('confirmation');
    const { confirmation } = asking;
    assert.ok(confirmation !== undefined);
    const before: PageState = { ...asking };
    Reflect.deleteProperty(before, 'confirmation');
    open = await openPage(bootstrapOf(before));
    await open.told();
    await press(/^Remove the endpoint service/);
    assert.deepEqual(await open.told(), [{ type: 'action', action: 'remove-service' }]);

    await open.tell({ type: 'state', state: { ...asking, revision: 2 } });
    assert.equal(await focusedName(), confirmation.title, 'the focus goes to the question');
    await press('Remove');
    assert.deepEqual(await open.told(), [], 'nothing was typed');
    assert.equal(await focusedName(), confirmation.typed?.prompt);
    assert.ok(await open.page.locator('#confirmation-typed-problem').getByText('Type exactly: us-east-1').isVisible());
    await open.page.keyboard.type('us-east-1');
    await press('Remove');
    const confirmed: ToExtension = {
      type: 'confirm',
      confirmation: confirmation.id,
      typed: 'us-east-1',
      options: ['cloud'],
    };
    assert.deepEqual(await open.told(), [confirmed]);
    await key('Escape');
    assert.deepEqual(await open.told(), [{ type: 'dismiss', confirmation: confirmation.id }]);
    await open.tell({ type: 'state', state: { ...before, revision: 3 } });
    assert.match(await focusedName(), /^Remove the endpoint service/, 'the focus goes back');
  });

  for (const keys of [
    ['ArrowDown', 'ArrowDown', 'Escape'],
    ['i', 'Escape'],
    ['Enter', 'ArrowDown', 'Escape'],
    ['End', 'End', 'Escape'],
  ]) {
    it(`chooses nothing from a list that is left by ${keys.join(', ')}`, async () => {
      await start('check-passed');
      await tabTo('Region');
      const before = await chosen();
      for (const name of keys) await key(name);
      assert.deepEqual([await open.told(), await chosen()], [[], before]);
      assert.equal(await attribute('aria-expanded'), 'false');
    });
  }

  for (const keys of [
    ['ArrowDown', 'ArrowDown', 'Tab'],
    ['i', 'Enter'],
  ]) {
    it(`chooses once from a list by ${keys.join(', ')}`, async () => {
      await start('check-passed');
      await tabTo('Region');
      for (const name of keys) await key(name);
      assert.deepEqual(await open.told(), [{ type: 'set', field: 'region', value: 'EU_WEST_1' }]);
    });
  }

  it('goes back from an open list on Escape, and from the question that it is in on the next', async () => {
    const { confirmation, ...rest } = stateNamed('confirmation');
    assert.ok(confirmation !== undefined);
    const account = stateNamed('cloud-aws').steps.flatMap(({ fieldGroups }) => fieldGroups);
    const fields = account.flatMap((group) => group.fields).filter(({ kind }) => kind === 'select');
    const fieldGroups = [{ id: 'aws-account', legend: 'AWS account', fields: fields.slice(0, 1) }];
    open = await openPage(bootstrapOf({ ...rest, confirmation: { ...confirmation, fieldGroups } }));
    await open.told();
    await tabTo(fields[0]?.label ?? '');
    for (const name of ['Enter', 'Escape']) await key(name);
    assert.deepEqual(await open.told(), [], 'the question stays');
    await key('Escape');
    assert.deepEqual(await open.told(), [{ type: 'dismiss', confirmation: confirmation.id }]);
  });

  it('does nothing by a button that is disabled, which says why', async () => {
    await start('cloud-commands');
    await press('Create the interface endpoint');
    assert.deepEqual(await open.told(), []);
    assert.equal(await attribute('aria-disabled'), 'true');
    assert.ok(await open.page.getByText('Choose a VPC first.').isVisible());
  });

  for (const theme of ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const) {
    it(`shows where the focus is, at every stop: ${theme}`, async function () {
      this.timeout(60_000);
      await start('cloud-commands');
      await open.setTheme(theme);
      const seen: string[] = [];
      const unseen: string[] = [];
      for (let stop = 0; stop < mostStops; stop++) {
        await key('Tab');
        const name = await focusedName();
        if (name === '') break;
        seen.push(name);
        const { focused, blurred } = await bothPictures(open.page);
        if (focused.equals(blurred)) unseen.push(name);
      }
      assert.ok(seen.length > 20, seen.join(' | '));
      assert.deepEqual(unseen, []);
    });
  }

  const key = async (name: string): Promise<void> => {
    await open.page.keyboard.press(name);
    // The component library writes what has changed with the next frame.
    await open.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  };

  const focusedName = (): Promise<string> => open.page.evaluate(nameOfFocused);

  /** The value of the list that has the focus. */
  const chosen = (): Promise<unknown> =>
    open.page.evaluate(() => {
      const element = document.activeElement;
      return element === null ? undefined : (Reflect.get(element, 'value') as unknown);
    });

  const attribute = (name: string): Promise<string | null> =>
    open.page.evaluate((asked) => document.activeElement?.getAttribute(asked) ?? null, name);

  /** On with Tab, from where the focus is and once around, until it is on what has this name. */
  async function tabTo(name: string | RegExp): Promise<void> {
    const passed: string[] = [];
    for (let stop = 0; stop < mostStops; stop++) {
      const at = await focusedName();
      if (typeof name === 'string' ? at === name : name.test(at)) return;
      passed.push(at);
      await key('Tab');
    }
    assert.fail(`${String(name)} cannot be reached with Tab. On the way: ${[...new Set(passed)].join(' | ')}`);
  }

  async function press(name: string | RegExp): Promise<void> {
    await tabTo(name);
    await key('Enter');
  }
});

/** The accessible name of what has the focus, as far as this page's elements have one. Runs in the page. */
function nameOfFocused(): string {
  const element = document.activeElement;
  if (element === null || element === document.body) return '';
  const ids = element.getAttribute('aria-labelledby');
  const label = element.getAttribute('aria-label');
  const input = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
  const content = element.cloneNode(true) as HTMLElement;
  for (const hidden of content.querySelectorAll('[aria-hidden=true]')) hidden.remove();
  const text = ids === null ? (label ?? input ?? content.textContent) : document.getElementById(ids)?.textContent;
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

/** The surroundings of what has the focus, with it and without. */
async function bothPictures(page: Page): Promise<{ readonly focused: Buffer; readonly blurred: Buffer }> {
  const clip = await page.evaluate(() => {
    const element = document.activeElement;
    element?.scrollIntoView({ block: 'center' });
    const { left, top, width, height } = (element ?? document.body).getBoundingClientRect();
    const [x, y] = [Math.max(0, left - 4), Math.max(0, top - 4)];
    return { x, y, width: Math.min(width + 8, innerWidth - x), height: Math.min(height + 8, innerHeight - y) };
  });
  const focused = await page.screenshot({ clip });
  // A keyboard press before keeps :focus-visible when the focus comes back.
  await page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    element.dataset.hadFocus = '';
    element.blur();
  });
  const blurred = await page.screenshot({ clip });
  await page.evaluate(() => {
    const element = document.querySelector<HTMLElement>('[data-had-focus]');
    delete element?.dataset.hadFocus;
    element?.focus();
  });
  return { focused, blurred };
}
