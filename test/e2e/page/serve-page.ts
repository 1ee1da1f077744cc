import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildIfNeeded } from '../../../scripts/build-if-needed';
import { root } from '../../../scripts/root';
import { pageDocument } from '../../../src/ui/page/page-document';
import { pageFolder, readPageFiles, type PageFiles } from '../../../src/ui/page/page-files';
import type { Bootstrap } from '../../../webview/protocol';

/** VS Code's default themes, as `capture-themes.ts` found them. */
export const themeNames = ['light', 'dark', 'high-contrast', 'high-contrast-light'] as const;

export type ThemeName = (typeof themeNames)[number];

interface Theme {
  readonly bodyClass: string;
  readonly themeKind: string;
  readonly defaultStyles: string;
  readonly variables: Readonly<Record<string, string>>;
}

export function readTheme(name: ThemeName): Theme {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'themes', `${name}.json`), 'utf8')) as Theme;
}

/** The built page on loopback, in documents like those that the extension gives to a webview. */
export interface PageServer {
  /** The address of a document; it is served as often as it is asked for. */
  add(bootstrap: Bootstrap, theme: ThemeName): string;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.ttf': 'font/ttf',
  '.html': 'text/html; charset=utf-8',
};

/** Builds what is not built and serves it until it is closed. */
export async function servePage(): Promise<PageServer> {
  buildIfNeeded();
  const files = await readPageFiles(root);
  const font = readFileSync(join(root, pageFolder, 'codicon.ttf'));
  const documents = new Map<string, string>();
  const server = createServer((request, response) => {
    const url = (request.url ?? '/').replace(/\?.*$/, '');
    const text = documents.get(url) ?? (url === '/page/codicon.ttf' ? font : undefined);
    const found = url === '/favicon.ico' ? 204 : 200;
    response.writeHead(text === undefined && found === 200 ? 404 : found, {
      'content-type': types[/\.\w+$/.exec(url)?.[0] ?? ''] ?? 'text/plain',
    });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  for (const name of themeNames) documents.set(`/${name}.css`, themeSheet(readTheme(name)));
  return {
    add: (bootstrap, theme) => {
      const path = `/${String(documents.size)}.html`;
      documents.set(path, documentOf(bootstrap, files, theme, origin));
      return origin + path;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function themeSheet({ variables, defaultStyles }: Theme): string {
  const declarations = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `html { ${declarations.join('\n')} background: var(--vscode-editor-background); }\n${defaultStyles}`;
}

/** What the page finds where the editor would be: it keeps what the page says, for the tests to look at. */
const editorApi = `
  const posted = [];
  const kept = [];
  window.harness = { posted, kept };
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => {
      posted.push(structuredClone(message));
      if (message.type === 'ready')
        requestAnimationFrame(() => setTimeout(() => (window.harness.shownAt = performance.now())));
    },
    setState: (state) => void kept.push(structuredClone(state)),
  });
  document.addEventListener('securitypolicyviolation', (event) => {
    (window.harness.violations ??= []).push(event.violatedDirective + ' ' + event.sourceFile + ':' + event.lineNumber + ' ' + event.sample);
  });
`;

/** The extension's own document, with the theme and what else VS Code puts into it. */
function documentOf(bootstrap: Bootstrap, files: PageFiles, themeName: ThemeName, origin: string): string {
  const { bodyClass, themeKind } = readTheme(themeName);
  return pageDocument({
    bootstrap,
    language: 'en',
    title: 'Private endpoint',
    cspSource: origin,
    files,
    folder: '/page',
    test: {
      script: editorApi,
      head: (nonce) => `<link id="theme" rel="stylesheet" nonce="${nonce}" href="/${themeName}.css">`,
      body: `class="vscode-body ${bodyClass}" data-vscode-theme-kind="${themeKind}"`,
    },
  });
}
