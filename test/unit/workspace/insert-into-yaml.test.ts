import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { parseDocument } from 'yaml';
import { insertString, insertVariable, slotAt, wantsString } from '../../../src/workspace/insert-string';
import { applyEdits } from '../../../src/workspace/place';
import { assertGrowsWithLength } from '../growth';
import { placeIn } from './place-in';

const uri = 'mongodb+srv://app:<db_password>@c-pl-0.ab1cd.mongodb.net/?a=b&c=d';

/** Strict: what is only a warning elsewhere is an error here. */
function readYaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'error' });
  assert.deepEqual([...document.errors, ...document.warnings], [], text);
  return document.toJS();
}

function inserted(fileName: string, marked: string, name?: string): string | undefined {
  const place = placeIn('', marked, fileName);
  const insertion = insertString(place, uri, name);
  return insertion === undefined ? undefined : applyEdits(place.text, insertion.edits);
}

interface Case {
  readonly what: string;
  readonly fileName?: string;
  readonly marked: string;
  readonly expected: unknown;
  readonly name?: string;
}

const workflow = (env: string): string => `jobs:
  test:
    steps:
      - run: |
          npm test
        env:
          ${env}
      - run: npm ci
`;

const cases: readonly Case[] = [
  // Blocks of text.
  {
    what: 'replaces what was typed in a line of a block',
    marked: 'run: |\n  export X=mongodb¦\n  next\n',
    expected: { run: `export X='${uri}'\nnext\n` },
  },
  {
    what: 'replaces a string in a line of a block',
    marked: 'run: |\n  mongosh "mongodb://ol¦d/" --quiet\n',
    expected: { run: `mongosh "${uri}" --quiet\n` },
  },
  {
    what: 'replaces the only string of a block',
    marked: 'a: 1\nuri: >-\n  mongodb://o¦ld/?x=y\nb: 2',
    expected: { a: 1, uri, b: 2 },
  },
  { what: 'fills an empty block', marked: 'uri: |-\n  ¦\nb: 2', expected: { uri, b: 2 } },
  {
    what: 'makes an entry below a block, in the column of its key',
    marked: 'data:\n  script: |\n    echo hi\n  ¦',
    expected: { data: { script: 'echo hi\n', MONGODB_URI: uri } },
  },
  {
    what: 'makes an entry below a block, in a column before its key',
    marked: 'data:\n  script: |\n    echo hi\n\n¦\nb: 1',
    expected: { data: { script: 'echo hi\n' }, MONGODB_URI: uri, b: 1 },
  },
  {
    what: 'keeps a blank line within a block in it',
    marked: 'script: |\n  echo a\n¦\n  echo b\n',
    expected: { script: `echo a\nexport MONGODB_URI='${uri}'\necho b\n` },
  },
  {
    what: 'goes on with a block in its column',
    marked: 'script: |\n    echo a\n  ¦\nb: 1',
    expected: { script: `echo a\nexport MONGODB_URI='${uri}'\n`, b: 1 },
  },
  {
    what: 'replaces a block on its header',
    marked: 'uri: >-¦\n  mongodb://old\nb: 1',
    expected: { uri, b: 1 },
  },
  { what: 'replaces an empty block on its header', marked: 'uri: |¦\nb: 1', expected: { uri, b: 1 } },
  { what: 'leaves a block of other text alone on its header', marked: 'run: |¦\n  npm test\n', expected: undefined },
  {
    what: 'takes no text with a line at its end for a block',
    marked: 'a: b |\nc:\n  uri: ¦',
    expected: { a: 'b |', c: { uri } },
  },
  {
    what: 'knows the key beside a block in an item of a list',
    marked: workflow('MONGODB_URI: ¦'),
    expected: {
      jobs: { test: { steps: [{ run: 'npm test\n', env: { MONGODB_URI: uri } }, { run: 'npm ci' }] } },
    },
  },
  {
    what: 'makes an entry beside a block in an item of a list',
    marked: workflow('¦'),
    expected: {
      jobs: { test: { steps: [{ run: 'npm test\n', env: { MONGODB_URI: uri } }, { run: 'npm ci' }] } },
    },
  },
  // Flow collections.
  {
    what: 'keeps the comma behind a value in quotes',
    marked: 'env: {\n  MONGODB_URI: "ol¦d",\n  B: 1 }',
    expected: { env: { MONGODB_URI: uri, B: 1 } },
  },
  {
    what: 'keeps the comma behind a plain value',
    marked: 'env: {\n  MONGODB_URI: mongodb://o¦ld,\n  B: 1,\n}',
    expected: { env: { MONGODB_URI: uri, B: 1 } },
  },
  {
    what: 'fills in a missing value',
    marked: 'env: {\n  MONGODB_URI:¦,\n  B: 1 }\nc: 1',
    expected: { env: { MONGODB_URI: uri, B: 1 }, c: 1 },
  },
  {
    what: 'fills in a missing value on one line',
    marked: 'env: { MONGODB_URI: ¦, B: 1 }',
    expected: { env: { MONGODB_URI: uri, B: 1 } },
  },
  {
    what: 'adds an entry with the commas that it needs',
    marked: 'env: {\n  A: 1\n  ¦\n}',
    expected: { env: { A: 1, MONGODB_URI: uri } },
  },
  {
    what: 'adds an entry before another',
    marked: 'env: { ¦ A: [1, 2] }',
    expected: { env: { MONGODB_URI: uri, A: [1, 2] } },
  },
  {
    what: 'replaces an element',
    marked: 'hosts: [\n  "a",\n  "mongodb://¦b",\n  c d\n]\nz: 1',
    expected: { hosts: ['a', uri, 'c d'], z: 1 },
  },
  { what: 'adds an element', marked: 'hosts: [a, "b"¦]', expected: { hosts: ['a', 'b', uri] } },
  { what: 'fills an empty list', marked: 'hosts: [¦]', expected: { hosts: [uri] } },
  {
    what: 'knows a flow that is closed above',
    marked: 'a: { b: [1, 2] }\nc:\n  d: [\n    1 ]\n  uri: ¦',
    expected: { a: { b: [1, 2] }, c: { d: [1], uri } },
  },
  {
    what: 'knows quotes and comments with brackets in a flow',
    marked: 'a: [ "]", it\'s, # ]\n  ¦ ]',
    expected: { a: [']', "it's", uri] },
  },
  { what: 'leaves a key in a flow alone', marked: 'a: { "ke¦y": 1 }', expected: undefined },
  { what: 'puts nothing behind a flow', marked: 'a: { b: 1 } ¦', expected: undefined },
  { what: 'replaces a template', marked: 'uri: {{ .Values.¦uri | quote }}\nb: 1', expected: { uri, b: 1 } },
  // Values.
  { what: 'leaves a space before a comment', marked: 'uri: ¦# note\nb: 1', expected: { uri, b: 1 } },
  { what: 'leaves both spaces', marked: 'uri:¦ # note\nb: 1', expected: { uri, b: 1 } },
  { what: 'begins an item', marked: 'list:\n  -¦\n  - b', expected: { list: [uri, 'b'] } },
  {
    what: 'replaces a string below its key',
    marked: 'uri:\n  mongodb://o¦ld\nb: 1',
    expected: { uri, b: 1 },
  },
  {
    what: 'gives a value to a key without a colon',
    marked: 'a: 1\nMONGODB_URI¦\nb: 2',
    expected: { a: 1, MONGODB_URI: uri, b: 2 },
  },
  {
    what: 'goes on with a text of several lines',
    marked: 'note: see\n  the ¦cluster\nb: 1',
    expected: { note: `see the ${uri}cluster`, b: 1 },
  },
  { what: 'leaves the beginning of a document alone', marked: '---¦\na: 1', expected: undefined },
  {
    what: 'replaces the string in a command',
    marked: 'command: mongosh mongodb://o¦ld/ --quiet # x',
    expected: { command: `mongosh '${uri}' --quiet` },
  },
  {
    what: 'goes into a command at the cursor',
    marked: 'command: "mongosh ¦ --quiet"',
    expected: { command: `mongosh '${uri}' --quiet` },
  },
  {
    what: 'replaces the string in an option',
    marked: 'args:\n  - --uri=mongodb://o¦ld',
    expected: { args: [`--uri=${uri}`] },
  },
  { what: 'keeps CRLF', marked: 'a:\r\n  uri: ol¦d\r\n  b: 1\r\n', expected: { a: { uri, b: 1 } } },
  { what: 'leaves a key alone whose value stands below', marked: 'a:\n  b¦:\n    c: 1\n', expected: undefined },
  { what: 'leaves a key with an anchor alone', marked: 'a: &x¦\n  b: 1\n', expected: undefined },
  {
    what: 'replaces a string below its key, from the key',
    marked: 'uri:¦\n  mongodb://old\nb: 1',
    expected: { uri, b: 1 },
  },
  { what: 'puts a space behind a tag', marked: 'uri: !!str¦\nb: 1', expected: { uri, b: 1 } },
  {
    what: 'stands before what belongs to a key on a line without white space',
    marked: 'a:\n¦\n  b: 1\nc: 1',
    expected: { a: { MONGODB_URI: uri, b: 1 }, c: 1 },
  },
  { what: 'puts no entry into a text', marked: 'a: some\n¦\n  words\nb: 1', expected: undefined },
  { what: 'puts no entry below a value', marked: 'a: some\n  ¦\nb: 1', expected: undefined },
  {
    what: 'goes into the first line of a long text',
    marked: 'a: some ¦words\n  and more\nb: 1',
    expected: { a: `some ${uri}words and more`, b: 1 },
  },
  { what: 'leaves quotes over several lines alone', marked: 'a: "some\n  wo¦rds"\nb: 1', expected: undefined },
  { what: 'knows a key with a colon', marked: 'arn:aws:x: ol¦d\nb: 1', expected: { 'arn:aws:x': uri, b: 1 } },
  // Kubernetes and Helm.
  {
    what: 'goes into stringData of a Secret',
    marked: 'apiVersion: v1\nkind: Secret\nstringData:\n  MONGODB_URI: ¦\n',
    expected: { apiVersion: 'v1', kind: 'Secret', stringData: { MONGODB_URI: uri } },
  },
  {
    what: 'puts no plain text where a Secret has Base64',
    marked: 'kind: Secret\nmetadata:\n  name: x\ndata:\n  MONGODB_URI: ¦\n',
    expected: undefined,
  },
  {
    what: 'puts no entry where a Secret has Base64',
    marked: 'data:\n  A: b\n  ¦\nkind: Secret\n',
    expected: undefined,
  },
  {
    what: 'goes into data of a ConfigMap',
    marked: 'kind: Secret\ndata: {}\n---\nkind: ConfigMap\ndata:\n  MONGODB_URI: ¦\n',
    expected: 'several',
  },
  {
    what: 'goes into a file in a ConfigMap',
    marked:
      'kind: ConfigMap\ndata:\n  application.properties: |\n    a=b\n    spring.data.mongodb.uri=mongo¦\n  b: c\n',
    expected: {
      kind: 'ConfigMap',
      data: { 'application.properties': `a=b\nspring.data.mongodb.uri=${uri}\n`, b: 'c' },
    },
  },
  {
    what: 'goes into the value of an environment',
    marked: 'env:\n- name: MONGODB_URI\n  value: ¦\n- name: B\n  value: "1"\n',
    expected: {
      env: [
        { name: 'MONGODB_URI', value: uri },
        { name: 'B', value: '1' },
      ],
    },
  },
  {
    what: 'adds a variable to an environment',
    marked: 'env:\n  - name: A\n    value: "1"\n  ¦\nports: []',
    expected: {
      env: [
        { name: 'A', value: '1' },
        { name: 'MONGODB_URI', value: uri },
      ],
      ports: [],
    },
  },
  {
    what: 'adds a variable to an environment behind a dash',
    marked: 'env:\n- name: A\n  valueFrom: { a: b }\n- ¦\n',
    expected: {
      env: [
        { name: 'A', valueFrom: { a: 'b' } },
        { name: 'MONGODB_URI', value: uri },
      ],
    },
  },
  // Compose.
  {
    what: 'adds a variable behind a dash',
    fileName: 'compose.yaml',
    marked: 'services:\n  app:\n    environment:\n      - A=1\n      - ¦\n',
    expected: { services: { app: { environment: ['A=1', `MONGODB_URI=${uri}`] } } },
  },
  {
    what: 'adds a variable below a list at the column of its key',
    fileName: 'compose.yaml',
    marked: 'services:\n  app:\n    environment:\n    - A=1\n    ¦\n',
    expected: { services: { app: { environment: ['A=1', `MONGODB_URI=${uri}`] } } },
  },
  {
    what: 'gives a bare variable its value',
    fileName: 'compose.yaml',
    marked: 'services:\n  app:\n    environment:\n      - MONGODB_URI¦\n      - B\n',
    expected: { services: { app: { environment: [`MONGODB_URI=${uri}`, 'B'] } } },
  },
  {
    what: 'makes an entry below a list',
    fileName: 'compose.yaml',
    marked: 'environment:\n  - A=1\n¦\n',
    expected: { environment: ['A=1'], MONGODB_URI: uri },
  },
  {
    what: 'replaces the string in a health check',
    fileName: 'compose.yaml',
    marked: 'test: ["CMD-SHELL", "mongosh \'mongodb://o¦ld\' --eval 1"]',
    expected: { test: ['CMD-SHELL', `mongosh '${uri}' --eval 1`] },
  },
  {
    what: 'replaces the value of a variable in a list on one line',
    fileName: 'compose.yaml',
    marked: 'environment: ["A=1", MONGODB_URI=o¦ld]',
    expected: { environment: ['A=1', `MONGODB_URI=${uri}`] },
  },
  {
    what: 'begins the list of an environment',
    fileName: 'compose.yaml',
    marked: 'services:\n  app:\n    environment:\n      - ¦\n    image: a',
    expected: { services: { app: { environment: [`MONGODB_URI=${uri}`], image: 'a' } } },
  },
  {
    what: 'begins the environment of a container',
    marked: 'containers:\n  - image: a\n    env:\n      - ¦\n    ports: []',
    expected: { containers: [{ image: 'a', env: [{ name: 'MONGODB_URI', value: uri }], ports: [] }] },
  },
  // Spring.
  {
    what: 'gives an entry only the rest of its key',
    fileName: 'src/main/resources/application.yml',
    marked: 'spring:\n  data:\n    mongodb:\n      auto-index-creation: true\n      ¦\n',
    name: 'SPRING_DATA_MONGODB_URI',
    expected: { spring: { data: { mongodb: { 'auto-index-creation': true, uri } } } },
  },
];

/** What a shell sets X to, or gives its last command as the word behind its name. */
function lastWord(script: string, last: string): string {
  return execFileSync('bash', ['-c', `mongosh() { printf '%s' "$1"; }\n${script}\n${last}`], { encoding: 'utf8' });
}

describe('a connection string in a script within YAML', () => {
  const nasty = 'mongodb+srv://app:it\'s-$HOME`id`"\\x@c-pl-0.ab1cd.mongodb.net/?a=b&c=d';
  const scriptOf = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? scriptOf(Object.values(value).at(-1)) : value;

  for (const [fileName, marked, last] of [
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      true\n      export X=¦\n', 'printf %s "$X"'],
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      X=mongodb¦\n', 'printf %s "$X"'],
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      mongosh ¦ --quiet\n', ''],
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      mongosh "¦" --quiet\n', ''],
    ['.github/workflows/ci.yml', "steps:\n  - run: |\n      mongosh '¦' --quiet\n", ''],
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      ¦\n', 'printf %s "$MONGODB_URI"'],
    ['.github/workflows/ci.yml', 'steps:\n  - run: |\n      true\n¦\n      true\n', 'printf %s "$MONGODB_URI"'],
    ['.github/workflows/ci.yml', 'steps:\n  - shell: bash\n    run: |\n      mongosh \\\n        ¦\n', ''],
    ['.gitlab-ci.yml', 'job:\n  script:\n    - |\n      mongosh mongodb://o¦ld/\n', ''],
    ['a.yaml', "data:\n  start.sh: |\n    cat <<EOF\n    it's\n    EOF\n    mongosh ¦\n", ''],
    ['a.yaml', 'command: mongosh ¦ --quiet', ''],
    ['compose.yaml', 'services:\n  a:\n    command: |\n      mongosh ¦ --quiet\n', ''],
  ] as const) {
    it(`is one word for the shell: ${JSON.stringify(marked)}`, () => {
      for (const value of [uri, nasty]) {
        const place = placeIn('', marked, fileName);
        const insertion = insertString(place, value);
        assert.ok(insertion);
        let script = scriptOf(readYaml(applyEdits(place.text, insertion.edits)));
        assert.ok(typeof script === 'string');
        // What compose does to a value before anybody runs it.
        if (fileName === 'compose.yaml') script = script.replaceAll('$$', '$');
        assert.equal(lastWord(script as string, last).replace(/^it's\n/, ''), value, script as string);
      }
    });
  }

  it('is written for the shell that the step names', () => {
    const step = (shell: string): string | undefined =>
      inserted(
        'ci.yml',
        `steps:\n  - name: a\n    run: |\n      x = ¦\n    shell: ${shell}\n  - shell: bash\n    run: b\n`,
      );
    assert.ok(step('pwsh')?.includes(`x = '${uri}'\n`));
    assert.ok(step('python')?.includes(`x = "${uri}"\n`));
    assert.ok(step('cmd')?.includes(`x = ${uri}\n`));
  });

  it('is read from the environment only where a file of it is read: in compose, within quotes', () => {
    const read = (fileName: string): string | undefined => {
      const place = placeIn('', 'command: |\n  mongosh ¦\n', fileName);
      const insertion = insertVariable(place, 'MONGODB_URI');
      return insertion === undefined ? undefined : applyEdits(place.text, insertion.edits);
    };
    assert.equal(read('compose.yaml'), 'command: |\n  mongosh "$MONGODB_URI"\n');
    assert.equal(read('ci.yml'), undefined);
  });
});

describe('a connection string in YAML', () => {
  for (const { what, fileName = 'a.yaml', marked, expected, name } of cases) {
    it(`${what}: ${JSON.stringify(marked)}`, () => {
      const text = inserted(fileName, marked, name);
      if (expected === undefined) assert.equal(text, undefined);
      else if (expected === 'several') assert.ok(text?.endsWith(`MONGODB_URI: '${uri}'\n`), text);
      else assert.deepEqual(readYaml(text ?? ''), expected, text);
      if (marked.includes('# ') && expected !== undefined) assert.match(text ?? '', / # ?(?:note|x|\])/);
      assert.equal(/(?<!\r)\n/.test(text ?? ''), /(?<!\r)\n/.test(marked) && expected !== undefined);
    });
  }

  const reads: readonly (readonly [fileName: string, marked: string, expected: unknown])[] = [
    ['compose.yaml', 'a: { URI: "ol¦d", B: 1 }', { a: { URI: '${MONGODB_URI}', B: 1 } }],
    ['compose.yaml', 'a: [URI=¦, B=1]', { a: ['URI=${MONGODB_URI}', 'B=1'] }],
    ['compose.yaml', 'environment:\n  - MONGO_URL¦', { environment: ['MONGO_URL=${MONGODB_URI}'] }],
    ['compose.yaml', 'command: mongosh ¦mongodb://old¦ --quiet', { command: 'mongosh ${MONGODB_URI} --quiet' }],
    ['compose.yaml', 'uri: >-\n  ¦mongodb://old¦\nb: 1', { uri: '${MONGODB_URI}', b: 1 }],
    ['compose.yaml', 'uri: >-¦\n  mongodb://old\nb: 1', { uri: '${MONGODB_URI}', b: 1 }],
    ['compose.yaml', 'uri: ¦# note', { uri: '${MONGODB_URI}' }],
  ];
  for (const [fileName, marked, expected] of reads) {
    it(`is read from the environment: ${JSON.stringify(marked)}`, () => {
      const place = placeIn('', marked, fileName);
      const insertion = insertVariable(place, 'MONGODB_URI');
      assert.ok(insertion);
      assert.deepEqual(readYaml(applyEdits(place.text, insertion.edits)), expected);
    });
  }

  it('is offered where keys above or beside say that it belongs there', () => {
    const offered = [
      'spring:\n  data:\n    mongodb:\n      # note\n      uri: ¦',
      'mongodb:\n  a: 1\n  uri: "¦"',
      'env:\n  - name: MONGODB_URI\n    value: ¦',
      'env:\n  - value: ¦\n    name: "MONGODB_URI"',
      'MONGODB_URI: >-\n  ¦',
      'a: {\n  MONGODB_URI: ¦ }',
      'a: {\n  MONGODB_URI: "¦" }',
      'run: |\n  export X=mongodb¦',
      'command: mongosh mongodb¦ --quiet',
    ];
    for (const marked of offered) {
      assert.ok(wantsString(slotAt(placeIn('', marked, 'a.yaml'))), marked);
      const plain = marked.replace(/mongo[\w.]*/gi, 'other');
      assert.ok(!wantsString(slotAt(placeIn('', plain, 'a.yaml'))), plain);
    }
    assert.ok(!wantsString(slotAt(placeIn('', 'kind: Secret\ndata:\n  MONGODB_URI: ¦', 'a.yaml'))));
  });

  it('takes time that grows with the text', () => {
    for (const filler of ['a: {\n', '[a,\n', '- A=1\n ', 'a:\n ', 'a b\n', 'a  ']) {
      assertGrowsWithLength(JSON.stringify(filler), 30_000, (size) => {
        const text = filler.repeat(size);
        insertString({ languageId: 'yaml', fileName: '', text, start: text.length, end: text.length }, uri);
      });
    }
  });
});
