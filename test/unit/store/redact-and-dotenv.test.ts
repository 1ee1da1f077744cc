import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import { createRedactor } from '../../../src/connection-string/redact';
import { hasVariable, setVariable } from '../../../src/workspace/dotenv';

describe('redactor', () => {
  it('takes out what it was told, in every spelling', () => {
    const { register, redact } = createRedactor();
    register('p@ss/"word');
    for (const text of ['p@ss/"word', 'p%40ss%2F%22word', JSON.stringify({ key: 'p@ss/"word' })]) {
      assert.doesNotMatch(redact(`before ${text} after`), /ss.*word/);
      assert.match(redact(`before ${text} after`), /^before .* after$/);
    }
  });

  it('takes out what looks like a secret', () => {
    const { redact } = createRedactor();
    const secrets = [
      'mongodb+srv://u:canary/ca@nary@host.example/db',
      'socks5://u:canary@127.0.0.1:1080',
      'Authorization: Bearer canarycanary',
      '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----',
    ];
    for (const text of secrets) assert.doesNotMatch(redact(text), /canary|nary@/, text);
    assert.match(redact(secrets[0] ?? ''), /host\.example\/db/);
  });

  it('leaves evidence alone', () => {
    const { redact } = createRedactor();
    const text = 'mongodb+srv://c-pl-0.example.net answered 10.0.30.194:1024';
    assert.equal(redact(text), text);
  });
});

describe('dotenv file', () => {
  const value = 'mongodb+srv://app:<db_password>@c-pl-0.example.net/?a=b#c$d';

  it('gets a variable that dotenv reads back', () => {
    for (const before of ['', 'A=1', 'A=1\n', '# note\r\nA=1\r\n']) {
      const after = setVariable(before, 'MONGODB_URI', value);
      assert.equal(parse(after).MONGODB_URI, value);
      assert.ok(after.startsWith(before));
    }
  });

  it('keeps everything but the value of a variable that is there', () => {
    const before = `A=1\nexport MONGODB_URI="old" # no comment in it\n#MONGODB_URI=x\nB=2\n`;
    const after = setVariable(before, 'MONGODB_URI', value);
    assert.equal(parse(after).MONGODB_URI, value);
    assert.equal(after.replace(`'${value}'`, '"old"'), before);
  });

  it('knows what is set and what is only mentioned', () => {
    assert.equal(hasVariable('#MONGODB_URI=x\nXMONGODB_URI=1', 'MONGODB_URI'), false);
    assert.equal(hasVariable('  MONGODB_URI = x', 'MONGODB_URI'), true);
  });
});
