import { randomBytes } from 'node:crypto';
import type { Bootstrap } from '../../../webview/protocol';
import type { PageFiles } from './page-files';

/** What a page's document is made of. */
export interface PageDocument {
  readonly bootstrap: Bootstrap;
  /** The editor's display language, `vscode.env.language`. */
  readonly language: string;
  /** Before the page has a title of its own. */
  readonly title: string;
  /** `webview.cspSource`: where the icons' font comes from. */
  readonly cspSource: string;
  readonly files: PageFiles;
  /** The address of the folder that the style sheet was in, by `webview.asWebviewUri`: the font is there. */
  readonly folder: string;
  /** In the tests: a script before the page's own, elements for `head` that may use the nonce of styles. */
  readonly test?: {
    readonly script: string;
    readonly head: (styleNonce: string) => string;
    readonly body: string;
  };
}

/**
 * The document of a service page: the page's own script and style sheet, each allowed by a nonce, and what the page has
 * to know as inert JSON. Nothing but the icons' font is loaded: each file of a webview is asked for by way of the
 * editor, and in a remote window of the machine that the extension runs on, while the person waits.
 *
 * Styles have a nonce of their own, and only that one is told: the component library adds an empty style element to
 * find out what the browser can do, and looks for a nonce in `csp-nonce`.
 */
export function pageDocument({ bootstrap, language, title, cspSource, files, folder, test }: PageDocument): string {
  const scriptNonce = newNonce();
  const styleNonce = newNonce();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${scriptNonce}'`,
    `style-src 'nonce-${styleNonce}'`,
    `font-src ${cspSource}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${styleNonce}">
<title>${escapeHtml(title)}</title>
${test?.head(styleNonce) ?? ''}
<style nonce="${styleNonce}">${inlineStyles(files.styleSheet, folder)}</style>
</head>
<body ${test?.body ?? ''}>
<div id="page"></div>
<script type="application/json" id="bootstrap">${inertJson(bootstrap)}</script>
${test === undefined ? '' : `<script nonce="${scriptNonce}">${test.script}</script>`}
<script nonce="${scriptNonce}">${inlineScript(files.script)}</script>
</body>
</html>`;
}

function newNonce(): string {
  return randomBytes(18).toString('base64');
}

/** JSON that neither ends the element it stands in nor opens a comment. */
function inertJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** A script that neither ends its element nor opens a comment: the build has both in literals only, if at all. */
function inlineScript(text: string): string {
  return text.replace(/<(?=!--|\/script)/gi, '\\x3C');
}

/** A style sheet that does not end its element, with the files beside it by their address. */
function inlineStyles(text: string, folder: string): string {
  return text.replace(/<(?=\/style)/gi, '\\3c ').replaceAll('url("./', () => `url("${folder}/`);
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
