/** An expression that stands as it is: a reference such as `aws_vpc_endpoint.this.id`. Never made from input. */
export interface Expression {
  readonly expression: string;
}

export type HclValue =
  | string
  | number
  | boolean
  | Expression
  | readonly HclValue[]
  | { readonly map: readonly (readonly [key: string, value: HclValue])[] };

export type HclItem = readonly [name: string, value: HclValue] | HclBlock;

export interface HclBlock {
  /** Lines above the block, for people; never made from input. */
  readonly comment?: string;
  readonly block: string;
  readonly labels?: readonly string[];
  readonly body: readonly HclItem[];
}

export function expression(text: string): Expression {
  return { expression: text };
}

/** Blocks as Terraform's own formatter would write them (`terraform fmt`). */
export function renderHcl(blocks: readonly HclBlock[]): string {
  return `${blocks.map((block) => renderBlock(block, '')).join('\n\n')}\n`;
}

/** A text as a quoted template without interpolation (HCL native syntax, "Template Expressions"). */
export function hclString(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll('\t', String.raw`\t`)
    .replaceAll(/[$%](?=\{)/gu, '$&$&');
  return `"${escaped}"`;
}

function renderBlock({ comment, block, labels = [], body }: HclBlock, indent: string): string {
  const above = (comment?.split('\n') ?? []).map((line) => `${indent}${`# ${line}`.trimEnd()}\n`).join('');
  const head = [block, ...labels.map(hclString)].join(' ');
  return body.length === 0
    ? `${above}${indent}${head} {}`
    : `${above}${indent}${head} {\n${renderBody(body, `${indent}  `)}\n${indent}}`;
}

function renderBody(body: readonly HclItem[], indent: string): string {
  const groups: string[] = [];
  let aligned: (readonly [string, string])[] = [];
  const closeGroup = (): void => {
    const width = Math.max(0, ...aligned.map(([name]) => name.length));
    if (aligned.length > 0)
      groups.push(aligned.map(([name, text]) => `${indent}${name.padEnd(width)} = ${text}`).join('\n'));
    aligned = [];
  };
  for (const item of body) {
    if ('block' in item) {
      closeGroup();
      groups.push(renderBlock(item, indent));
      continue;
    }
    const [name, value] = item;
    const text = renderValue(value, indent);
    if (!text.includes('\n')) {
      aligned.push([name, text]);
      continue;
    }
    closeGroup();
    groups.push(`${indent}${name} = ${text}`);
  }
  closeGroup();
  return groups.join('\n\n');
}

function renderValue(value: HclValue, indent: string): string {
  if (typeof value === 'string') return hclString(value);
  if (typeof value !== 'object') return String(value);
  if ('expression' in value) return value.expression;
  if (!isList(value)) {
    if (value.map.length === 0) return '{}';
    const attributes = value.map.map(([key, each]): HclItem => [
      /^[A-Za-z_]\w*$/u.test(key) ? key : hclString(key),
      each,
    ]);
    return `{\n${renderBody(attributes, `${indent}  `)}\n${indent}}`;
  }
  const items = value.map((each) => renderValue(each, `${indent}  `));
  const line = `[${items.join(', ')}]`;
  if (line.length <= 80 && !line.includes('\n')) return line;
  return `[\n${items.map((item) => `${indent}  ${item},`).join('\n')}\n${indent}]`;
}

function isList(value: object): value is readonly HclValue[] {
  return Array.isArray(value);
}
