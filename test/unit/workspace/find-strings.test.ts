import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findStrings, stringAt } from '../../../src/workspace/find-strings';
import { holdsConnectionString, variableNamesFor } from '../../../src/workspace/variable-names';
import { assertGrowsWithLength } from '../growth';

const host = 'c-pl-0.ab1cd.mongodb.net';

describe('connection strings in a text', () => {
  const cases: readonly (readonly [line: string, raw: string | undefined, isTemplate?: boolean])[] = [
    [`const uri = "mongodb+srv://${host}/?a=b";`, `mongodb+srv://${host}/?a=b`],
    [`uri: 'mongodb://u:p@h:1,i:2/db?x=y&z=w'`, 'mongodb://u:p@h:1,i:2/db?x=y&z=w'],
    ['see mongodb://only.example/db.', 'mongodb://only.example/db'],
    ['(mongodb://only.example/db), and', 'mongodb://only.example/db'],
    [`[it](mongodb://only.example/?a=b)**`, 'mongodb://only.example/?a=b'],
    ['MONGODB_URI=mongodb://h/?a=b#c$d', 'mongodb://h/?a=b#c$d'],
    [`x("mongodb+srv://<db_username>:<db_password>@${host}/")`, `mongodb+srv://<db_username>:<db_password>@${host}/`],
    ['<uri>mongodb://h/?a=b</uri>', 'mongodb://h/?a=b'],
    ['"mongodb://user:pa ss@h/"', 'mongodb://user:pa ss@h/'],
    [`"mongodb://user:it's@h/"`, `mongodb://user:it's@h/`],
    ['"mongodb://h/ is where it runs"', 'mongodb://h/'],
    // Passwords that nobody encoded, and what is none.
    ['"mongodb://u:a<b>c@h/"', 'mongodb://u:a<b>c@h/'],
    [String.raw`"mongodb://u:a\"b\c@h/"`, String.raw`mongodb://u:a\"b\c@h/`],
    ['URI="mongodb://u:a"b@h.example/"', 'mongodb://u:a"b@h.example/'],
    ['URI=mongodb://u:a b@h.example/ # c', 'mongodb://u:a b@h.example/'],
    ['  - uri: mongodb://u:a@b c@h.example/', 'mongodb://u:a@b c@h.example/'],
    [`see mongodb://u:a'b@h.example/ or ask`, `mongodb://u:a'b@h.example/`],
    ['URI=mongodb://u:p@h.example/ # me@h.example', 'mongodb://u:p@h.example/'],
    ['see mongodb://u:p@h or ask me@h.example', 'mongodb://u:p@h'],
    ['mongosh mongodb://h:$PORT --user me@h.example', 'mongodb://h:$PORT', true],
    ['<a>mongodb://h:27017</a><b>me@h.example</b>', 'mongodb://h:27017'],
    ['URI="mongodb://$USER:$PASSWORD"@h.example', 'mongodb://$USER:$PASSWORD', true],
    [String.raw`"mongodb://h/\nask me@h.example"`, 'mongodb://h/'],
    [String.raw`"{\"a\":\"mongodb://h/\",\"b\":\"x@y\"}"`, 'mongodb://h/'],
    ['"mongodb+srv://u:a"\n  "@h.example/"', 'mongodb+srv://u:a', true],
    ['mongodb://[::1]:27017/', 'mongodb://[::1]:27017/'],
    ['mongodb://u:pa$$word@h/', 'mongodb://u:pa$$word@h/', false],
    // Made by a program.
    ['`mongodb://${user}:${encodeURIComponent("a b")}@h/`', 'mongodb://${user}:${encodeURIComponent("a b")}@h/', true],
    ['f"mongodb://{user}:{quote(pw)}@h/"', 'mongodb://{user}:{quote(pw)}@h/', true],
    ['"mongodb://#{user}:#{pw}@h/"', 'mongodb://#{user}:#{pw}@h/', true],
    ['"mongodb://%s:%s@h/"', 'mongodb://%s:%s@h/', true],
    ['"mongodb://$user:$pw@h/"', 'mongodb://$user:$pw@h/', true],
    ['"mongodb://" + user + "@h/"', 'mongodb://', true],
    ['uri: mongodb://{{ .Values.user }}@h/', 'mongodb://{{ .Values.user }}@h/', true],
    ['"mongodb://h:%d/x"', 'mongodb://h:%d/x', true],
    ['"mongodb://%(u)s:%(p)s@%(h)s/x"', 'mongodb://%(u)s:%(p)s@%(h)s/x', true],
    ['"mongodb://user:" .. p', 'mongodb://user:', true],
    ['see mongodb://u:<your password>@h/x there', 'mongodb://u:<your password>@h/x'],
    // None.
    [String.raw`if (/^mongodb:\/\//.test(uri))`, undefined],
    ['xmongodb://h/', undefined],
    ['mongodb.net and mongodb+srv', undefined],
  ];
  for (const [line, raw, isTemplate = false] of cases) {
    it(line, () => {
      const [first, second] = findStrings(line);
      assert.equal(first?.raw, raw);
      if (first === undefined) return;
      assert.equal(first.isTemplate, isTemplate);
      assert.equal(line.slice(first.span.start, first.span.end), raw);
      assert.equal(second, undefined);
    });
  }

  it('are read as the program reads them, and know where each character came from', () => {
    const json = String.raw`{"a":"mongodb:\/\/u:\u0070w@h\/?a=b\u0026c=d"}`;
    const [inJson] = findStrings(json);
    assert.equal(inJson?.value, 'mongodb://u:pw@h/?a=b&c=d');
    assert.equal(json.indexOf(String.raw`\u0070w`), inJson.toText(inJson.value.indexOf('pw')));
    assert.equal(json.indexOf('w@'), inJson.toText(inJson.value.indexOf('w@')));
    const xml = '<add connectionString="mongodb://h/?a=b&amp;c=d" />';
    const [inXml] = findStrings(xml, 'xml');
    assert.equal(inXml?.value, 'mongodb://h/?a=b&c=d');
    assert.equal(inXml.toText(inXml.value.indexOf('c=d')), xml.indexOf('c=d'));
    const properties = String.raw`uri=mongodb\://h/?a\=b`;
    assert.equal(findStrings(properties)[0]?.value, 'mongodb://h/?a=b');
    assert.equal(findStrings('- URI=mongodb://u:a$$b@h/', 'compose')[0]?.value, 'mongodb://u:a$b@h/');
  });

  it('map every index into the text, for any escapes', () => {
    const piece = fc.constantFrom('a', '/', String.raw`\/`, String.raw`\u0041`, '\u{1f511}', String.raw`\\`, 'z');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = `"mongodb://h/${pieces.join('')}"`;
        const [found] = findStrings(text);
        assert.ok(found);
        assert.equal(found.toText(0), 1);
        assert.equal(found.toText(found.value.length), found.span.end);
        for (let index = 0; index < found.value.length; index += 1) {
          assert.ok(found.toText(index) < found.toText(index + 1) || found.value.codePointAt(index - 1)! > 0xffff);
        }
      }),
    );
  });

  it('are found under the cursor, or when there is only one', () => {
    const line = `a("mongodb://one.example/?x=1"), b('mongodb+srv://<db_username>:<db_password>@two.example/');`;
    assert.equal(stringAt(line, 5), 'mongodb://one.example/?x=1');
    assert.equal(stringAt(line, 60), 'mongodb+srv://<db_username>:<db_password>@two.example/');
    assert.equal(stringAt(line, 0), undefined);
    assert.equal(stringAt('see mongodb://only.example/db.', 0), 'mongodb://only.example/db');
    assert.equal(stringAt('nothing here', 3), undefined);
  });

  it('are found among 10,000 lines, and in hostile texts in time that grows with their length', () => {
    const line = '  const value = compute("some text", { option: true }); // and a remark of some length\n';
    const text = `${line.repeat(5000)}const uri = "mongodb+srv://u:p@${host}/";\n${line.repeat(5000)}`;
    assert.equal(findStrings(text).length, 1);
    for (const filler of [
      'mongodb://',
      '"mongodb://',
      '"mongodb:// ',
      'mongodb://${',
      'mongodb://{{a',
      '\\',
      '<a',
      '$',
      '< ',
      `u:a' `,
      '\nURI=mongodb://u:a< ',
    ]) {
      assertGrowsWithLength(filler, 100_000, (size) => void findStrings(`"mongodb://${filler.repeat(size)}`));
    }
    // What may trail behind a string in prose, and does not.
    assertGrowsWithLength('brackets', 16_000, (size) => {
      findStrings(`mongodb://${')'.repeat(size)}x `.repeat(10));
    });
  });
});

describe('names of variables', () => {
  it('hold a connection string by convention, however they are spelled', () => {
    const names = ['MONGODB_URI', 'spring.data.mongodb.uri', 'ConnectionStrings:MongoDB', 'mongodbUri', 'mongo_url'];
    for (const name of names) assert.ok(holdsConnectionString(name), name);
    for (const name of ['PATH', 'uri', 'POSTGRES_URL', '']) assert.ok(!holdsConnectionString(name), name);
  });

  it('come in the order of what the project speaks for', () => {
    const first = (files: readonly string[], inUse: readonly string[] = []) =>
      variableNamesFor({ files, inUse })[0]?.name;
    assert.equal(first([]), 'MONGODB_URI');
    assert.equal(first(['src/main/resources/application-dev.yml']), 'SPRING_DATA_MONGODB_URI');
    assert.equal(first(['Shop.csproj']), 'ConnectionStrings__MongoDB');
    assert.equal(first(['prisma/schema.prisma'], ['SHOP_DB']), 'SHOP_DB');
    const all = variableNamesFor({ files: ['appsettings.json'], inUse: ['MONGO_URI'] }).map(({ name }) => name);
    assert.deepEqual(all.slice(0, 3), ['MONGO_URI', 'ConnectionStrings__MongoDB', 'MONGODB_URI']);
    assert.equal(new Set(all).size, all.length);
  });
});
