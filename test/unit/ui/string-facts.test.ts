import assert from 'node:assert/strict';
import fc from 'fast-check';
import { secretsIn } from '../../../src/connection-string/credentials';
import { factsLine, factsOf } from '../../../src/ui/editor/string-facts';
import { findStrings } from '../../../src/workspace/find-strings';

/** Nothing is known of Atlas. */
const store: Parameters<typeof factsOf>[0] = { elements: () => [], known: () => ({}) as never };

const host = 'c.ab1cd.mongodb.net';

/** Where a string stands in files. */
const places: Readonly<Record<string, (uri: string) => string>> = {
  'double quotes': (uri) => `const uri = "${uri}";`,
  'single quotes': (uri) => `uri = '${uri}'`,
  'back quotes': (uri) => `const uri = \`${uri}\`;`,
  'a dotenv file': (uri) => `A=1\nMONGODB_URI=${uri}\nB=2`,
  'a YAML file': (uri) => `db:\n  uri: ${uri}\n`,
  'a sentence': (uri) => `see ${uri} there`,
  'two texts that a program puts together': (uri) => `"${uri.replace(`@${host}`, `" +\n  "@${host}`)}"`,
};

describe('what is said of a string without asking anybody', () => {
  it('names its network and host', () => {
    for (const [text, line] of [
      [`mongodb+srv://app:pw@${host}/`, `Public · ${host}`],
      ['mongodb://app:pw@mongo:27017/', 'Not Atlas · mongo'],
      ['mongodb://host:port/db', 'Not Atlas · host'],
      ['mongodb+srv://app:head', 'Not Atlas · app'],
      ['mongodb+srv://app:he@ad', 'Not Atlas'],
    ] as const) {
      assert.equal(factsLine(factsOf(store, text)), line);
    }
  });

  for (const [name, put] of Object.entries(places)) {
    it(`shows nothing of a password as a host, however it is written, in ${name}, and the redactor is told`, () => {
      const piece = fc.constantFrom('canary', ...Array.from('<>"\'` \\#$%&;|!,:/?[]{}()*+@'));
      const password = fc.array(piece, { minLength: 1, maxLength: 7 }).map((all) => `canary${all.join('')}`);
      fc.assert(
        fc.property(password, (secret) => {
          const found = findStrings(put(`mongodb+srv://app:${secret}@${host}/db`));
          assert.ok(found.length > 0);
          for (const { value } of found) assert.doesNotMatch(factsOf(store, value).hosts.join(), /canary/i);
          assert.ok(found.some(({ value }) => secretsIn(value).some((one) => one.startsWith('canary'))));
        }),
        { numRuns: 2000 },
      );
    });
  }
});
