import assert from 'node:assert/strict';
import { parse } from 'dotenv';
import { hasVariable, setVariable } from '../../../src/workspace/dotenv';

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

  it('sets an empty variable with a comment, and one behind a byte order mark', () => {
    assert.equal(setVariable('A=# set me\n', 'A', 'x'), "A='x' # set me\n");
    assert.equal(setVariable('\ufeffA=old\n', 'A', 'x'), "\ufeffA='x'\n");
  });

  it('knows what is set and what is only mentioned', () => {
    assert.equal(hasVariable('#MONGODB_URI=x\nXMONGODB_URI=1', 'MONGODB_URI'), false);
    assert.equal(hasVariable('  MONGODB_URI = x', 'MONGODB_URI'), true);
  });
});
