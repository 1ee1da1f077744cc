import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertString } from '../../../src/workspace/insert-string';
import { applyEdits } from '../../../src/workspace/place';
import { loadGrammars, type GrammarLanguage, type ReadPieces } from '../../grammars/read-literal';
import { readCSharp, readGo, readJava, readKotlin, readPhp, readRuby, readRust, readScala } from './literal-readers';
import type { ReadLiteral } from './literal-readers';
import { nastyValue, nastyValues } from './nasty-values';
import { placeIn } from './place-in';

interface Row {
  readonly language: GrammarLanguage;
  /** What each piece of a literal means, from the language's specification. */
  readonly read: ReadLiteral;
  /** Programs with the cursor where a literal can stand, and in literals. */
  readonly programs: readonly string[];
}

const rows: readonly Row[] = [
  { language: 'java', read: readJava, programs: ['String uri = ¦;', 'String uri = "¦";'] },
  { language: 'kotlin', read: readKotlin, programs: ['val uri = ¦\n', 'val uri = "¦"\n', 'val uri = """¦"""\n'] },
  {
    language: 'csharp',
    read: readCSharp,
    programs: ['var uri = ¦;', 'var uri = "¦";', 'var uri = @"¦";', 'var uri = $"¦";', 'var uri = $@"¦";'],
  },
  { language: 'go', read: readGo, programs: ['package a\nvar uri = ¦\n', 'package a\nvar uri = `¦`\n'] },
  { language: 'rust', read: readRust, programs: ['fn f() { let uri = ¦; }', 'fn f() { let uri = r#"¦"#; }'] },
  { language: 'php', read: readPhp, programs: ['<?php\n$uri = ¦;', "<?php\n$uri = '¦';", '<?php\n$uri = "¦";'] },
  { language: 'ruby', read: readRuby, programs: ['uri = ¦\n', "uri = '¦'\n", 'uri = "¦"\n'] },
  { language: 'scala', read: readScala, programs: ['val uri = ¦\n', 'val uri = "¦"\n', 'val uri = s"¦"\n'] },
];

const opening = /^(?:[sf$@]*|r#*)(?:"""|"|'|`)/;
const closing = /(?:"""|"|'|`)#*$/;

describe('a connection string in a program, by the grammar that editors have of the language', () => {
  let grammar: Awaited<ReturnType<typeof loadGrammars>>;
  before(async function () {
    // Installs them, once.
    this.timeout(180_000);
    grammar = await loadGrammars();
  });

  for (const { language, read, programs } of rows) {
    it(`is one literal of ${language}, and each of its pieces is read back`, async () => {
      const pieces = await grammar(language);
      for (const marked of programs) {
        let written = 0;
        const check = (value: string): void => {
          const program = inserted(language, marked, value);
          if (program === undefined) return;
          written += 1;
          assert.equal(readBack(pieces, read, marked, program), value, program);
        };
        // As every connection string begins; grammars mistake some quotes at the beginning.
        for (const value of nastyValues) check(`mongodb://${value}`);
        fc.assert(fc.property(nastyValue, (value) => check(`mongodb://${value}`)));
        assert.ok(written > 0, marked);
      }
    });
  }
});

function inserted(languageId: string, marked: string, value: string): string | undefined {
  const place = placeIn(languageId, marked);
  const insertion = insertString(place, value);
  return insertion === undefined ? undefined : applyEdits(place.text, insertion.edits);
}

/** The value of the literal that stands in the place of the cursor and what is around it. */
function readBack(pieces: ReadPieces, read: ReadLiteral, marked: string, program: string): string {
  const [before = '', after = ''] = marked.split(/[sf$@]*(?:r#)?["'`]*¦["'`]*#?/);
  const end = program.length - after.length;
  const found = pieces(program, before.length, end);
  assert.ok(found !== undefined, `not one literal: ${program}`);
  assert.ok(
    // Raw literals of Kotlin can hold a `$` in no other way.
    found.every(({ kind, text }) => kind !== 'hole' || text === "${'$'}"),
    `has a hole: ${program}`,
  );
  const literal = program.slice(before.length, end);
  const open = opening.exec(literal)?.[0] ?? '';
  const close = closing.exec(literal)?.[0] ?? '';
  return found
    .map(({ text }, index) => {
      const from = index === 0 ? open.length : 0;
      const to = index === found.length - 1 ? text.length - close.length : text.length;
      return String(read(open + text.slice(from, to) + close));
    })
    .join('');
}
