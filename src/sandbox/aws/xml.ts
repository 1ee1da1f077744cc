import { XMLBuilder } from 'fast-xml-parser';

/** What an answer is made of: absent fields are left out, a list becomes its `<item>` elements. */
export type Xml = string | number | boolean | undefined | readonly Xml[] | { readonly [name: string]: Xml };

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });

/** A document with one root element; `namespace` is left out where AWS has none. */
export function xmlDocument(root: string, namespace: string | undefined, content: Readonly<Record<string, Xml>>): string {
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    [root]: { ...(namespace === undefined ? {} : { '@xmlns': namespace }), ...fieldsOf(content) },
  });
}

function fieldsOf(content: Readonly<Record<string, Xml>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, value]) => (value === undefined ? [] : [[name, valueOf(value)]])),
  );
}

function valueOf(value: Exclude<Xml, undefined>): unknown {
  if (isList(value)) return { item: value.flatMap((each) => (each === undefined ? [] : [valueOf(each)])) };
  return typeof value === 'object' ? fieldsOf(value) : value;
}

function isList(value: Xml): value is readonly Xml[] {
  return Array.isArray(value);
}
