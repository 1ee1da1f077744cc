import assert from 'node:assert/strict';
import { mayWantString } from '../../../src/ui/editor/wants-string';

describe('a line that may want a connection string', () => {
  const wanted = (marked: string): boolean => mayWantString(marked.replace('¦', ''), marked.indexOf('¦'));

  it('has the beginning of one, or a name that holds one', () => {
    for (const marked of ['connect(mon¦)', 'MONGODB_URI=¦', '  "mongodbUri": "¦"']) assert.ok(wanted(marked), marked);
    for (const marked of ['month¦', 'NAME=¦', "import x from 'mongo¦", '¦ mongo']) assert.ok(!wanted(marked), marked);
  });

  it('has a key that those above or beside it say more of', () => {
    for (const marked of ['      uri: ¦', '  value: "¦"', '- url: ¦']) assert.ok(wanted(marked), marked);
    for (const marked of ['      port: ¦', '  value¦: ""', 'a.uri = ¦', '  uri: x¦'])
      assert.ok(!wanted(marked), marked);
  });
});
