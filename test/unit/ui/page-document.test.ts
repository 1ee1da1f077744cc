import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import { pageDocument } from '../../../src/ui/page/page-document';
import type { PageFiles } from '../../../src/ui/page/page-files';

const folder = 'https://file+.vscode-resource.vscode-cdn.net/extension/dist/webview';
const cspSource = 'https://*.vscode-cdn.net';

const documentWith = (files: Partial<PageFiles>, title = 'Set Up a Private Endpoint'): string =>
  pageDocument({
    bootstrap: { restorable: { page: { kind: 'federation', accountId: 'a', projectId: title } } },
    language: 'en',
    title,
    cspSource,
    files: { script: '', styleSheet: '', ...files },
    folder,
  });

/** What a browser takes for the text of each element of a name: up to the first end tag, whatever it stands in. */
function textsOf(html: string, element: 'script' | 'style'): readonly string[] {
  const pattern = new RegExp(`<${element}(?=[\\s>])[^>]*>([^]*?)</${element}`, 'gi');
  return [...html.matchAll(pattern)].map(([, text = '']) => text);
}

function policyOf(html: string): ReadonlyMap<string, readonly string[]> {
  const [, content = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return new Map(
    content.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]),
  );
}

describe('document of a service page', () => {
  it('allows its own script and styles by a nonce, the font, and nothing else', () => {
    const html = documentWith({});
    const policy = policyOf(html);
    assert.deepEqual(
      [...policy.keys()],
      ['default-src', 'script-src', 'style-src', 'font-src', 'base-uri', 'form-action'],
    );
    for (const directive of ['default-src', 'base-uri', 'form-action']) {
      assert.deepEqual(policy.get(directive), ["'none'"], directive);
    }
    assert.deepEqual(policy.get('font-src'), [cspSource]);
    const nonces = ['script-src', 'style-src'].map((directive) => {
      const sources = policy.get(directive) ?? [];
      assert.equal(sources.length, 1, directive);
      const [, nonce] = /^'nonce-([\w+/]{24})'$/.exec(sources[0] ?? '') ?? [];
      assert.ok(nonce, sources[0]);
      return nonce;
    });
    assert.equal(new Set(nonces).size, 2);
    const [scriptNonce = '', styleNonce = ''] = nonces;
    assert.equal(html.split(`<script nonce="${scriptNonce}">`).length, 2);
    assert.equal(html.split(`<style nonce="${styleNonce}">`).length, 2);
    assert.doesNotMatch(html, /<script[^>]* src=|<link /);
    assert.notEqual(documentWith({}), html, 'each document has nonces of its own');
  });

  it('holds the script as it was, whatever stands in its literals', () => {
    const values = ['</script>', '</SCRIPT >', '<!--', '<!-- <script> -->', '<script>', '$& $1', '\\', '</style>'];
    const script = `told(${JSON.stringify(values)}, \`<!--\${1 < 2}-->\`, /<!--|<\\/script/.test('<!--'));`;
    const html = documentWith({ script });
    const text = textsOf(html, 'script').at(-1) ?? '';
    assert.doesNotMatch(text, /<!--/);
    let told: unknown[] = [];
    runInNewContext(text, { told: (...all: unknown[]) => (told = all) });
    assert.equal(JSON.stringify(told), JSON.stringify([values, '<!--true-->', true]));
    assert.equal(textsOf(html, 'script').length, 2, 'the bootstrap and the script');
  });

  it('holds the style sheet, which finds the font where its file is', () => {
    const styleSheet = '@font-face { src: url("./codicon.ttf?1") } .a::after { content: "</style><b>" }';
    const [text = ''] = textsOf(documentWith({ styleSheet }), 'style');
    assert.ok(text.includes(`url("${folder}/codicon.ttf?1")`), text);
    assert.ok(text.endsWith('content: "\\3c /style><b>" }'), text);
  });

  it('takes no text of Atlas for markup', () => {
    const html = documentWith({}, '</title></script><img src=x onerror=alert(1)>"<!--');
    assert.doesNotMatch(html, /<img|<!--/);
    const [bootstrap = ''] = textsOf(html, 'script');
    assert.deepEqual((JSON.parse(bootstrap) as { restorable: unknown }).restorable, {
      page: { kind: 'federation', accountId: 'a', projectId: '</title></script><img src=x onerror=alert(1)>"<!--' },
    });
  });
});
