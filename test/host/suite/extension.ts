import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SandboxDetails } from '../../../src/accounts/sandbox-process';
import type { ExtensionApi } from '../../../src/extension';
import type { Services } from '../../../src/services';
import { back, type Choice, type Prompts } from '../../../src/ui/prompts/prompts';
import type { TreeElement } from '../../../src/ui/tree/elements';

export const extensionId = 'atlas-private-endpoints.atlas-private-endpoints';

/** The running extension with its insides; activates it as the editor does. */
export async function extension(): Promise<Services> {
  const found = vscode.extensions.getExtension<ExtensionApi>(extensionId);
  assert.ok(found, 'the extension is installed');
  const api = await found.activate();
  assert.ok(api.testing, 'the extension knows that it is being tested');
  return api.testing;
}

interface RunnersSandbox extends SandboxDetails {
  readonly controlUrl: string;
  readonly controlToken: string;
}

/** What the runner's sandbox said about itself. */
export async function sandbox(): Promise<RunnersSandbox> {
  const file = process.env.ATLAS_PRIVATE_ENDPOINTS_SANDBOX_FILE;
  assert.ok(file, 'the runner names the file of its sandbox');
  return JSON.parse(await readFile(file, 'utf8')) as RunnersSandbox;
}

/** Switches a failure of the sandbox, for one subject. */
export async function switchFault(fault: string, on: boolean, subject: string): Promise<void> {
  const { controlUrl, controlToken } = await sandbox();
  const { status } = await fetch(`${controlUrl}/faults`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${controlToken}` },
    body: JSON.stringify({ fault, on, subject }),
  });
  assert.equal(status, 200);
}

/** Signs in to the sandbox as a person does: by looking at the tree. */
export async function signedIn(): Promise<Services> {
  const services = await extension();
  await services.tree.getChildren();
  if (services.accounts.list().length === 0) await vscode.commands.executeCommand('atlasPrivateEndpoints.trySandbox');
  assert.ok(services.accounts.list().some(({ kind }) => kind === 'sandbox'));
  return services;
}

/** Follows labels (texts or patterns) down the tree, opening every level. */
export async function find(services: Services, ...path: readonly (string | RegExp)[]): Promise<TreeElement> {
  let element: TreeElement | undefined;
  for (const wanted of path) {
    const rows: readonly TreeElement[] = await services.tree.getChildren(element);
    const found = rows.find((row) => isMatch(services.tree.lookOf(row).label, wanted));
    const labels = rows.map((row) => services.tree.lookOf(row).label).join(' | ');
    assert.ok(found, `${String(wanted)} among: ${labels}`);
    element = found;
  }
  assert.ok(element);
  return element;
}

function isMatch(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}

/** Resolves when the open tabs are as wanted; the test's own timeout is the limit. */
export async function tabsUntil(wanted: (tabs: readonly vscode.Tab[]) => boolean): Promise<void> {
  const tabs = (): readonly vscode.Tab[] => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (!wanted(tabs())) return;
      watch.dispose();
      resolve();
    };
    const watch = vscode.window.tabGroups.onDidChangeTabs(look);
    look();
  });
}

/** One question that was asked, as a person saw it. */
export interface Asked {
  readonly kind: keyof Prompts;
  readonly text: string;
  readonly choices: readonly string[];
  /** Those of them that are shown, but not to be taken. */
  readonly unavailable?: readonly string[];
  readonly detail?: string;
}

type Reply = string | RegExp | boolean | typeof back | undefined;

/**
 * Answers the next questions of commands in order: a pick by its label, an input by a text, a confirmation by true or
 * false. `asked` tells afterwards what was asked; `done` fails when answers are left over and puts the editor's own
 * prompts back.
 */
export function answer(services: Services, ...replies: readonly Reply[]) {
  const original = { ...services.prompts };
  const asked: Asked[] = [];
  const left = [...replies];
  const unexpected: string[] = [];
  const next = (question: string): Reply => {
    // What is thrown here ends the command and is shown to nobody.
    if (left.length === 0) unexpected.push(question);
    assert.ok(left.length > 0, `nobody expected the question: ${question}`);
    return left.shift();
  };
  const fake: Prompts = {
    pick: async <T>(question: {
      placeholder: string;
      choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
    }) => {
      const choices = await question.choices;
      const labels = choices.map(({ label }) => label);
      const unavailable = choices.flatMap((one) => (one.unavailable === true ? [one.label] : []));
      asked.push({ kind: 'pick', text: question.placeholder, choices: labels, unavailable });
      const reply = next(question.placeholder);
      if (reply === undefined || reply === back) return reply;
      assert.ok(typeof reply === 'string' || reply instanceof RegExp);
      const chosen = choices.find(({ label, separator }) => separator !== true && isMatch(label, reply));
      assert.ok(chosen, `${String(reply)} among: ${labels.join(' | ')}`);
      return chosen.value;
    },
    input: (question) => {
      asked.push({ kind: 'input', text: question.prompt, choices: [] });
      const reply = next(question.prompt);
      if (reply === undefined || reply === back) return Promise.resolve(reply);
      assert.ok(typeof reply === 'string');
      assert.equal(question.validate?.(reply), undefined);
      return Promise.resolve(reply);
    },
    confirm: ({ message, detail }) => {
      asked.push({ kind: 'confirm', text: message, choices: [], ...(detail === undefined ? {} : { detail }) });
      return Promise.resolve(next(message) === true);
    },
    file: ({ title }) => {
      asked.push({ kind: 'file', text: title, choices: [] });
      const reply = next(title);
      return Promise.resolve(typeof reply === 'string' ? reply : undefined);
    },
  };
  Object.assign(services.prompts, fake);
  return {
    asked,
    done: () => {
      Object.assign(services.prompts, original);
      assert.deepEqual(left, [], 'all expected questions were asked');
      assert.deepEqual(unexpected, [], 'nothing else was asked');
    },
  };
}
