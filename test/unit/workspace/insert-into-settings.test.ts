import assert from 'node:assert/strict';
import { parseEnv } from 'node:util';
import { parse as parseDotenv } from 'dotenv';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { parse as parseJsonc, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { findStrings } from '../../../src/workspace/find-strings';
import { insertString, insertVariable, slotAt, wantsString } from '../../../src/workspace/insert-string';
import { escapesOf } from '../../../src/workspace/settings-formats';
import { applyEdits } from '../../../src/workspace/place';
import { readBash, readProperties } from './literal-readers';
import { nastyValue, nastyValues } from './nasty-values';
import { placeIn } from './place-in';
import { assertGrowsWithLength } from '../growth';

/** Reads a file with the format's own parser. */
type ReadFile = (text: string) => unknown;

const readJson: ReadFile = (text) => {
  const errors: ParseError[] = [];
  const value: unknown = parseJsonc(text, errors, { allowTrailingComma: true });
  assert.deepEqual(errors, [], text);
  return value;
};

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  trimValues: false,
  cdataPropName: 'cdata',
});

const readXml: ReadFile = (text) => xml.parse(text) as unknown;

/** What `docker compose` makes of a value: `$$` is `$`, and a lone `$` would be a variable. */
function readCompose(text: string): unknown {
  return JSON.parse(JSON.stringify(parseYaml(text)), (_key, value: unknown) => {
    if (typeof value !== 'string') return value;
    assert.doesNotMatch(value.replaceAll('$$', ''), /\$/);
    return value.replaceAll('$$', '$');
  });
}

interface Case {
  readonly format: string;
  readonly fileName: string;
  readonly marked: string;
  readonly read: ReadFile;
  /** Where the value is in what was read. */
  readonly path: readonly (string | number)[];
  /** What else the file says, in place of the value. */
  readonly rest?: unknown;
  /** Values that the format cannot hold there. */
  readonly except?: RegExp;
}

const cases: readonly Case[] = [
  // JSON.
  { format: 'json', fileName: 'a.json', marked: '{ "uri": "¦" }', read: JSON.parse, path: ['uri'] },
  { format: 'json', fileName: 'a.json', marked: '{ "uri": "mongodb://o\\"ld¦/" }', read: JSON.parse, path: ['uri'] },
  { format: 'json', fileName: 'a.json', marked: '{ "uri": ¦ }', read: JSON.parse, path: ['uri'] },
  { format: 'json', fileName: 'a.json', marked: '{ "uri":¦ }', read: JSON.parse, path: ['uri'] },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "uri": nu¦ll, "b": 1 }',
    read: JSON.parse,
    path: ['uri'],
    rest: { b: 1 },
  },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "uri": ¦\n "b": 1 }',
    read: (text) => readJson(text.replace('\n', ',\n')),
    path: ['uri'],
    rest: { b: 1 },
  },
  { format: 'json', fileName: 'a.json', marked: '{¦}', read: JSON.parse, path: ['MONGODB_URI'] },
  { format: 'json', fileName: 'a.json', marked: '¦', read: JSON.parse, path: ['MONGODB_URI'] },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "a": { "x": 1 }\n ¦\n }',
    read: JSON.parse,
    path: ['MONGODB_URI'],
    rest: { a: { x: 1 } },
  },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ ¦ "a": [1] }',
    read: JSON.parse,
    path: ['MONGODB_URI'],
    rest: { a: [1] },
  },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "a": "x", ¦ }',
    read: JSON.parse,
    path: ['MONGODB_URI'],
    rest: { a: 'x' },
  },
  { format: 'json', fileName: 'a.json', marked: '{ "a": ["x" ¦] }', read: JSON.parse, path: ['a', 1] },
  { format: 'json', fileName: 'a.json', marked: '{ "a": ["x"¦] }', read: JSON.parse, path: ['a', 1] },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "a": {}¦ }',
    read: JSON.parse,
    path: ['MONGODB_URI'],
    rest: { a: {} },
  },
  {
    format: 'json',
    fileName: 'a.json',
    marked: '{ "a": [1]¦, "b": 2 }',
    read: JSON.parse,
    path: ['MONGODB_URI'],
    rest: { a: [1], b: 2 },
  },
  { format: 'json', fileName: 'a.json', marked: '{ "a": nothing¦ }', read: JSON.parse, path: ['a'] },
  {
    format: 'jsonc',
    fileName: 'a.json',
    marked: '{ // it\'s "a"\n "a": 1, /* { */\n ¦\n }',
    read: readJson,
    path: ['MONGODB_URI'],
    rest: { a: 1 },
  },
  // YAML.
  { format: 'yaml', fileName: 'a.yaml', marked: 'uri: ¦', read: parseYaml, path: ['uri'] },
  { format: 'yaml', fileName: 'a.yaml', marked: 'uri:¦\nb: 1', read: parseYaml, path: ['uri'], rest: { b: 1 } },
  {
    format: 'yaml',
    fileName: 'a.yaml',
    marked: 'a:\n  uri: "¦" # note\n  b: 1',
    read: parseYaml,
    path: ['a', 'uri'],
    rest: { a: { b: 1 } },
  },
  { format: 'yaml', fileName: 'a.yaml', marked: "uri: '¦'", read: parseYaml, path: ['uri'] },
  { format: 'yaml', fileName: 'a.yaml', marked: 'uri: mongodb://o¦ld/#x # note', read: parseYaml, path: ['uri'] },
  { format: 'yaml', fileName: 'a.yaml', marked: 'uri: !!str "a: b"¦', read: parseYaml, path: ['uri'] },
  { format: 'yaml', fileName: 'a.yaml', marked: '"u: r#i": x¦', read: parseYaml, path: ['u: r#i'] },
  { format: 'yaml', fileName: 'a.yaml', marked: 'list:\n  - ¦', read: parseYaml, path: ['list', 0] },
  {
    format: 'yaml',
    fileName: 'a.yaml',
    marked: 'list:\n  - uri: ¦\n    b: 1',
    read: parseYaml,
    path: ['list', 0, 'uri'],
    rest: { list: [{ b: 1 }] },
  },
  { format: 'yaml', fileName: 'a.yaml', marked: 'a: 1\n¦', read: parseYaml, path: ['MONGODB_URI'], rest: { a: 1 } },
  {
    format: 'yaml',
    fileName: 'a.yaml',
    marked: 'stringData:\n  a: x\n  ¦\n',
    read: parseYaml,
    path: ['stringData', 'MONGODB_URI'],
    rest: { stringData: { a: 'x' } },
  },
  {
    format: 'yaml',
    fileName: 'a.yaml',
    marked: 'a: { uri: "¦", b: 1 }',
    read: parseYaml,
    path: ['a', 'uri'],
    rest: { a: { b: 1 } },
  },
  {
    format: 'yaml',
    fileName: 'a.yaml',
    marked: 'text: |\n  uri=¦\nb: 1',
    read: (text) => ({ text: (parseYaml(text) as { text: string }).text.slice(4).replace(/\n$/, '') }),
    path: ['text'],
    except: /^ | $/,
  },
  {
    format: 'yaml',
    fileName: 'compose.yaml',
    marked: 'services:\n  app:\n    environment:\n      MONGODB_URI: ¦',
    read: readCompose,
    path: ['services', 'app', 'environment', 'MONGODB_URI'],
  },
  // Java properties.
  {
    format: 'properties',
    fileName: 'a.properties',
    marked: 'a=1\nuri=¦\nb=2',
    read: readProperties,
    path: ['uri'],
    rest: { a: '1', b: '2' },
  },
  { format: 'properties', fileName: 'a.properties', marked: 'uri : old¦', read: readProperties, path: ['uri'] },
  {
    format: 'properties',
    fileName: 'a.properties',
    marked: 'u\\:r\\=i = ol\\\n   d¦\nb=2',
    read: readProperties,
    path: ['u:r=i'],
    rest: { b: '2' },
  },
  { format: 'properties', fileName: 'a.properties', marked: 'uri¦', read: readProperties, path: ['uri'] },
  {
    format: 'properties',
    fileName: 'a.properties',
    marked: 'a=1\n¦\nb=2',
    read: readProperties,
    path: ['MONGODB_URI'],
    rest: { a: '1', b: '2' },
  },
  // TOML.
  { format: 'toml', fileName: 'a.toml', marked: 'uri = ¦\nb = 1', read: parseToml, path: ['uri'], rest: { b: 1 } },
  {
    format: 'toml',
    fileName: 'a.toml',
    marked: "uri = '''it's''' # '\nb = \"¦\"",
    read: parseToml,
    path: ['b'],
    rest: { uri: "it's" },
  },
  { format: 'toml', fileName: 'a.toml', marked: 'uri = """¦"""', read: parseToml, path: ['uri'] },
  {
    format: 'toml',
    fileName: 'a.toml',
    marked: '[a]\n¦\n[b]',
    read: parseToml,
    path: ['a', 'MONGODB_URI'],
    rest: { a: {}, b: {} },
  },
  { format: 'toml', fileName: 'a.toml', marked: "uri = '¦'", read: parseToml, path: ['uri'], except: /'/ },
  // XML.
  {
    format: 'xml',
    fileName: 'a.config',
    marked: '<add name="a" connectionString="¦" />',
    read: readXml,
    path: ['add', 'connectionString'],
    rest: { add: { name: 'a' } },
  },
  {
    format: 'xml',
    fileName: 'a.config',
    marked: "<add connectionString='mongodb://a&amp;b¦' />",
    read: readXml,
    path: ['add', 'connectionString'],
  },
  {
    format: 'xml',
    fileName: 'a.config',
    marked: '<add connectionString=¦ />',
    read: readXml,
    path: ['add', 'connectionString'],
  },
  {
    format: 'xml',
    fileName: 'a.xml',
    marked: '<a><!-- <b> --><uri>old¦</uri><c>1</c></a>',
    read: readXml,
    path: ['a', 'uri'],
    rest: { a: { c: 1 } },
  },
  {
    format: 'xml',
    fileName: 'a.xml',
    marked: '<a><uri><![CDATA[¦]]></uri></a>',
    read: readXml,
    path: ['a', 'uri', 'cdata'],
    except: /\]\]>/,
  },
  {
    format: 'xml',
    fileName: 'a.config',
    marked: '<connectionStrings>\n  ¦\n</connectionStrings>',
    read: readXml,
    path: ['connectionStrings', 'add', 'connectionString'],
    rest: { connectionStrings: { '#text': '\n  \n', add: { name: 'MONGODB_URI' } } },
  },
];

/** What a file says at a path, and all that it says besides. */
function takeOut(
  read: unknown,
  path: readonly (string | number)[],
): { readonly value: unknown; readonly rest: unknown } {
  const copy = JSON.parse(JSON.stringify(read)) as Record<string, unknown>;
  const parents = path
    .slice(0, -1)
    .reduce<Record<string, unknown>[]>((all, key) => [...all, all.at(-1)?.[key] as Record<string, unknown>], [copy]);
  const last = path.at(-1) ?? '';
  const value = parents.at(-1)?.[last];
  Reflect.deleteProperty(parents.at(-1) ?? {}, last);
  return { value, rest: copy };
}

describe('a connection string in a settings file', () => {
  for (const { format, fileName, marked, read, path, rest, except } of cases) {
    it(`is read back from ${fileName}: ${JSON.stringify(marked)}`, () => {
      const place = placeIn(format, marked, fileName);
      const check = (value: string): void => {
        const insertion = insertString(place, value);
        if (except?.test(value) === true) return;
        assert.ok(insertion !== undefined, value);
        const found = takeOut(read(applyEdits(place.text, insertion.edits)), path);
        // fast-xml-parser makes numbers of what looks like one.
        assert.equal(String(found.value), value);
        if (rest !== undefined) assert.deepEqual(found.rest, rest);
      };
      const values =
        fileName.endsWith('.xml') || fileName.endsWith('.config')
          ? nastyValues.filter((one) => one.trim() !== '')
          : nastyValues;
      values.forEach(check);
      fc.assert(
        fc.property(
          nastyValue.filter((one) => !/^[\s\d.+e-]*$/.test(one)),
          check,
        ),
      );
    });
  }

  it('is read back from the environment of a compose file, list or not', () => {
    const marked = 'services:\n  app:\n    environment:\n      - A=1\n      - MONGODB_URI=¦old\n      - B=2\n';
    for (const text of [
      marked,
      marked.replace('MONGODB_URI=¦old', '"MONGODB_URI=¦old"'),
      marked.replace('- MONGODB_URI=¦old', '¦'),
    ]) {
      const place = placeIn('dockercompose', text, 'deploy/docker-compose.prod.yml');
      const check = (value: string): void => {
        const insertion = insertString(place, value);
        assert.ok(insertion);
        const read = readCompose(applyEdits(place.text, insertion.edits)) as {
          services: { app: { environment: string[] } };
        };
        assert.deepEqual(read.services.app.environment, ['A=1', `MONGODB_URI=${value}`, 'B=2']);
      };
      nastyValues.forEach(check);
      fc.assert(fc.property(nastyValue, check));
    }
  });

  it('is read back from a dotenv file by every reader, and the rest of the file stays', () => {
    const files = [
      '¦',
      'A=1\n¦\nB=2\n',
      'A=1\r\nexport MONGODB_URI=old¦ # note\r\nB=2\r\n',
      'MONGODB_URI="a\nb¦"\nB=2',
    ];
    const agreed = nastyValues.filter((value) => !/['\\]/.test(value));
    for (const marked of files) {
      const place = placeIn('properties', marked, 'app/.env.local');
      for (const value of agreed) {
        const insertion = insertString(place, value);
        assert.ok(insertion);
        const text = applyEdits(place.text, insertion.edits);
        assert.equal(parseDotenv(text).MONGODB_URI, value, text);
        assert.equal(parseEnv(text).MONGODB_URI, value, text);
        if (marked.includes('B=2')) assert.equal(parseDotenv(text).B, '2');
        assert.equal(text.includes('# note'), marked.includes('# note'));
        assert.equal(/(?<!\r)\n/.test(text), /(?<!\r)\n/.test(marked));
        const shell = readBash([`"$(set -a; ${text.replaceAll('\r', '')}\nprintf %s "$MONGODB_URI")"`]);
        if (shell !== undefined) assert.equal(shell[0], value);
      }
    }
  });
});

const uri = 'mongodb+srv://app:<db_password>@c-pl-0.ab1cd.mongodb.net/?a=b&c=d';

function escaped(character: string): string {
  return character === '<' ? '&lt;' : character === '>' ? '&gt;' : '&amp;';
}

describe('inserting into a settings file', () => {
  const results: readonly (readonly [fileName: string, marked: string, result: string])[] = [
    ['a.json', '{\n  "a": 1\n  ¦\n}', `{\n  "a": 1,\n  "MONGODB_URI": "${uri}"\n}`],
    ['a.yaml', 'a: 1\n# ¦', `a: 1\n# ${uri}`],
    ['a.yaml', 'uri: x # ¦', `uri: x # ${uri}`],
    ['a.yaml', 'uri: mongodb://¦x # note', `uri: '${uri}' # note`],
    ['a.properties', '# ¦', `# ${uri}`],
    ['application.properties', 'a=1\n¦', `a=1\nspring.data.mongodb.uri=${uri}`],
    ['application-dev.yml', 'a: 1\n¦', `a: 1\nspring.data.mongodb.uri: '${uri}'`],
    ['.env', '# ¦', `# ${uri}`],
    ['.env.example', 'MONGODB_URI= ¦# set me', `MONGODB_URI= '${uri}' # set me`],
    ['.env.example', 'MONGODB_URI=¦# set me', `MONGODB_URI='${uri}' # set me`],
    ['.env', '\ufeffMONGODB_URI=ol¦d', `\ufeffMONGODB_URI='${uri}'`],
    ['.env.example', 'MONGODB_URI=¦', `MONGODB_URI='${uri}'`],
    ['.env', 'MONGODB_URI¦', `MONGODB_URI='${uri}'`],
    ['.env', 'A=1\nexport MONGODB_URI ¦\nB=2', `A=1\nexport MONGODB_URI='${uri}'\nB=2`],
    ['.env', 'A=1\nmongo¦', `A=1\nMONGODB_URI='${uri}'`],
    ['.env', "A='x' # ¦note", `A='x' # ${uri}note`],
    ['.env', '¦# note', `MONGODB_URI='${uri}'\n# note`],
    ['.env', 'CMD="mongosh mongodb://o¦ld/ --quiet"', `CMD="mongosh ${uri} --quiet"`],
    ['a.properties', '¦# note', `MONGODB_URI=${uri}\n# note`],
    ['a.properties', 'opts=-Duri=mongodb://o¦ld/ -Xmx1g', `opts=-Duri=${uri} -Xmx1g`],
    ['a.tfvars', 'mongodb_uri = ¦"old" # note', `mongodb_uri = "${uri}" # note`],
    ['a.tfvars', 'mongo¦db_uri = "old"', `mongodb_uri = "${uri}"`],
    ['a.tfvars', 'a = {\n  uri¦ = null\n}', `a = {\n  uri = "${uri}"\n}`],
    ['a.tfvars', 'a = 1\nmongodb_uri¦', `a = 1\nmongodb_uri = "${uri}"`],
    ['a.tfvars', '¦// note', `mongodb_uri = "${uri}"\n// note`],
    ['a.tfvars', 'a = ["b", ¦]', `a = ["b", "${uri}"]`],
    ['a.json', '{"a": {}¦ }', `{"a": {},"MONGODB_URI": "${uri}" }`],
    ['a.json', '{"a": [1]¦, "b": 1}', `{"a": [1],"MONGODB_URI": "${uri}", "b": 1}`],
    ['a.json', '{"u¦ri": "old"}', `{"uri": "${uri}"}`],
    ['a.json', '{"uri"¦: 1}', `{"uri": "${uri}"}`],
    ['package.json', '{"seed": "mongosh \\"mongodb://o¦ld/\\" -q"}', `{"seed": "mongosh \\"${uri}\\" -q"}`],
    ['package.json', '{"seed": "mongosh mongodb¦ -q"}', `{"seed": "mongosh ${uri} -q"}`],
    ['a.xml', '<a><uri>mongo¦', `<a><uri>${uri.replace(/[<>&]/g, escaped)}`],
    ['a.xml', '<a>-Du=mongodb://¦o/ -X</a>', `<a>-Du=${uri.replace(/[<>&]/g, escaped)} -X</a>`],
  ];
  for (const [fileName, marked, result] of results) {
    it(`${fileName}: ${JSON.stringify(marked)}`, () => {
      const place = placeIn('', marked, fileName);
      const name = fileName.startsWith('application') ? 'SPRING_DATA_MONGODB_URI' : 'MONGODB_URI';
      assert.equal(applyEdits(place.text, insertString(place, uri, name)?.edits ?? []), result);
    });
  }

  const refused: readonly (readonly [fileName: string, marked: string])[] = [
    ['a.json', '{"a"¦: {}}'],
    ['a.json', '{"a": ¦{}}'],
    ['a.json', '{}¦'],
    ['a.xml', '<a></a>¦'],
    ['a.xml', '<a¦ b="c"/>'],
    ['a.xml', '<a></a¦>'],
    ['a.xml', '<?xml version="¦1.0"?><a/>'],
    ['.env', 'some wo¦rds'],
    ['a.toml', '[a¦]\nb = 1'],
    ['a.toml', 'a = ¦[1]'],
    ['a.toml', 'a = ["b"¦, "c"]'],
    ['a.tfvars', 'a = <<EOT\nb\nEOT¦'],
  ];
  for (const [fileName, marked] of refused) {
    it(`has no place in ${fileName} at ${JSON.stringify(marked)}`, () => {
      assert.equal(insertString(placeIn('', marked, fileName), uri), undefined);
    });
  }

  it('knows where ASP.NET keeps connection strings', () => {
    const read = (marked: string): unknown => {
      const place = placeIn('jsonc', marked, 'src/appsettings.Development.json');
      return readJson(applyEdits(place.text, insertString(place, uri, 'ConnectionStrings__MongoDB')?.edits ?? []));
    };
    const expected = { ConnectionStrings: { MongoDB: uri } };
    assert.deepEqual(read('{¦}'), expected);
    assert.deepEqual(read('{ "ConnectionStrings": { ¦ } }'), expected);
    const place = placeIn('xml', '<connectionStrings>¦</connectionStrings>', 'web.config');
    const [edit] = insertString(place, 'mongodb://h/', 'ConnectionStrings__MongoDB')?.edits ?? [];
    assert.equal(edit?.newText, '<add name="MongoDB" connectionString="mongodb://h/" />');
  });

  const reads: readonly (readonly [fileName: string, marked: string, result: string | undefined])[] = [
    ['application.properties', 'spring.data.mongodb.uri=¦old', 'spring.data.mongodb.uri=${MONGODB_URI}'],
    ['application.yml', 'spring:\n  uri: ¦', 'spring:\n  uri: ${MONGODB_URI}'],
    ['compose.yaml', 'a:\n  URI: ¦', 'a:\n  URI: ${MONGODB_URI}'],
    ['compose.yaml', 'a:\n  - URI=¦', 'a:\n  - URI=${MONGODB_URI}'],
    ['config/mongoid.yml', 'uri: ¦', "uri: <%= ENV.fetch('MONGODB_URI') %>"],
    ['other.properties', 'uri=¦', undefined],
    ['other.yaml', 'uri: ¦', undefined],
    ['a.json', '{ "uri": "¦" }', undefined],
    ['a.xml', '<uri>¦</uri>', undefined],
    ['.env', 'URI=¦', undefined],
  ];
  for (const [fileName, marked, result] of reads) {
    it(`${result === undefined ? 'knows no' : 'knows the'} way to read the environment in ${fileName}: ${marked}`, () => {
      const place = placeIn('', marked, fileName);
      const insertion = insertVariable(place, 'MONGODB_URI');
      assert.equal(insertion === undefined ? undefined : applyEdits(place.text, insertion.edits), result);
    });
  }

  it('offers a string behind a name that holds one, and where one begins', () => {
    const offered: readonly (readonly [string, string])[] = [
      ['.env', 'MONGODB_URI=¦'],
      ['a.json', '{ "mongodbUri": "¦" }'],
      ['a.yaml', 'uri: mongo¦'],
      ['application.properties', 'spring.data.mongodb.uri=¦'],
      ['appsettings.json', '{ "ConnectionStrings": { "MongoDB": ¦ } }'],
      ['web.config', '<add name="MongoDB" connectionString="¦" />'],
      ['docker-compose.yml', 'environment:\n  - MONGO_URL=¦'],
    ];
    for (const [fileName, marked] of offered) {
      assert.ok(wantsString(slotAt(placeIn('', marked, fileName))), `${fileName} ${marked}`);
      const plain = marked.replace(/mongo[\w.]*|uri/gi, 'other');
      assert.ok(!wantsString(slotAt(placeIn('', plain, fileName))), `${fileName} ${plain}`);
    }
  });

  it('is found again as it was inserted', () => {
    for (const { format, fileName, marked } of cases) {
      const place = placeIn(format, marked, fileName);
      const text = applyEdits(place.text, insertString(place, uri)?.edits ?? []);
      const found = findStrings(text, escapesOf(place)).map(({ value }) => value);
      assert.ok(found.includes(uri), `${fileName} ${text}`);
    }
  });

  it('takes any text at any place without throwing, in time that grows with its length', () => {
    const piece = fc.constantFrom(
      ...'"\'#:-=[]{}<>!&/\\|\n ,ab'.split(''),
      '<!--',
      '<![CDATA[',
      '- ',
      ': ',
      '\r\n',
      'a: |\n',
      'A=',
    );
    const fileName = fc.constantFrom('a.json', 'a.yaml', 'compose.yaml', 'a.properties', 'a.xml', '.env', 'a.toml');
    fc.assert(
      fc.property(fileName, fc.array(piece, { maxLength: 40 }), fc.nat(80), (file, pieces, at) => {
        const text = pieces.join('');
        const start = Math.min(at, text.length);
        insertString({ languageId: '', fileName: file, text, start, end: start }, uri);
        insertVariable({ languageId: '', fileName: file, text, start, end: start }, 'MONGODB_URI');
      }),
      { numRuns: 3000 },
    );
    for (const file of ['a.json', 'a.yaml', 'a.properties', 'a.xml', '.env', 'a.toml']) {
      for (const filler of [
        '"',
        "'",
        '{',
        '[',
        '<',
        '<a ',
        'a',
        ' ',
        '#',
        '\\',
        '\\\n',
        '\n',
        'a: |\n ',
        '- ',
        'a=',
        'a:',
        '<!--',
      ]) {
        assertGrowsWithLength(`${file} ${JSON.stringify(filler)}`, 30_000, (size) => {
          const text = filler.repeat(size);
          insertString({ languageId: '', fileName: file, text, start: text.length, end: text.length }, uri);
        });
      }
    }
  });
});
