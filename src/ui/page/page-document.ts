import { randomBytes } from 'node:crypto';
import type { Bootstrap } from '../../../webview/protocol';

/** What a page's document is made of. */
export interface PageDocument {
  readonly bootstrap: Bootstrap;
  /** The editor's display language, `vscode.env.language`. */
  readonly language: string;
  /** Before the page has a title of its own. */
  readonly title: string;
  /** `webview.cspSource`: where the page's own files come from. */
  readonly cspSource: string;
  /** Addresses of the files of `dist/webview`, by `webview.asWebviewUri`. The font stands beside the style sheet. */
  readonly script: string;
  readonly styleSheet: string;
  /** In the tests: a script before the page's own, and elements for `head`. */
  readonly test?: { readonly script: string; readonly head: string; readonly body: string };
}

/**
 * The document of a service page: nothing but the page's own script, style sheet and font may load, and what the page
 * has to know stands in it as inert JSON.
 *
 * Styles have a nonce of their own, and only that one is told: the component library adds an empty style element to
 * find out what the browser can do, and looks for a nonce in `csp-nonce`.
 */
export function pageDocument({
  bootstrap,
  language,
  title,
  cspSource,
  script,
  styleSheet,
  test,
}: PageDocument): string {
  const scriptNonce = newNonce();
  const styleNonce = newNonce();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${scriptNonce}'`,
    `style-src ${cspSource} 'nonce-${styleNonce}'`,
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
${test?.head ?? ''}
<link rel="stylesheet" href="${escapeHtml(styleSheet)}">
</head>
<body ${test?.body ?? ''}>
<div id="page"></div>
<script type="application/json" id="bootstrap">${inertJson(bootstrap)}</script>
${test === undefined ? '' : `<script nonce="${scriptNonce}">${test.script}</script>`}
<script nonce="${scriptNonce}" src="${escapeHtml(script)}"></script>
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

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
