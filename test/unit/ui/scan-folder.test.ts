import assert from 'node:assert/strict';
import { excludedBy, expandBraces } from '../../../src/ui/workspace-strings/exclude-globs';
import {
  mayHoldString,
  scanFolder,
  scanLimits,
  type ScanEntry,
  type ScanPorts,
} from '../../../src/ui/workspace-strings/scan-folder';
import { assertGrowsWithLength } from '../growth';

const none = new Set<string>();

describe('what the settings exclude', () => {
  const cases: readonly [pattern: string, path: string, excluded: boolean][] = [
    ['**/node_modules', 'node_modules', true],
    ['**/node_modules', 'a/b/node_modules', true],
    ['**/node_modules', 'a/node_modules_b', false],
    ['node_modules', 'a/node_modules', false],
    ['dist/**', 'dist', true],
    ['dist/**', 'src/dist', false],
    ['dist/', 'dist', true],
    ['**/*.map', 'x.map', true],
    ['**/*.map', 'a/x.map', true],
    ['**/*.map', 'a/x.map.ts', false],
    ['*.map', 'a/x.map', false],
    ['**/*.{js,css}', 'a/x.css', true],
    ['**/*.{js,css}', 'a/x.ts', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[!a-c]x', 'dx', true],
    ['a/**/z', 'a/z', true],
    ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'b/z', false],
    ['**', 'anything/at/all', true],
    ['*ab*ab', 'abxabab', true],
  ];
  for (const [pattern, path, excluded] of cases) {
    it(`${pattern} ${excluded ? 'leaves out' : 'leaves in'} ${path}`, () => {
      assert.equal(excludedBy({ [pattern]: true })(path, none), excluded);
    });
  }

  it('is nothing where a pattern is off, and a file only beside another where it says so', () => {
    assert.equal(excludedBy({ '**/a': false })('a', none), false);
    const derived = excludedBy({ '**/*.js': { when: '$(basename).ts' } });
    assert.equal(derived('src/a.js', new Set(['a.js', 'a.ts'])), true);
    assert.equal(derived('src/a.js', new Set(['a.js'])), false);
  });

  it('takes no time that a hostile pattern could stretch', () => {
    assertGrowsWithLength('a pattern of stars', 400, (size) => {
      const hostile = excludedBy(
        { ['**/'.repeat(size) + '*a'.repeat(size)]: true },
        { ['{a,b}'.repeat(40)]: true },
        'no object',
        null,
      );
      hostile('a/'.repeat(size) + 'a'.repeat(size) + 'b', none);
    });
    assert.ok(expandBraces('{a,b}'.repeat(40)).length <= 1000);
    assert.deepEqual(expandBraces('x{a,b{c,d}}y'), ['xay', 'xbcy', 'xbdy']);
    assert.deepEqual(expandBraces('{open'), ['{open']);
  });
});

/** A folder as nested objects: text or bytes are files, `undefined` cannot be read. */
interface Tree {
  readonly [name: string]: string | Uint8Array | Tree | undefined;
}

function portsOf(tree: Tree, log: string[] = []): ScanPorts<string> {
  const at = (path: string) =>
    path
      .split('/')
      .filter((part) => part !== '')
      .reduce<Tree[string]>((node, part) => (node as Tree)[part], tree);
  const bytes = (path: string): Uint8Array => {
    const node = at(path);
    if (node === undefined) throw new Error('not readable');
    return typeof node === 'string' ? new TextEncoder().encode(node) : (node as Uint8Array);
  };
  return {
    list: (folder) => {
      const node = at(folder);
      if (node === undefined) return Promise.reject(new Error('not readable'));
      return Promise.resolve(
        Object.entries(node as Tree).map(([name, value]): ScanEntry => {
          const isFile = typeof value === 'string' || value instanceof Uint8Array;
          return { name, kind: name === 'link' ? 'other' : isFile ? 'file' : 'folder' };
        }),
      );
    },
    join: (folder, name) => `${folder}/${name}`,
    sizeOf: async (file) => Promise.resolve(bytes(file).byteLength),
    read: async (file) => {
      log.push(file);
      return Promise.resolve(bytes(file));
    },
    now: () => performance.now(),
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('a scan of a folder', () => {
  const text = 'uri = "mongodb://h.example/"';
  const scan = async (ports: ScanPorts<string>, signal = new AbortController().signal) => {
    const found: string[] = [];
    const isExcluded = excludedBy({ '**/node_modules': true });
    const result = await scanFolder(ports, '', isExcluded, (file) => found.push(file), signal);
    return { ...result, found: found.sort() };
  };

  it('gives the texts that may hold a string, and leaves out what is excluded, binary, large or not readable', async () => {
    const log: string[] = [];
    const ports = portsOf(
      {
        'a.js': text,
        src: { 'b.py': text, deep: { 'c.go': 'nothing here' }, gone: undefined },
        node_modules: { 'd.js': text },
        'e.bin': new Uint8Array([...new TextEncoder().encode(text), 0, 1]),
        'f.json': text + ' '.repeat(scanLimits.fileSize),
        link: { 'g.js': text },
      },
      log,
    );
    const { found, files, limited } = await scan(ports);
    assert.deepEqual(found, ['/a.js', '/src/b.py']);
    assert.equal(limited, false);
    assert.equal(files, 5);
    assert.ok(!log.includes('/f.json'), 'a large file is not read');
    assert.ok(!log.some((file) => file.includes('node_modules') || file.includes('link')));
  });

  it('ends where folders are too deep, and says so', async () => {
    let tree: Tree = { 'a.js': text };
    for (let depth = 0; depth <= scanLimits.depth; depth += 1) tree = { d: tree };
    const { found, limited } = await scan(portsOf(tree));
    assert.deepEqual(found, []);
    assert.equal(limited, true);
  });

  it('ends when it is aborted', async () => {
    const abort = new AbortController();
    const ports = portsOf(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${index}.js`, text])));
    let reads = 0;
    const { files } = await scan(
      {
        ...ports,
        read: async (file) => {
          reads += 1;
          if (reads === 20) abort.abort();
          return await ports.read(file);
        },
      },
      abort.signal,
    );
    assert.ok(files < 100, String(files));
  });

  it('lets others run: it pauses after some milliseconds of work', async () => {
    let now = 0;
    let pauses = 0;
    const ports = portsOf(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`${index}.js`, text])));
    const found: string[] = [];
    await scanFolder(
      {
        ...ports,
        now: () => now,
        pause: () => {
          pauses += 1;
          return Promise.resolve();
        },
      },
      '',
      excludedBy(),
      (file) => {
        now += scanLimits.stretchMs / 2;
        found.push(file);
      },
      new AbortController().signal,
    );
    assert.equal(found.length, 100);
    assert.ok(pauses >= 25, String(pauses));
  });

  it('takes no text without the word, and none with a NUL, for one with a string', () => {
    assert.equal(mayHoldString(new TextEncoder().encode('mongo')), false);
    assert.equal(mayHoldString(new TextEncoder().encode('x mongodb')), true);
    assert.equal(mayHoldString(new TextEncoder().encode('mongodb\0')), false);
  });
});
