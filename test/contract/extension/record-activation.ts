// A program: loads the extension file that its first argument names, activates it and prints, as JSON, what that did.
// `vscode` is a stand-in that answers everything and does nothing, so nothing else happens in this process.
import { createHook } from 'node:async_hooks';
import childProcess from 'node:child_process';
import fs from 'node:fs';
import Module from 'node:module';

/** What the activation did until nothing was left to do. */
export interface Recorded {
  /** Resources of Node for files, sockets, names, requests and processes, by their kinds: `FSREQCALLBACK`, `TCPWRAP`. */
  readonly resources: readonly string[];
  /** Calls on files and processes that waited for their answers: `readFileSync /path`. */
  readonly waitingCalls: readonly string[];
  /** Functions of the editor that were called: `window.createTreeView`. */
  readonly editorCalls: readonly string[];
}

type Callable = (...args: readonly unknown[]) => unknown;

const recorded = { resources: [] as string[], waitingCalls: [] as string[], editorCalls: [] as string[] };

/** Made for what waits for nobody outside of the process. */
const harmless = new Set(['Immediate', 'Microtask', 'PROMISE', 'TickObject', 'Timeout']);

const hook = createHook({
  init: (_id, kind) => {
    if (!harmless.has(kind)) recorded.resources.push(kind);
  },
});

/** Everything of the editor: a function, a class and a namespace at once. Its lists are empty. */
function standIn(path: string, given: Readonly<Record<string, unknown>> = {}): unknown {
  const known: Record<string | symbol, unknown> = { ...given };
  const target = function (): void {
    // Its calls are the traps below.
  };
  return new Proxy(target, {
    get: (_, name) => {
      // No promise, and nothing to list.
      if (name === 'then' || typeof name === 'symbol') return undefined;
      return name in known ? known[name] : (known[name] = standIn(path === '' ? name : `${path}.${name}`));
    },
    apply: () => {
      recorded.editorCalls.push(path);
      return standIn(`${path}()`);
    },
    construct: () => standIn(`new ${path}`) as object,
  });
}

const editor = standIn('', {
  l10n: { bundle: undefined, t: (text: string) => text },
  window: standIn('window', { visibleTextEditors: [] }),
});

/** A window of somebody who is signed in: there is something to ask Atlas for. */
const account = { id: '1', label: 'Acme', kind: 'service-account', baseUrl: '' };
const memento = { get: (key: string) => (key === 'accounts' ? [account] : undefined), update: () => Promise.resolve() };
const context = standIn('context', {
  subscriptions: [],
  globalState: memento,
  asAbsolutePath: (path: string) => path,
});

/** Node has no other way to give a module that is no file. */
const loader = Module as unknown as { _load: Callable };
const load = loader._load;
loader._load = (name, ...rest) => (name === 'vscode' ? editor : Reflect.apply(load, loader, [name, ...rest]));

for (const module of [fs, childProcess] as unknown as Record<string, Callable>[]) {
  for (const [name, original] of Object.entries(module)) {
    if (!name.endsWith('Sync')) continue;
    const wrapped: Callable = (...args) => {
      recorded.waitingCalls.push(`${name} ${String(args[0])}`);
      return Reflect.apply(original, module, args);
    };
    module[name] = Object.assign(wrapped, original);
  }
}

process.once('beforeExit', () => {
  hook.disable();
  process.stdout.write(JSON.stringify(recorded));
});
const [, , file = ''] = process.argv;
hook.enable();
const extension = Module.createRequire(file)(file) as { activate: (context: unknown) => unknown };
extension.activate(context);
