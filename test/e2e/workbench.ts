import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { packageFile } from '../../scripts/build-if-needed';
import { root } from '../../scripts/root';
import type { SandboxDetails } from '../../src/accounts/sandbox-process';
import type { faults } from '../../src/sandbox/faults';
import { openBrowser } from '../browser/open-browser';
import { serveVscode, type ServingVscode } from '../vscode/serve-vscode';
import { sandboxVariable, startBuiltSandbox } from '../vscode/start-sandbox';

/** Beside other rings of tests a window takes its time. */
const longestWaitMs = 60_000;

/** A failure of the sandbox that can be switched. */
type Fault = keyof typeof faults;

/** Themes that pictures are taken in, by what VS Code calls them. */
export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
  'high-contrast-light': 'Default High Contrast Light',
} as const;

export type Theme = keyof typeof themes;

/** A window of VS Code with the packaged extension, signed in to a sandbox of its own. */
export interface Workbench {
  readonly page: Page;
  readonly sandbox: SandboxDetails & { readonly controlUrl: string; readonly controlToken: string };
  /** The folder that is open: a copy of test/vscode/workspace, unless another was asked for. */
  readonly workspace: string;
  /** Where VS Code's server keeps what is of the person and of extensions. */
  readonly dataFolder: string;
  /** Opens the view with the tree and returns it, with a row. */
  openView(): Promise<Locator>;
  /** Opens the view and returns the welcome text of its tree: waits for one that has this in it. */
  welcome(text: string | RegExp): Promise<Locator>;
  /** The tree's row with this text; opens the rows of `path` on the way. Rows are matched by the start of their names. */
  row(...path: readonly string[]): Promise<Locator>;
  /** The row with this text that is in sight under some parent: waits for it, and opens nothing. */
  shownRow(text: string | RegExp): Promise<Locator>;
  /** Opens the Accounts menu and returns its entry with this text: waits for it. */
  accountsMenu(text: string | RegExp): Promise<Locator>;
  /** Chooses what the Accounts menu has for an account; `proof` is what it shows then. */
  fromAccountsMenu(account: string, action: string, proof: Locator): Promise<void>;
  /** Begins to sign in from the Accounts menu. */
  signInFromAccountsMenu(): Promise<void>;
  /** Runs a command from the palette by its title. */
  command(title: string): Promise<void>;
  /** The question that is open: waits for it and returns its widget. */
  question(): Promise<Locator>;
  /** Picks an entry of the open question by its text. */
  pick(label: string | RegExp): Promise<void>;
  /** Types into the open question and accepts. `asked` is in its words, where another input stood there before. */
  answer(text: string, asked?: string): Promise<void>;
  /** Answers the questions of a sign-in that has begun with a key of the sandbox. */
  signIn(kind: 'service account' | 'API key'): Promise<void>;
  /** Opens a file of the workspace, with the cursor where it is wanted (from 1). */
  openFile(path: string, cursor?: { readonly line: number; readonly column: number }): Promise<void>;
  /** Saves the open file and returns its text once it has what is waited for. */
  saved(path: string, pattern: RegExp): Promise<string>;
  /** The notification with this text, in the list of notifications: waits for it. */
  notification(text: string | RegExp): Promise<Locator>;
  /** The inner frame of the webview that holds an element that matches `selector`. */
  webview(selector: string): Promise<Frame>;
  setTheme(theme: Theme): Promise<void>;
  /** Switches a failure of the sandbox, for one subject or for everything. */
  switchFault(fault: Fault, on: boolean, subject?: string): Promise<void>;
  /** Saves a picture below out/pictures/ and returns its path. */
  picture(name: string): Promise<string>;
  close(): Promise<void>;
}

/** What is open in the window. */
type Opened = 'sample' | 'empty-folder' | 'nothing';

/** Opens VS Code on a fresh workspace, about five seconds. `sandboxArgs` are those of `npm run sandbox`. */
export async function openWorkbench(
  options: {
    readonly sandboxArgs?: readonly string[];
    /** False: nobody is signed in, and sign-in offers the sandbox's address first, as if it were set by the person. */
    readonly isSignedIn?: boolean;
    /** False: the folder is not trusted. */
    readonly isTrusted?: boolean;
    readonly opened?: Opened;
    readonly settings?: Readonly<Record<string, unknown>>;
    readonly theme?: Theme;
    readonly size?: { readonly width: number; readonly height: number };
  } = {},
): Promise<Workbench> {
  const scratch = mkdtempSync(join(tmpdir(), 'private-endpoints-e2e-'));
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const one of closers.splice(0).reverse()) await one();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const workspace = join(scratch, 'orders-service');
    const { opened = 'sample', isSignedIn = true, isTrusted = true } = options;
    if (opened === 'sample') cpSync(join(root, 'test/vscode/workspace'), workspace, { recursive: true });
    else mkdirSync(workspace);
    const dataFolder = join(scratch, 'server-data');
    const settings = createSettings(join(dataFolder, 'data/Machine/settings.json'));
    const sandbox = await startBuiltSandbox(scratch, ...(options.sandboxArgs ?? []));
    closers.push(() => sandbox.close());
    const details = JSON.parse(readFileSync(sandbox.file, 'utf8')) as Workbench['sandbox'];
    settings.set({
      // Strings that belong to no account too: no name may be asked for outside this machine.
      'atlasPrivateEndpoints.test.dnsServers': [details.dnsServer],
      'atlasPrivateEndpoints.test.socksProxy': details.socksProxy,
      'atlasPrivateEndpoints.test.caFile': details.caFile,
      ...(isSignedIn ? {} : { 'atlasPrivateEndpoints.atlas.baseUrl': details.atlasBaseUrl }),
      ...options.settings,
      'workbench.colorTheme': themes[options.theme ?? 'dark'],
    });
    const vscode = await serveVscode({
      dataFolder,
      packages: [packageFile()],
      env: isSignedIn ? { [sandboxVariable]: sandbox.file } : {},
      isTrusted,
    });
    closers.push(() => vscode.close());
    const browser = await openBrowser();
    closers.push(() => browser.close());
    const address = vscode.windowUrl(opened === 'nothing' ? undefined : workspace);
    const page = await openPage(browser, vscode, address, options.size ?? { width: 1280, height: 800 });
    return {
      ...drive(page, workspace, settings, details),
      sandbox: details,
      dataFolder: join(dataFolder, 'data'),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPage(
  browser: Browser,
  vscode: ServingVscode,
  address: string,
  viewport: { readonly width: number; readonly height: number },
): Promise<Page> {
  const context = await browser.newContext({ viewport });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: `http://${vscode.authority}` });
  const page = await context.newPage();
  page.setDefaultTimeout(longestWaitMs);
  await page.goto(address);
  await page.getByRole('tab', { name: 'Private Endpoints' }).first().waitFor();
  // A new profile shows it, empty; sometimes the editor hides it by itself meanwhile.
  const sideBar = page.locator('.part.auxiliarybar');
  await eventually('window without a secondary side bar', async () => {
    if (!(await sideBar.isVisible())) return true;
    await page.keyboard.press('Control+Alt+B');
    await page.waitForTimeout(300);
    return undefined;
  });
  return page;
}

/** Settings of the machine, which hold in every window; the editor follows changes of the file. */
function createSettings(file: string) {
  // What the editor says of itself is in nobody's way then.
  let all: Readonly<Record<string, unknown>> = {
    'remote.autoForwardPorts': false,
    'chat.disableAIFeatures': true,
    'workbench.startupEditor': 'none',
    'workbench.tips.enabled': false,
  };
  mkdirSync(dirname(file), { recursive: true });
  return {
    set: (values: Readonly<Record<string, unknown>>): void => {
      all = { ...all, ...values };
      writeFileSync(file, JSON.stringify(all, undefined, 2));
    },
  };
}

function drive(
  page: Page,
  workspace: string,
  settings: ReturnType<typeof createSettings>,
  details: Workbench['sandbox'],
) {
  const quickInput = page.locator('.quick-input-widget');
  const tree = page.getByRole('tree', { name: 'Atlas' });

  const openContainer = async (): Promise<void> => {
    const tab = page.getByRole('tab', { name: 'Private Endpoints' }).locator('visible=true').first();
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  };
  const openView = async (): Promise<Locator> => {
    await openContainer();
    await tree.getByRole('treeitem').first().waitFor();
    return tree;
  };
  const question = async (): Promise<Locator> => {
    // Shown is not enough: until it has the focus, what is typed goes into the editor. A webview that was left for the
    // palette sometimes has it back when that closes: a person clicks into the question then.
    const input = quickInput.locator('.quick-input-box input').first();
    await input.waitFor();
    await eventually('question that has the focus', async () => {
      if ((await quickInput.locator('input:focus').count()) > 0) return true;
      await input.click({ timeout: 1000 }).catch(() => undefined);
      return undefined;
    });
    return quickInput;
  };
  const answer = async (text: string, asked = ''): Promise<void> => {
    await quickInput.filter({ hasText: asked }).waitFor();
    await question();
    // The question before this one may still stand there: it had a list.
    await quickInput.locator('.monaco-list-row').first().waitFor({ state: 'hidden' });
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  const accountsMenu = async (text: string | RegExp): Promise<Locator> => {
    const entry = page.getByRole('menuitem', { name: text });
    await eventually(`${String(text)} in the Accounts menu`, async () => {
      // What it lists is settled when it opens. A submenu closes alone.
      if (await page.locator('.monaco-menu').first().isVisible()) {
        await page.keyboard.press('Escape');
        return false;
      }
      await page
        .getByRole('button', { name: /^Accounts/ })
        .first()
        .click();
      return await isSoonShown(entry);
    });
    return entry;
  };
  const pick = async (label: string | RegExp): Promise<void> => {
    await question();
    await quickInput.locator('.monaco-list-row').filter({ hasText: label }).first().click();
  };
  const command = async (title: string): Promise<void> => {
    await page.keyboard.press('F1');
    await question();
    await page.keyboard.type(title);
    await quickInput.locator('.monaco-list-row').filter({ hasText: title }).first().click();
  };
  return {
    page,
    workspace,
    openView,
    welcome: async (text: string | RegExp): Promise<Locator> => {
      await openContainer();
      const shown = page.locator('.welcome-view-content').filter({ hasText: text }).first();
      await shown.waitFor();
      return shown;
    },
    question,
    command,
    row: async (...path: readonly string[]): Promise<Locator> => {
      await openView();
      let row: Locator | undefined;
      let above = -1;
      await tree.hover();
      await page.mouse.wheel(0, -10_000);
      for (const [index, name] of path.entries()) {
        // Rows of a level stand below their parent: the first one from there on.
        const found = await eventually(`row ${path.slice(0, index + 1).join(' › ')}`, async () => {
          for (const one of await tree.getByRole('treeitem', { name: startingWith(name) }).all()) {
            const isLevel = (await one.getAttribute('aria-level')) === String(index + 1);
            const place = Number(await one.getAttribute('data-index'));
            if (isLevel && place > above) return place;
          }
          // Rows that are out of sight are not there.
          await tree.hover();
          await page.mouse.wheel(0, 100);
          return undefined;
        });
        above = found;
        // Not its copy that sticks to the top while its children are in sight.
        row = tree.locator(`.monaco-list-rows > [data-index="${String(found)}"]`);
        if (index < path.length - 1 && (await row.getAttribute('aria-expanded')) === 'false') {
          await row.locator('.monaco-tl-twistie').click();
        }
      }
      assert.ok(row, 'a row has a name');
      return row;
    },
    shownRow: async (text: string | RegExp): Promise<Locator> => {
      const row = tree.getByRole('treeitem').filter({ hasText: text }).first();
      await row.waitFor();
      return row;
    },
    accountsMenu,
    signInFromAccountsMenu: async (): Promise<void> => {
      await eventually('sign-in from the Accounts menu', async () => {
        // In its first moments a menu takes no click.
        await (await accountsMenu(/^Sign in with MongoDB Atlas/)).click();
        return await isSoonShown(quickInput.getByText('Service account').first());
      });
    },
    fromAccountsMenu: async (account: string, action: string, proof: Locator): Promise<void> => {
      await eventually(`${action} in the Accounts menu`, async () => {
        await (await accountsMenu(`${account} (MongoDB Atlas)`)).hover();
        // In its first moments a menu takes no click; the key it takes as soon as the entry has the focus.
        await page.getByRole('menuitem', { name: action }).hover();
        await page.locator('.action-item.focused').filter({ hasText: action }).last().waitFor();
        await page.keyboard.press('Enter');
        return await isSoonShown(proof);
      });
    },
    pick,
    answer,
    signIn: async (kind: 'service account' | 'API key'): Promise<void> => {
      const isKey = kind === 'API key';
      await pick(isKey ? 'API key' : 'Service account');
      await pick('From the settings');
      await answer(isKey ? details.publicKey : details.clientId, isKey ? 'Public key' : 'Client ID');
      await answer(isKey ? details.privateKey : details.clientSecret, isKey ? 'Private key' : 'Client secret');
    },
    openFile: async (path: string, cursor?: { readonly line: number; readonly column: number }): Promise<void> => {
      await page.keyboard.press('Control+P');
      await question();
      await page.keyboard.type(path);
      const name = path.split('/').at(-1) ?? path;
      await quickInput.locator('.monaco-list-row').filter({ hasText: name }).first().click();
      await page.getByRole('tab', { name: startingWith(name) }).waitFor();
      if (cursor === undefined) return;
      await page.keyboard.press('Control+G');
      await question();
      await page.keyboard.type(`${String(cursor.line)}:${String(cursor.column)}`);
      // Before the place is read, Enter does nothing.
      await quickInput.getByText(`at column ${String(cursor.column)}`).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText(`Ln ${String(cursor.line)}, Col ${String(cursor.column)}`).waitFor();
    },
    saved: async (path: string, pattern: RegExp): Promise<string> => {
      await page.keyboard.press('Control+S');
      return await eventually(`${String(pattern)} in ${path}`, () => {
        const file = join(workspace, path);
        const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
        return Promise.resolve(pattern.test(text) ? text : undefined);
      });
    },
    notification: async (text: string | RegExp): Promise<Locator> => {
      const center = page.locator('.notifications-center');
      if (!(await center.isVisible())) await command('Notifications: Show Notifications');
      const item = center.locator('.monaco-list-row').filter({ hasText: text }).first();
      await item.waitFor();
      return item;
    },
    webview: async (selector: string): Promise<Frame> => {
      return await eventually(`webview with ${selector}`, async () => {
        for (const frame of page.frames()) {
          const count = await frame
            .locator(selector)
            .count()
            .catch(() => 0);
          if (count > 0) return frame;
        }
        return undefined;
      });
    },
    setTheme: async (theme: Theme): Promise<void> => {
      await eventually(`theme ${theme}`, async () => {
        settings.set({ 'workbench.colorTheme': themes[theme] });
        // The file is not watched from the first moment on.
        return await isSoonShown(page.locator(`.monaco-workbench.${themeClass[theme]}`));
      });
    },
    switchFault: async (fault: Fault, on: boolean, subject = '*'): Promise<void> => {
      const { status } = await fetch(`${details.controlUrl}/faults`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${details.controlToken}` },
        body: JSON.stringify({ fault, on, subject }),
      });
      assert.equal(status, 200);
    },
    picture: async (name: string): Promise<string> => {
      const folder = join(root, 'out/pictures');
      mkdirSync(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      return path;
    },
  };
}

/** For what may have to be done again before it works. */
async function isSoonShown(element: Locator): Promise<boolean> {
  return await element.waitFor({ timeout: 2000 }).then(
    () => true,
    () => false,
  );
}

/**
 * Asks again until the answer is neither undefined nor false, for as long as the page waits for its elements: for what
 * has no event.
 */
export async function eventually<T>(what: string, ask: () => Promise<T | false | undefined>): Promise<T> {
  const deadline = Date.now() + longestWaitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`there is no ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function startingWith(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}

const themeClass: Readonly<Record<Theme, string>> = {
  light: 'vs',
  dark: 'vs-dark',
  'high-contrast': 'hc-black',
  'high-contrast-light': 'hc-light',
};
