import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Services } from '../../../src/services';
import type { TreeElement } from '../../../src/ui/tree/elements';

const openings = 10;
/** Between two openings, in milliseconds: the window rests. */
const pause = 300;

/** Milliseconds of each opening, one after the other in one window. */
export interface MeasuredPage {
  /** Of the first page of the window, whose code is loaded for it. */
  readonly first: number;
  /** From the command until the extension knows that the page is drawn and listens. */
  readonly pages: readonly number[];
  /** From the making of a panel until the extension knows that a document of one line has run. */
  readonly emptyWebviews: readonly number[];
}

/** Opens the page of a new set-up as its command in the tree does, and by turns a webview with nothing in it. */
export async function measurePage(services: Services): Promise<MeasuredPage> {
  const project = await firstProject(services);
  const { accountId, projectId } = project;
  // The first state has all that there is to draw.
  await services.store.ensure(accountId, { kind: 'project', projectId });
  // The editor's own first webview is not counted.
  await openEmpty();
  const first = await openPage(services, project);
  const pages: number[] = [];
  const emptyWebviews: number[] = [];
  for (let count = 0; count < openings; count += 1) {
    emptyWebviews.push(await openEmpty());
    pages.push(await openPage(services, project));
  }
  return { first, pages, emptyWebviews };
}

async function firstProject({ tree }: Services) {
  let rows: readonly TreeElement[] = await tree.getChildren();
  for (let depth = 0; depth < 4; depth += 1) {
    const project = rows.find((row) => row.kind === 'project');
    if (project !== undefined) return project;
    rows = await tree.getChildren(rows[0]);
  }
  throw new Error('The sandbox has no project.');
}

async function openPage(services: Services, project: TreeElement): Promise<number> {
  const started = performance.now();
  await vscode.commands.executeCommand('atlasPrivateEndpoints.setUpEndpoint', project);
  const page = (await services.commands.pages()).active();
  if (page === undefined) throw new Error('The command has opened no page.');
  await page.ready;
  const took = performance.now() - started;
  if (page.controller.state().steps.length === 0) throw new Error('The page has shown no steps.');
  await close(page.panel);
  return took;
}

async function openEmpty(): Promise<number> {
  const started = performance.now();
  const panel = vscode.window.createWebviewPanel('empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true });
  const told = new Promise((resolve) => panel.webview.onDidReceiveMessage(resolve));
  const nonce = randomBytes(18).toString('base64');
  panel.webview.html = `<!DOCTYPE html><html><head>
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'">
    </head><body><script nonce="${nonce}">acquireVsCodeApi().postMessage('runs')</script></body></html>`;
  await told;
  const took = performance.now() - started;
  await close(panel);
  return took;
}

async function close(panel: vscode.WebviewPanel): Promise<void> {
  panel.dispose();
  await new Promise((resolve) => setTimeout(resolve, pause));
}
