import assert from 'node:assert/strict';
import type { PageState, RestorableState, ToPage } from '../../../webview/protocol';
import { stateNamed } from './fixtures/all';
import { finding, moment, steps } from './fixtures/parts';
import { bootstrapOf, type OpenPage } from './open-page';
import { pageBrowser } from './page-browser';

describe('page and its messages', () => {
  const openPage = pageBrowser();
  let open: OpenPage;

  afterEach(() => open.close());

  const start = async (fixture: string): Promise<void> => {
    open = await openPage(bootstrapOf(stateNamed(fixture)));
  };

  const tellState = (fixture: string, revision: number, parts: Partial<PageState> = {}): Promise<void> =>
    open.tell({ type: 'state', state: { ...stateNamed(fixture), revision, ...parts } });

  const title = (): Promise<string | null> => open.page.locator('h1').textContent();

  it('is ready before it knows anything, and shows what comes', async () => {
    const { page } = stateNamed('waiting');
    open = await openPage({ restorable: { page } });
    assert.deepEqual(await open.told(), [{ type: 'ready' }]);
    assert.ok(await open.page.getByText('Reading from Atlas…').isVisible());
    assert.equal(await open.page.locator('[aria-busy]').count(), 1);
    await tellState('waiting', 1);
    assert.equal(await title(), 'Endpoint service · AWS us-east-1');
    assert.equal(await open.page.locator('[aria-busy]').count(), 0);
  });

  it('draws at first what fits into a window, and the rest right after', async () => {
    const { status, ...state } = stateNamed('many-endpoints');
    const [endpoint] = status?.endpoints ?? [];
    assert.ok(status && endpoint);
    const endpoints = Array.from({ length: 50 }, (_, index) => ({ ...endpoint, id: `vpce-${String(index)}` }));
    open = await openPage({ restorable: { page: state.page } });
    const drawn = await open.page.evaluate(
      async (next) => {
        const counts = new Set<number>();
        const isDrawn = new Promise<void>((resolve) => {
          new MutationObserver(() => {
            counts.add(document.querySelectorAll('.cards > li').length);
            if (document.querySelector('.danger-zone') !== null) resolve();
          }).observe(document.body, { subtree: true, childList: true });
        });
        window.postMessage({ type: 'state', state: next }, '*');
        await isDrawn;
        return [...counts];
      },
      { ...state, status: { ...status, endpoints } },
    );
    assert.deepEqual(drawn, [15, 50]);
  });

  it('draws of a long column what was tested before the rest, and has all of it in the table', async () => {
    const { status, ...state } = stateNamed('many-endpoints');
    assert.ok(status?.path);
    const [nodes, ...before] = status.path.columns.toReversed();
    assert.ok(nodes);
    const [last, ...others] = nodes.boxes.toReversed();
    assert.ok(last?.tone === 'untested');
    const boxes = [...others.reverse(), { ...last, tone: 'passed' as const, toneText: 'Reached' }];
    const path = { ...status.path, columns: [...before.reverse(), { ...nodes, boxes }] };
    open = await openPage({ restorable: { page: state.page } });
    await open.tell({ type: 'state', state: { ...state, status: { ...status, path } } });
    const drawing = open.page.locator('.path-column').last();
    await drawing.getByText('Reached', { exact: true }).waitFor();
    assert.equal(await drawing.locator('.path-box').count(), 6);
    await open.page.getByText('The path as a table').click();
    const rows = open.page.getByRole('table').getByRole('row', { name: /^Nodes / });
    await rows.last().waitFor();
    assert.equal(await rows.count(), boxes.length);
    assert.equal(await rows.filter({ hasText: 'Reached' }).count(), 1);
  });

  it('loads nothing but the icons, and lets nothing else in', async () => {
    await start('waiting');
    const asked: string[] = [];
    open.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await open.page.reload();
    await open.page.waitForFunction(() => window.harness.shownAt !== undefined);
    await open.page.evaluate(() => document.fonts.ready);
    assert.deepEqual(await open.failures(), []);
    const [page, ...files] = asked;
    assert.match(page ?? '', /\.html$/);
    assert.deepEqual(files.toSorted(), ['/dark.css', '/page/codicon.ttf'], 'the theme is of the tests');
    const refused = await open.page.evaluate(async () => {
      const seen = new Set<string>();
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => seen.add(effectiveDirective));
      const elements: readonly (readonly [string, string, string])[] = [
        ['script', 'textContent', 'window.broken = 1'],
        ['script', 'src', '/page/codicon.ttf'],
        ['style', 'textContent', 'main { display: none }'],
        ['img', 'src', '/favicon.ico'],
      ];
      for (const [name, property, value] of elements) {
        const element = document.createElement(name);
        Reflect.set(element, property, value);
        document.body.append(element);
      }
      await fetch('/favicon.ico').catch(() => undefined);
      // Some are told a moment later.
      for (let count = 0; count < 50 && seen.size < 4; count += 1) await new Promise((next) => setTimeout(next, 20));
      return {
        broken: window.broken,
        seen: [...seen].sort(),
        isShown: document.querySelector('main')?.checkVisibility(),
      };
    });
    assert.deepEqual(refused, {
      broken: undefined,
      seen: ['connect-src', 'img-src', 'script-src-elem', 'style-src-elem'],
      isShown: true,
    });
  });

  it('never goes back to an older state', async () => {
    await start('waiting');
    await tellState('available', 5);
    await tellState('failed', 4);
    assert.equal(await open.page.getByText('HIBERNATING').count(), 0);
  });

  it('passes over everything that is no message of the extension', async () => {
    await start('waiting');
    const before = await open.page.locator('main').innerText();
    const strange: readonly unknown[] = [
      undefined,
      null,
      'state',
      7,
      [],
      {},
      { type: 'state' },
      { type: 'state', state: { revision: '9' } },
      { type: 'state', state: { ...stateNamed('available'), revision: 9, steps: 'none' } },
      { type: 'state', state: { ...stateNamed('available'), revision: 9, header: null } },
      { type: 'progress', running: { title: 'x', lines: 'y' } },
      { type: 'announce', text: { toString: 'x' }, urgent: true },
      { type: 'focus', target: 'field' },
      { type: 'vscode-something', text: 'of the editor' },
    ];
    for (const message of strange) await open.tell(message as ToPage);
    assert.equal(withoutTimes(await open.page.locator('main').innerText()), withoutTimes(before));
    assert.deepEqual(await open.failures(), []);
    assert.deepEqual(await open.told(), [{ type: 'ready' }]);
  });

  it('shows that its script failed, and tells the extension, when a state is broken inside', async () => {
    await start('waiting');
    await open.told();
    await open.tell({
      type: 'state',
      state: { ...stateNamed('available'), revision: 2, steps: [null] } as unknown as PageState,
    });
    assert.equal(await title(), 'This page failed');
    const told = await open.told();
    assert.ok(
      told.some(({ type }) => type === 'page-error'),
      JSON.stringify(told),
    );
  });

  it('says changes once, politely or at once, and the same again when it happens again', async () => {
    await start('waiting');
    const [polite, urgent] = [open.page.locator('[role=status]'), open.page.locator('[role=alert]')];
    assert.equal(await polite.textContent(), '', 'there from the start, or it would not be heard');
    await open.tell({ type: 'announce', text: 'The endpoint is available.', urgent: false });
    assert.equal((await polite.textContent())?.trim(), 'The endpoint is available.');
    const first = await polite.textContent();
    await open.tell({ type: 'announce', text: 'The endpoint is available.', urgent: false });
    assert.notEqual(await polite.textContent(), first);
    await open.tell({ type: 'announce', text: 'AWS refuses.', urgent: true });
    assert.equal((await urgent.textContent())?.trim(), 'AWS refuses.');
    assert.equal(await polite.textContent(), '');
    assert.equal(await open.page.locator('main').getByText('AWS refuses.').count(), 0, 'it is said, not shown');
  });

  it('has nothing but beginning anew and closing where the service was removed', async () => {
    await start('available');
    await tellState('removed', 2);
    assert.deepEqual(await open.page.locator('.action').allInnerTexts(), ['Set Up Again', 'Close']);
    assert.match(await open.page.locator('.finding').innerText(), /^Done: The endpoint service was removed/);
    assert.deepEqual(await open.page.getByRole('heading').allInnerTexts(), ['Endpoint service · AWS us-east-1']);
    await open.told();
    await open.page.getByRole('button', { name: 'Set Up Again' }).click();
    await open.page.getByRole('button', { name: 'Close' }).click();
    assert.deepEqual(await open.told(), [
      { type: 'action', action: 'start-over' },
      { type: 'action', action: 'close' },
    ]);
  });

  it('chooses credentials in the question, and takes the option that comes with them', async () => {
    await start('another-machine');
    await open.told();
    const question = open.page.locator('.confirmation');
    await question.locator('vscode-dropdown').click();
    await question.getByRole('option', { name: /^network/ }).click();
    assert.deepEqual((await open.told()).at(-1), { type: 'set', field: 'profile', value: 'profile:network' });
    const { confirmation } = stateNamed('another-machine');
    const option = { id: 'cloud', label: 'Delete it in the AWS account too', value: true };
    assert.ok(confirmation);
    await tellState('another-machine', 2, { confirmation: { ...confirmation, options: [option] } });
    await question.getByRole('button', { name: 'Remove' }).click();
    const answer = { type: 'confirm', confirmation: 'remove-2', typed: '', options: ['cloud'] };
    assert.deepEqual((await open.told()).at(-1), answer);
    await question.getByRole('checkbox', { name: option.label }).click();
    await question.getByRole('button', { name: 'Remove' }).click();
    assert.deepEqual((await open.told()).at(-1), { ...answer, options: [] });
  });

  it('shows progress between two states, without moving the focus', async () => {
    await start('service-creating');
    await open.page.getByRole('button', { name: 'Cancel' }).focus();
    await open.tell({
      type: 'progress',
      running: {
        step: 'service',
        title: 'Creating the endpoint service',
        cancellable: true,
        lines: [{ text: 'Wait for its name', status: 'running', statusText: 'Under way' }],
      },
    });
    assert.equal(await open.page.getByRole('region', { name: 'Creating the endpoint service' }).count(), 1);
    assert.equal(await open.page.locator('.line-running').innerText(), 'Under way: Wait for its name');
    assert.equal(await open.page.evaluate(() => document.activeElement?.textContent), 'Cancel');
  });

  it('waits with every other action while something runs', async () => {
    await start('removing');
    await open.told();
    for (const button of await open.page.locator('vscode-button, button.link').all()) {
      const name = await button.textContent();
      // Copying is no action.
      if (name === '') continue;
      assert.equal(await button.getAttribute('aria-disabled'), 'true', name ?? '');
      await button.dispatchEvent('click');
    }
    assert.deepEqual(await open.told(), []);
  });

  it('keeps what is being typed over states that do not know of it', async () => {
    await start('register-problems');
    await open.told();
    const field = open.page.locator('[data-field=endpointId] input');
    await field.fill('vpce-0123');
    await tellState('register-problems', 2);
    assert.equal(await field.inputValue(), 'vpce-0123');
    await open.page.waitForFunction(() => window.harness.posted.some(({ type }) => type === 'set'));
    assert.deepEqual(await open.told(), [{ type: 'set', field: 'endpointId', value: 'vpce-0123' }]);
    await field.blur();
    assert.deepEqual(await open.told(), [], 'what has been sent is not sent again');
  });

  it('puts the focus where the extension says, into a step that was closed too', async () => {
    await start('cloud-aws');
    await open.tell({ type: 'focus', target: { kind: 'field', field: 'securityGroups' } });
    await focusOn('[data-field=securityGroups] *');
    await open.tell({ type: 'focus', target: { kind: 'step', step: 'use' } });
    await focusOn('#step-use');
    assert.equal(await open.page.locator('#step-use').getAttribute('aria-expanded'), 'true');
  });

  it('puts the focus on the first field that was refused', async () => {
    await start('cloud-aws');
    await open.page.getByText('Create the interface endpoint', { exact: true }).click();
    await tellState('cloud-aws-problems', 2);
    await focusOn('[data-field=subnets] *');
  });

  it('puts the focus on the refusal when it belongs to no field', async () => {
    await start('service-creating');
    await open.close();
    const waiting = stateNamed('service-failed');
    open = await openPage(bootstrapOf({ ...waiting, steps: steps('service', 'current', doIt) }));
    await open.page.getByText('Create the endpoint service', { exact: true }).last().click();
    await tellState('service-creating', 2);
    await tellState('service-failed', 3);
    await focusOn('#step-service-problem');
  });

  it('does not lose the focus with the button that had it', async () => {
    await start('cloud-aws');
    await open.page.getByText('Show commands', { exact: true }).focus();
    await open.page.locator('vscode-button').filter({ hasText: 'Show commands' }).focus();
    await tellState('waiting', 2);
    await focusOn('#step-wait');
  });

  it('has the editor remember what it is about and where the person was', async () => {
    await start('waiting');
    await open.page.locator('#step-cloud').click();
    const { page } = stateNamed('waiting');
    await open.page.waitForFunction(() => window.harness.kept.length > 1);
    const kept = await open.page.evaluate(() => window.harness.kept);
    assert.deepEqual(kept.at(-1), { page, step: 'cloud' } satisfies RestorableState);
    await open.close();
    open = await openPage({ restorable: { page, step: 'cloud' }, state: stateNamed('waiting') });
    assert.equal(await open.page.locator('#step-cloud').getAttribute('aria-expanded'), 'true');
  });

  it('remembers the service that a page about a new one has made', async () => {
    await start('check-passed');
    await tellState('waiting', 2);
    await open.page.waitForFunction(() => window.harness.kept.length > 1);
    const kept = await open.page.evaluate(() => window.harness.kept);
    assert.deepEqual((kept.at(-1) as RestorableState).page, stateNamed('waiting').page);
  });

  it('counts the time since Atlas was asked by itself', async () => {
    await start('available');
    assert.match(await open.page.locator('.as-of').innerText(), /1[2-9] s ago$/);
    await open.page.clock.setSystemTime(moment + 4 * 60_000);
    await open.page.getByText(/3 min 1\d s ago/).waitFor();
  });

  it('shows a partial state as one: what is missing is said, what is known stays', async () => {
    await start('available');
    await tellState('available', 2, {
      notices: [finding('warning', 'The clusters could not be read', { fixes: ['Try again.'] })],
      status: { endpoints: [], targets: [], limits: [], fieldGroups: [], cloud: [], tests: [] },
    });
    assert.ok(await open.page.getByText('The clusters could not be read').isVisible());
    assert.ok(await open.page.getByText('There is no endpoint yet.').isVisible());
  });

  /** Waits for it: the focus moves once the place has been drawn. */
  async function focusOn(selector: string): Promise<void> {
    await open.page.waitForFunction((place) => document.activeElement?.matches(place), selector, { timeout: 5000 });
  }
});

const doIt = {
  doIt: { action: 'do', label: 'Create the endpoint service', look: 'primary' },
} as const;

/** Without what counts on by itself. */
function withoutTimes(text: string): string {
  return text.replace(/\d+ (s|min)\b/g, '');
}
