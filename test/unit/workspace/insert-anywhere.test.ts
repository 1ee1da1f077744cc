import assert from 'node:assert/strict';
import { parse as parseDotenv } from 'dotenv';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse as parseJsonc, type ParseError } from 'jsonc-parser';
import { parse as parseToml } from 'smol-toml';
import { parseDocument } from 'yaml';
import { insertString } from '../../../src/workspace/insert-string';
import { applyEdits } from '../../../src/workspace/place';
import { readProperties } from './literal-readers';

const uri = 'mongodb+srv://app:<db_password>@c-pl-0.ab1cd.mongodb.net/?a=b&c=d';

/** Files as they are written every day. */
const files: Readonly<Record<string, string>> = {
  'compose.yaml': `services:
  app:
    image: "node:20"
    command: ["node", "server.js", "--uri", "mongodb://old/x"]
    environment:
      - A=1
      - "MONGO_URL=mongodb://old/?a=b"
      - B
    labels: { a: b, "c": 'd' }
    healthcheck:
      test: mongosh mongodb://old/ --quiet

  other:
    environment:
      MONGO_URL: mongodb://old/
      EMPTY:
      N: 1 # note
    depends_on: [app]
volumes:
  data: {}
`,
  'deploy.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: {app: web}
spec:
  template:
    spec:
      containers:
      - name: web
        args:
        - --port=80
        - "--uri=mongodb://old/"
        env:
        - name: MONGO_URL
          value: "mongodb://old/"
        - name: OTHER
          valueFrom:
            secretKeyRef: { name: x, key: y }
        ports:
        - containerPort: 80
`,
  'config-map.yaml': `kind: ConfigMap
data:
  app.properties: |
    # settings
    a=b

    uri=mongodb://old/
  script.sh: |-
    #!/bin/sh
    if [ -z "$X" ]; then
      echo "it's"
    fi
  uri: >-
    mongodb://old/
  key: value
`,
  'ci.yml': `name: test
on:
  push:
    branches: [ main, 'release/**' ]
env:
  MONGO_URL: \${{ secrets.MONGO_URL }}
jobs:
  test:
    strategy:
      matrix:
        node: [ 18, 20 ]
        include:
          - node: 22
            os: windows
    steps:
      - uses: actions/checkout@v4
      - name: Test
        run: |
          npm ci
          export MONGO_URL=mongodb://old/

          npm test
        env:
          CI: true
      - run: echo a # note
`,
  'application.yml': `server:
  port: 8080
spring:
  data:
    mongodb:
      uri: mongodb://old/
      database: shop
logging.level.root: INFO
list:
  - one
  - two: 2
    three: 3
  -
    four: 4
text: some words
  go on here
`,
  'values.yaml': `# Default values
replicaCount: 1
mongodb:
  uri: ""
  auth: { enabled: true,
    users: [a, b],
    uri: "mongodb://old/" }
anchors: &x
  a: 1
tolerations: []
nothing: ~
`,
  'appsettings.json': `{
  "Logging": {
    "LogLevel": { "Default": "Information" }
  },
  // note
  "ConnectionStrings": {
    "MongoDB": "mongodb://old/",
    "Other": "Server=x;Password=\\"y\\""
  },
  "Hosts": ["a", "b"],
  "Empty": {},
  "Objects": [
    { "a": 1 },
    { "b": null }
  ],
  "seed": "mongosh \\"mongodb://old/\\" --quiet",
  "Last": true
}
`,
  'config.toml': `# note
title = "shop"
port = 8080
uri = 'mongodb://old/'

[mongodb]
uri = "mongodb://old/" # note
inline = { uri = "mongodb://old/", x = 1 }
multi = """
text
mongodb://old/
"""
list = ["a", "b"]

[[servers]]
name = "a"
`,
  'web.config': `<?xml version="1.0" encoding="utf-8"?>
<!-- note -->
<configuration>
  <connectionStrings>
    <add name="MongoDB" connectionString="mongodb://old/?a=b&amp;c=d" />
  </connectionStrings>
  <clear/>
  <system.web>
    <compilation debug="true" targetFramework='4.8'/>
  </system.web>
</configuration>
`,
  'pom.xml': `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <properties>
    <mongodb.uri>mongodb://old/</mongodb.uri>
    <java.version>21</java.version>
  </properties>
  <script><![CDATA[ if (a < b) { x("mongodb://old/"); } ]]></script>
  <argLine>-Dmongodb.uri=mongodb://old/ -Xmx1g</argLine>
</project>
`,
  'application.properties': `# note
server.port=8080
spring.data.mongodb.uri=mongodb://old/
spring.application.name = shop
long=a, \\
    b, \\
    c
java.opts=-Dx=mongodb://old/ -Xmx1g
empty=
bare

last: x
`,
  '.env': `# note
A=1
MONGO_URL=mongodb://old/
export B="two words"
C='three' # note
EMPTY=
E= # note
MULTI="a
b"
CMD="mongosh mongodb://old/ --quiet"
BARE

LAST=x
`,
};

/** The beginning and end of each line, the ends of its indentation and of its key, and a few more. */
function placesIn(text: string): readonly number[] {
  return [...text.matchAll(/^(\s*)([^:\n]*:? ?)(.*)$/gm)].flatMap(({ 0: line, 1: indent = '', 2: key = '', index }) => {
    const ends = [
      0,
      indent.length,
      indent.length + key.length,
      line.length,
      Math.ceil(line.length / 2),
      line.length - 1,
    ];
    return [...new Set(ends)].filter((at) => at >= 0).map((at) => index + at);
  });
}

/** Everything that a file says, one by one, with where it says it. */
function sayings(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : value.flatMap((one) => sayings(one, `${path}[]`));
  if (value === null || typeof value !== 'object') return [`${path}=${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([key, one]) => sayings(one, `${path}.${key}`));
}

const xml = new XMLParser({ ignoreAttributes: false, cdataPropName: 'cdata', isArray: (name) => name === 'add' });

/** What the format's own parser says, which refuses what is not well-formed. */
function read(fileName: string, text: string): unknown {
  if (/\.ya?ml$/.test(fileName)) {
    const document = parseDocument(text, { logLevel: 'error' });
    assert.deepEqual([...document.errors, ...document.warnings], [], text);
    return document.toJS();
  }
  if (fileName.endsWith('.json')) {
    const errors: ParseError[] = [];
    const value: unknown = parseJsonc(text, errors);
    assert.deepEqual(errors, [], text);
    return value;
  }
  if (fileName.endsWith('.toml')) return parseToml(text);
  if (fileName.endsWith('.properties')) return readProperties(text);
  if (fileName === '.env') return parseDotenv(text);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is another package
  assert.equal(XMLValidator.validate(text), true, text);
  return xml.parse(text);
}

describe('a connection string anywhere in a settings file', () => {
  for (const [fileName, text] of Object.entries(files)) {
    it(`breaks nothing, says one thing more and takes the place of one at most: ${fileName}`, () => {
      const before = sayings(read(fileName, text));
      let places = 0;
      for (const start of placesIn(text)) {
        const insertion = insertString({ languageId: '', fileName, text, start, end: start }, uri);
        if (insertion === undefined) continue;
        places += 1;
        const marked = JSON.stringify(`${text.slice(Math.max(0, start - 60), start)}¦${text.slice(start, start + 30)}`);
        const after = sayings(read(fileName, applyEdits(text, insertion.edits)));
        if (insertion.kind === 'comment') {
          assert.deepEqual(after, before, marked);
          continue;
        }
        const lost = before.filter((one) => !after.includes(one));
        assert.ok(lost.length <= 1, `${marked} ${lost.join(' ')}`);
        const more = after.filter((one) => !before.includes(one));
        assert.ok(
          more.some((one) => one.includes(uri)),
          marked,
        );
        // A pair of name and value is one thing.
        assert.ok(more.length === 1 || more.join(' ').includes('name="MONGODB_URI"'), `${marked} ${more.join(' ')}`);
      }
      assert.ok(places > 20, String(places));
    });
  }
});
