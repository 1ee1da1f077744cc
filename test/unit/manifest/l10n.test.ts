import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bundleFile, bundleOfSource } from '../../../scripts/l10n';

describe('texts for translators', function () {
  // The tool parses every source file.
  this.timeout(120_000);
  let texts: string;
  before(async () => {
    texts = await bundleOfSource();
  });

  it('are those of the code', () => {
    const inCode = Object.keys(JSON.parse(texts) as Record<string, unknown>);
    const inBundle = Object.keys(JSON.parse(readFileSync(bundleFile, 'utf8')) as Record<string, unknown>);
    const missing = inCode.filter((text) => !inBundle.includes(text));
    const left = inBundle.filter((text) => !inCode.includes(text));
    assert.deepEqual({ missing, left }, { missing: [], left: [] }, 'npm run l10n writes the file anew');
  });

  it('are of both kinds of call: the editor’s own, and the one that also works in the helper', () => {
    assert.match(texts, /"Private Endpoints could not start: \{0\}"/);
    assert.match(texts, /"less than a minute ago"/);
    assert.match(texts, /"How shall the test sign in to the database\?"/);
  });
});
