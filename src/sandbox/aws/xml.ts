/** What an answer is made of: absent fields are left out, a list becomes its `<item>` elements. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

/** A document with one root element. Names are the sandbox's own; only texts are escaped. */
export function xmlDocument(root: string, namespace: string, content: Readonly<Record<string, Xml>>): string {
  const attribute = namespace === '' ? '' : ` xmlns="${escape(namespace)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attribute}>${inside(content)}</${root}>`;
}

function inside(value: Exclude<Xml, undefined>): string {
  if (isList(value)) return value.map((item) => element('item', item)).join('');
  if (typeof value !== 'object') return escape(String(value));
  return Object.entries(value)
    .map(([name, field]) => element(name, field))
    .join('');
}

function element(name: string, value: Xml): string {
  return value === undefined ? '' : `<${name}>${inside(value)}</${name}>`;
}

function isList(value: Xml): value is readonly Xml[] {
  return Array.isArray(value);
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Carriage returns too: XML reads them as line feeds otherwise. */
function escape(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => escapes[character] ?? `&#${character.charCodeAt(0)};`);
}
