import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ignoreEdit, isIgnoredBy } from '../../../src/ui/editor/git-ignore';
import { applyEdits } from '../../../src/workspace/place';

const cases: readonly (readonly [gitignore: string, path: string, ignored: boolean])[] = [
  ['.env', '.env', true],
  ['.env', 'server/.env', true],
  ['/.env', '.env', true],
  ['/.env', 'server/.env', false],
  ['*.env\n.env*', '.env.local', true],
  ['# .env', '.env', false],
  ['.env\n!.env', '.env', false],
  ['server/', 'server/.env', true],
  ['server/.env\r\n', 'server/.env', true],
  ['**/config', 'a/config/.env', true],
  ['.env?', '.env', false],
  ['', '.env', false],
];

/** The root's file, that of `packages/api`, and whether they leave out `packages/api/.env`. */
const nested: readonly (readonly [above: string, near: string, ignored: boolean])[] = [
  ['.env', '', true],
  ['', '.env', true],
  ['.env', '!.env', false],
  ['!.env', '.env', true],
  ['/.env', 'node_modules', false],
  ['', '', false],
];

describe('.gitignore files', () => {
  for (const [gitignore, path, ignored] of cases) {
    it(`${JSON.stringify(gitignore)} ${ignored ? 'leaves out' : 'takes'} ${path}`, () => {
      assert.equal(isIgnoredBy([{ gitignore, path }]), ignored);
    });
  }

  for (const gitignore of ['', 'node_modules/', 'a\r\nb\r\n', '!.env\n']) {
    for (const path of ['.env', 'server/.env', 'odd [name]*/.env']) {
      it(`leave out ${path} after it was added to ${JSON.stringify(gitignore)}`, () => {
        const after = applyEdits(gitignore, [ignoreEdit(gitignore, path)]);
        assert.ok(after.startsWith(gitignore));
        assert.equal(isIgnoredBy([{ gitignore: after, path }]), true);
        assert.equal(isIgnoredBy([{ gitignore: after, path: `other/${path}` }]), false);
      });
    }
  }

  it('are read as git itself reads them, also several between a file and its repository', function () {
    const folder = mkdtempSync(join(tmpdir(), 'git-ignore-'));
    try {
      if (spawnSync('git', ['init', '-q', folder]).status !== 0) {
        process.stdout.write('      skipped: there is no git on this machine\n');
        this.skip();
      }
      for (const [gitignore, path, ignored] of cases) {
        writeFileSync(join(folder, '.gitignore'), gitignore);
        const { status } = spawnSync('git', ['-C', folder, 'check-ignore', '-q', '--no-index', path]);
        assert.equal(status === 0, ignored, `${gitignore} ${path}`);
      }
      mkdirSync(join(folder, 'packages/api'), { recursive: true });
      for (const [above, near, ignored] of nested) {
        writeFileSync(join(folder, '.gitignore'), above);
        writeFileSync(join(folder, 'packages/api/.gitignore'), near);
        const { status } = spawnSync('git', ['-C', folder, 'check-ignore', '-q', '--no-index', 'packages/api/.env']);
        assert.equal(status === 0, ignored, `${above} ${near}`);
        const files = [
          { gitignore: near, path: '.env' },
          { gitignore: above, path: 'packages/api/.env' },
        ];
        assert.equal(isIgnoredBy(files), ignored, `${above} ${near}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
