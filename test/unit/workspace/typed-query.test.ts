import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/workspace/place';
import { typingAt } from '../../../src/workspace/typed-query';
import { usualVariable } from '../../../src/workspace/insert-string';

const string = 'mongodb+srv://u:<db_password>@orders-pl-0.ab1cd.mongodb.net/';

describe('what is typed of a name where a string is offered', () => {
  /** The query, and the text after a string was accepted; `¦` is the cursor. */
  const typed = (
    languageId: string,
    fileName: string,
    marked: string,
    isContinued = false,
  ): { readonly query: string; readonly text: string | undefined } | undefined => {
    const text = marked.replace('¦', '');
    const start = marked.indexOf('¦');
    const typing = typingAt({ languageId, fileName, text, start, end: start }, isContinued);
    if (typing === undefined) return undefined;
    const { slot, query } = typing;
    const newText = slot.write(string, slot.name ?? usualVariable);
    return {
      query,
      text: newText === undefined ? undefined : applyEdits(text, [...(slot.also ?? []), { span: slot.span, newText }]),
    };
  };

  for (const [languageId, fileName, marked, query, accepted] of [
    ['typescript', 'a.ts', "connect('mongodb¦')", '', `connect('${string}')`],
    ['typescript', 'a.ts', "connect('mongodborders¦')", 'orders', `connect('${string}')`],
    ['typescript', 'a.ts', "connect('mongodb orders eu-w¦')", 'orders eu-w', `connect('${string}')`],
    ['typescript', 'a.ts', "connect('mongodb+srv://ord¦')", 'ord', `connect('${string}')`],
    ['typescript', 'a.ts', "connect('mongodb://ord¦')", 'ord', `connect('${string}')`],
    ['typescript', 'a.ts', "const mongodbUri = 'ord¦';", 'ord', `const mongodbUri = '${string}';`],
    ['typescript', 'a.ts', "connect('mongodb://u:p@h.invalid/¦')", '', `connect('${string}')`],
    ['typescript', 'a.ts', "connect('mongodb+srv://c-pl-0.ab1cd.mongodb.net¦')", '', `connect('${string}')`],
    ['dotenv', '.env', 'MONGODB_URI=ord¦', 'ord', `MONGODB_URI='${string}'`],
    ['dotenv', '.env', 'MONGODB_URI=mongodbord¦ # note', 'ord', `MONGODB_URI='${string}' # note`],
    ['yaml', 'a.yaml', 'mongodb:\n  uri: ord¦\n', 'ord', `mongodb:\n  uri: '${string}'\n`],
    ['json', 'a.json', '{ "mongodbUri": "ord¦" }', 'ord', `{ "mongodbUri": "${string}" }`],
    ['json', 'a.json', '{ "x": "mongodbord¦" }', 'ord', `{ "x": "${string}" }`],
    ['properties', 'a.properties', 'mongodb.uri=ord¦', 'ord', `mongodb.uri=${string}`],
  ] as const) {
    it(`is "${query}" in ${marked}`, () => {
      assert.deepEqual(typed(languageId, fileName, marked), { query, text: accepted });
    });
  }

  it('is a word in code only while a list is open', () => {
    for (const [marked, query, accepted] of [
      ['connect(mongodborders¦)', 'orders', `connect("${string}")`],
      ['const mongodbUri = ord¦;', 'ord', `const mongodbUri = "${string}";`],
    ] as const) {
      assert.equal(typed('typescript', 'a.ts', marked), undefined);
      assert.deepEqual(typed('typescript', 'a.ts', marked, true), { query, text: accepted });
    }
  });

  it('is nothing where no string belongs', () => {
    for (const marked of ["greet('hello¦')", "greet('xmongodborders¦')", "const name = 'orders¦'"]) {
      assert.equal(typed('typescript', 'a.ts', marked, true), undefined, marked);
    }
  });
});
