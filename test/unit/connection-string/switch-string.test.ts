import assert from 'node:assert/strict';
import { parseConnectionString } from '../../../src/connection-string/parse';
import { switchString } from '../../../src/connection-string/switch-string';

const publicSrv = 'mongodb+srv://cluster0.ab1cd.mongodb.net';
const privateSrv = 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net';
const standard =
  'mongodb://pl-0-us-east-1.ab1cd.mongodb.net:1024,pl-0-us-east-1.ab1cd.mongodb.net:1025/?ssl=true&authSource=admin&replicaSet=rs-1';

const cases: readonly (readonly [what: string, current: string, atlas: string, expected: string])[] = [
  ['puts other hosts in', publicSrv, privateSrv, 'mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net/'],
  [
    'keeps user, placeholder, database and options as they are written',
    'mongodb+srv://us%65r:<db_password>@cluster0.ab1cd.mongodb.net/shop?retryWrites=true&w=majority&appName=a%20b',
    privateSrv,
    'mongodb+srv://us%65r:<db_password>@cluster0-pl-0.ab1cd.mongodb.net/shop?retryWrites=true&w=majority&appName=a%20b',
  ],
  [
    'takes the options of the hosts along with the hosts',
    'mongodb://u:p@a-shard-00-00.ab1cd.mongodb.net:27017/db?replicaSet=atlas-1&ssl=true&authSource=admin&readPreference=nearest',
    privateSrv,
    'mongodb+srv://u:p@cluster0-pl-0.ab1cd.mongodb.net/db?readPreference=nearest',
  ],
  [
    'brings the options that a standard string needs',
    'mongodb+srv://u:p@cluster0.ab1cd.mongodb.net/?w=1',
    standard,
    'mongodb://u:p@pl-0-us-east-1.ab1cd.mongodb.net:1024,pl-0-us-east-1.ab1cd.mongodb.net:1025/?ssl=true&authSource=admin&replicaSet=rs-1&w=1',
  ],
  [
    'keeps a password that nobody encoded',
    'mongodb+srv://u:p@ss/word@cluster0.ab1cd.mongodb.net/db?w=1',
    privateSrv,
    'mongodb+srv://u:p@ss/word@cluster0-pl-0.ab1cd.mongodb.net/db?w=1',
  ],
  [
    'keeps the holes of a template',
    'mongodb+srv://${user}:${password}@cluster0.ab1cd.mongodb.net/${db}?w=${w}',
    privateSrv,
    'mongodb+srv://${user}:${password}@cluster0-pl-0.ab1cd.mongodb.net/${db}?w=${w}',
  ],
  [
    'gives a string without a user the one of the choice',
    publicSrv,
    'mongodb+srv://reader:<db_password>@cluster0-pl-0.ab1cd.mongodb.net/',
    'mongodb+srv://reader:<db_password>@cluster0-pl-0.ab1cd.mongodb.net/',
  ],
  [
    'is not confused by an @ among the options',
    'mongodb+srv://u:p@cluster0.ab1cd.mongodb.net/?appName=a@b',
    privateSrv,
    'mongodb+srv://u:p@cluster0-pl-0.ab1cd.mongodb.net/?appName=a@b',
  ],
];

describe('another string in place of one', () => {
  for (const [what, current, atlas, expected] of cases) {
    it(what, () => {
      assert.equal(switchString(current, atlas), expected);
      if (parseConnectionString(current).ok) assert.ok(parseConnectionString(expected).ok);
    });
  }

  it('is the same again when it is switched back', () => {
    const before = 'mongodb+srv://u:p@cluster0.ab1cd.mongodb.net/shop?w=majority';
    assert.equal(switchString(switchString(before, privateSrv), publicSrv), before);
    assert.equal(switchString(switchString(before, standard), publicSrv), before);
  });
});
