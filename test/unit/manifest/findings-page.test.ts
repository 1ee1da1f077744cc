import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findingsFile, findingsPage } from '../../../scripts/findings-page';
import { findingsBesideThePath } from '../../../src/diagnostics/findings/beside-the-path';
import { findingsOnTheWire } from '../../../src/diagnostics/findings/on-the-wire';

describe('the page of findings', () => {
  it('is that of the code: npm run findings writes it anew', async () => {
    assert.equal(readFileSync(findingsFile, 'utf8'), await findingsPage());
  });

  it('has a part for every code, once, and there are at least 40', () => {
    const codes = new Set([...findingsOnTheWire, ...findingsBesideThePath].map(({ code }) => code));
    const headings = [...readFileSync(findingsFile, 'utf8').matchAll(/^### (\w+)$/gm)].map(([, code]) => code);
    assert.deepEqual([...headings].sort(), [...codes].sort());
    assert.ok(codes.size >= 40, String(codes.size));
  });
});
