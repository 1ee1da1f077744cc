import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertString, insertVariable, slotAt, wantsString } from '../../../src/workspace/insert-string';
import { languages } from '../../../src/workspace/languages';
import { applyEdits, type Place } from '../../../src/workspace/place';
import {
  readBash,
  readCSharp,
  readGo,
  readHcl,
  readJava,
  readJavaScript,
  readKotlin,
  readPhp,
  readPowerShell,
  readPython,
  readRuby,
  readRust,
  readScala,
  type ReadLiteral,
} from './literal-readers';
import { nastyValue, nastyValues } from './nasty-values';
import { placeIn } from './place-in';
import { assertGrowsWithLength } from '../growth';

function inserted(place: Place, value: string): string | undefined {
  const insertion = insertString(place, value);
  return insertion === undefined ? undefined : applyEdits(place.text, insertion.edits);
}

interface Row {
  readonly languageId: string;
  readonly read: ReadLiteral;
  /** A statement with the cursor where a literal can stand. */
  readonly outside: string;
  /** Literals with the cursor in them; those that cannot hold every value are marked. */
  readonly literals: readonly string[];
  readonly partial?: readonly string[];
}

const rows: readonly Row[] = [
  ...['javascript', 'typescript', 'javascriptreact', 'typescriptreact'].map((languageId) => ({
    languageId,
    read: readJavaScript,
    outside: "/* it's */ const regex = /[\"'`]/; const uri = ¦;",
    literals: ['"¦"', "'¦'", '`¦`'],
  })),
  { languageId: 'java', read: readJava, outside: "char c = '\"'; String uri = ¦;", literals: ['"¦"'] },
  {
    languageId: 'kotlin',
    read: readKotlin,
    outside: "val c = '\"'; val uri = ¦",
    literals: ['"¦"'],
    partial: ['"""¦"""'],
  },
  {
    languageId: 'csharp',
    read: readCSharp,
    outside: "var c = '\"'; var uri = ¦;",
    literals: ['"¦"', '@"¦"', '$"¦"', '$@"¦"'],
    partial: ['""" ¦ """'],
  },
  { languageId: 'go', read: readGo, outside: "c := '\"'; uri := ¦", literals: ['"¦"'], partial: ['`¦`'] },
  {
    languageId: 'rust',
    read: readRust,
    outside: "fn f<'a>(x: &'a str) { let c = '\"'; let uri = ¦; }",
    literals: ['"¦"'],
    partial: ['r"¦"', 'r#"¦"#'],
  },
  { languageId: 'php', read: readPhp, outside: "<?php # it's\n$uri = ¦;", literals: ["'¦'", '"¦"'] },
  {
    languageId: 'ruby',
    read: readRuby,
    outside: "x = /['\"]/ # it's\nuri = ¦",
    literals: ["'¦'", '"¦"'],
    partial: ['%q(¦)', '%Q[¦]', '%{¦}', '%q|¦|'],
  },
  {
    languageId: 'scala',
    read: readScala,
    outside: "val c = '\"'; val uri = ¦",
    literals: ['"¦"'],
    partial: ['"""¦"""', 's"¦"', 's"""¦"""'],
  },
  { languageId: 'powershell', read: readPowerShell, outside: "<# it's #> $uri = ¦", literals: ["'¦'", '"¦"'] },
  { languageId: 'terraform', read: readHcl, outside: "# it's\nuri = ¦", literals: ['"¦"'] },
];

describe('a connection string in code', () => {
  for (const { languageId, read, outside, literals, partial = [] } of rows) {
    it(`is read back by ${languageId}: as a literal of its own`, () => {
      const [before = '', after = ''] = outside.split('¦');
      const check = (value: string): void => {
        const text = inserted(placeIn(languageId, outside), value);
        assert.ok(text?.startsWith(before) === true && text.endsWith(after), text);
        assert.equal(read(text.slice(before.length, text.length - after.length)), value);
      };
      nastyValues.forEach(check);
      fc.assert(fc.property(nastyValue, check));
    });

    for (const literal of [...literals, ...partial]) {
      it(`is read back by ${languageId}: inside of ${literal.replace('¦', '')}`, () => {
        const place = placeIn(languageId, literal);
        let written = 0;
        const check = (value: string): void => {
          const text = inserted(place, value);
          if (text === undefined) {
            assert.ok(partial.includes(literal), `cannot hold ${value}`);
            return;
          }
          written += 1;
          assert.equal(read(text), value);
        };
        nastyValues.forEach(check);
        fc.assert(fc.property(nastyValue, check));
        assert.ok(written > 0);
      });
    }
  }

  it('is read back by Python', function () {
    const values = [...nastyValues, ...fc.sample(nastyValue, 100)];
    const marked = ['x = ¦', '"¦"', "'¦'", '"""¦"""', "'''¦'''", 'f"¦"', "f'¦'", 'u"¦"', 'r"¦"', "r'''¦'''"];
    const cases = marked.flatMap((literal) =>
      values.flatMap((value) => {
        const text = inserted(placeIn('python', literal), value);
        assert.ok(text !== undefined || /r["']/.test(literal), literal);
        return text === undefined ? [] : [{ literal: text.replace(/^x = /, ''), value }];
      }),
    );
    const results = readPython(cases.map(({ literal }) => literal));
    if (results === undefined) {
      process.stdout.write('    Not checked with Python: there is no python3 here.\n');
      this.skip();
    }
    cases.forEach(({ literal, value }, index) => assert.equal(results[index], value, literal));
  });

  it('is read back by bash', function () {
    const values = [...nastyValues, ...fc.sample(nastyValue, 100)];
    const cases = ['¦', "'¦'", '"¦"', "$'¦'"].flatMap((word) =>
      values.map((value) => {
        const text = inserted(placeIn('shellscript', `x=${word}`), value);
        assert.ok(text !== undefined);
        return { word: text.slice('x='.length), value };
      }),
    );
    const results = readBash(cases.map(({ word }) => word));
    if (results === undefined) {
      process.stdout.write('    Not checked with bash: there is none here.\n');
      this.skip();
    }
    cases.forEach(({ word, value }, index) => assert.equal(results[index], value, word));
  });
});

const uri = 'mongodb+srv://app:<db_password>@c-pl-0.ab1cd.mongodb.net/?a=b&c=d';

describe('inserting into code', () => {
  const cases: readonly (readonly [languageId: string, marked: string, result: string])[] = [
    // A string that stands there, or the beginning of one, is replaced.
    ['typescript', 'connect("mongodb://old:secret@h¦/?a=b");', `connect("${uri}");`],
    ['typescript', 'connect("mongodb¦");', `connect("${uri}");`],
    ['typescript', 'connect(mongo¦);', `connect("${uri}");`],
    ['typescript', 'const MONGODB_URI = "changeme¦";', `const MONGODB_URI = "${uri}";`],
    ['typescript', 'connect(¦oldUri¦);', `connect("${uri}");`],
    // Other text keeps standing.
    ['typescript', 'log("to ¦ now");', `log("to ${uri} now");`],
    ['typescript', 'log("to ¦this¦ now");', `log("to ${uri} now");`],
    ['typescript', '// see ¦', `// see ${uri}`],
    ['typescript', '/* "see ¦ */ a', `/* "see ${uri} */ a`],
    ['typescript', 'log("mongodb://localhost is the ¦default");', `log("mongodb://localhost is the ${uri}default");`],
    ['typescript', 'log("mongodb://local¦host is the default");', `log("${uri} is the default");`],
    ['typescript', 'log("mongodb://a or mongodb://b¦");', `log("mongodb://a or ${uri}");`],
    ['typescript', 'const MONGODB_URI = "mongodb://a or ¦";', `const MONGODB_URI = "mongodb://a or ${uri}";`],
    ['typescript', 'log("to mongo¦ now");', `log("to ${uri} now");`],
    ['typescript', 'connect(" mongodb://${user}@old¦ ");', `connect("${uri}");`],
    // Also without quotes, where they are not needed or nobody minds.
    ['shellscript', 'mongosh mongodb://old¦/x --eval 1', `mongosh '${uri}' --eval 1`],
    ['shellscript', 'export MONGODB_URI=mongodb://old¦', `export MONGODB_URI='${uri}'`],
    ['shellscript', 'export A="${A:-mongodb://old¦}"', `export A="\${A:-${uri}}"`],
    ['typescript', '// such as mongodb://old¦.', `// such as ${uri}.`],
    ['typescript', 'connect(mongodb://¦', `connect("${uri}"`],
    ['dockerfile', 'ENV A=mongodb://old¦', `ENV A=${uri}`],
    ['markdown', 'see `mongodb://o¦ld`, too', `see \`${uri}\`, too`],
    // The name of what a literal is given to, behind a type.
    ['rust', 'const MONGODB_URI: &str = "changeme¦";', `const MONGODB_URI: &str = "${uri}";`],
    ['rust', 'const MONGODB_URI: &\'static str = "changeme¦";', `const MONGODB_URI: &'static str = "${uri}";`],
    ['go', 'var mongodbURI string = "changeme¦"', `var mongodbURI string = "${uri}"`],
    ['shellscript', 'MONGODB_URI="${MONGODB_URI:-¦}"', `MONGODB_URI="\${MONGODB_URI:-${uri}}"`],
    // Lines and their indentation, too, which may have a meaning; some languages want them.
    ['java', 'x = """\n    mongodb://localhost¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['java', 'x = """\n    ¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['java', 'x = """\n¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['java', '  x = """¦""";', `  x = """\n  ${uri}""";`],
    ['java', 'x = """¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['java', 'x = """\n  to ¦ now\n  """;', `x = """\n  to ${uri} now\n  """;`],
    ['csharp', 'x = """\n    mongodb://localhost¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['csharp', 'x = """¦""";', `x = """${uri}""";`],
    ['csharp', 'x = """¦\n    """;', `x = """\n    ${uri}\n    """;`],
    ['csharp', 'x = """\n    ¦""";', `x = """\n    ${uri}\n    """;`],
    ['csharp', 'x = $"""\n  to ¦\n  """;', `x = $"""\n  to ${uri}\n  """;`],
    ['kotlin', 'x = """\n  |mongodb://old¦\n""".trimMargin()', `x = """\n  |${uri}\n""".trimMargin()`],
    ['scala', 'x = """\n  |mongodb://old¦\n""".stripMargin', `x = """\n  |${uri}\n""".stripMargin`],
    ['php', '<?php $x = <<<EOT\n  mongodb://old¦\n  EOT;', `<?php $x = <<<EOT\n  ${uri}\n  EOT;`],
    ['typescript', 'f(`\n  ¦\n`)', `f(\`\n  ${uri}\n\`)`],
    // What only looks like a literal.
    ['typescript', 'a(/"/, ¦)', `a(/"/, "${uri}")`],
    ['typescript', 'a = b / c; d = ¦ / 2', `a = b / c; d = "${uri}" / 2`],
    ['typescript', '`${a("}")} ${¦}`', `\`\${a("}")} \${"${uri}"}\``],
    ['typescript', '`${a} ¦ ${b}`', `\`\${a} ${uri} \${b}\``],
    ['typescript', "it's over\nb(¦)", `it's over\nb("${uri}")`],
    ['rust', "fn f<'a>(x: &'a str) { g(¦) }", `fn f<'a>(x: &'a str) { g("${uri}") }`],
    ['rust', '/* /* " */ */ g(¦)', `/* /* " */ */ g("${uri}")`],
    ['java', "c = '\"'; g(¦)", `c = '"'; g("${uri}")`],
    ['python', "x = '''it's\n¦'''", `x = '''it's\n${uri}'''`],
    ['python', 'x = """a"b""" + ¦', `x = """a"b""" + "${uri}"`],
    ['csharp', 'x = @"c:\\"; g(¦)', `x = @"c:\\"; g("${uri}")`],
    ['ruby', "x = <<~EOS\n  it's ¦\nEOS\n", `x = <<~EOS\n  it's ${uri}\nEOS\n`],
    ['php', "<?php $x = <<<'EOT'\nit's\nEOT; g(¦)", `<?php $x = <<<'EOT'\nit's\nEOT; g('${uri}')`],
    ['shellscript', "cat <<EOF\nit's ¦\nEOF\n", `cat <<EOF\nit's ${uri}\nEOF\n`],
    ['shellscript', 'a="$(echo "it\'s")" b=¦', `a="$(echo "it's")" b='${uri}'`],
    ['shellscript', "echo a#b 'c' # it's\nd=¦", `echo a#b 'c' # it's\nd='${uri}'`],
    ['shellscript', "echo 'it'\\''s'\na=¦", `echo 'it'\\''s'\na='${uri}'`],
    ['shellscript', "echo it\\'s\na=¦", `echo it\\'s\na='${uri}'`],
    ['shellscript', 'grep -q x <<< "hello"\na=¦', `grep -q x <<< "hello"\na='${uri}'`],
    ['shellscript', 'x=$(( 1 << n ))\na=¦', `x=$(( 1 << n ))\na='${uri}'`],
    ['shellscript', "cat <<\\EOF\nit's\nEOF\na=¦", `cat <<\\EOF\nit's\nEOF\na='${uri}'`],
    ['shellscript', 'cat <<-EOF\n  EOF is here\n\tit ¦\n\tEOF\n', `cat <<-EOF\n  EOF is here\n\tit ${uri}\n\tEOF\n`],
    ['powershell', 'echo `"\n$a = ¦', `echo \`"\n$a = '${uri}'`],
    // Where a bare literal would mean something else, it becomes a statement.
    ['shellscript', 'a=1\n¦\n', `a=1\nexport MONGODB_URI='${uri}'\n`],
    ['powershell', '¦', `$env:MONGODB_URI = '${uri}'`],
    ['terraform', 'a = 1\n¦', `a = 1\nmongodb_uri = "${uri}"`],
    // But for a line of a list or of a command.
    ['toml', 'a = [\n  ¦\n]', `a = [\n  "${uri}"\n]`],
    ['toml', 'a = [\n  "b",\n  ¦\n]', `a = [\n  "b",\n  "${uri}"\n]`],
    ['toml', '[a]\nb = [1]\n¦\n', `[a]\nb = [1]\nMONGODB_URI = "${uri}"\n`],
    ['terraform', 'a = [\n  "b"\n  ¦\n]', `a = [\n  "b",\n  "${uri}"\n]`],
    ['terraform', 'a = [\n  ¦\n  "b"\n]', `a = [\n  "${uri}",\n  "b"\n]`],
    ['terraform', 'a "b" {\n  ¦\n}', `a "b" {\n  mongodb_uri = "${uri}"\n}`],
    ['shellscript', 'docker run \\\n  ¦\n', `docker run \\\n  '${uri}'\n`],
    ['shellscript', 'a=(\n  ¦\n)', `a=(\n  '${uri}'\n)`],
    ['shellscript', '(\n  ¦\n)', `(\n  export MONGODB_URI='${uri}'\n)`],
    ['powershell', 'mongosh `\n  ¦', `mongosh \`\n  '${uri}'`],
    ['powershell', '$a = @(\n  ¦\n)', `$a = @(\n  '${uri}'\n)`],
    // A language that nobody knows takes plain text.
    ['brainfuck', 'to ¦', `to ${uri}`],
    ['markdown', 'to mongo¦', `to ${uri}`],
  ];
  for (const [languageId, marked, result] of cases) {
    it(`${languageId}: ${marked}`, () => assert.equal(inserted(placeIn(languageId, marked), uri), result));
  }

  it('takes any text at any place without throwing', () => {
    const piece = fc.constantFrom(
      ...'"\'`/*#$@{}()<\\rfsqQ%=-~\n ab'.split(''),
      '"""',
      "'''",
      '${',
      '#{',
      '<<EOF\n',
      'EOF\n',
    );
    const ids = fc.constantFrom(...languages.map(({ ids: [id = ''] }) => id));
    fc.assert(
      fc.property(ids, fc.array(piece, { maxLength: 40 }), fc.nat(60), (languageId, pieces, at) => {
        const text = pieces.join('');
        const start = Math.min(at, text.length);
        const place = { languageId, fileName: 'file', text, start, end: start };
        const insertion = insertString(place, uri);
        if (insertion === undefined) return;
        assert.ok(applyEdits(text, insertion.edits).length >= text.length - 30);
      }),
      { numRuns: 2000 },
    );
  });

  for (const {
    ids: [languageId = ''],
  } of languages) {
    it(`takes hostile ${languageId} in time that grows with its length`, () => {
      for (const filler of [
        '"',
        "'",
        '`${',
        '/*',
        '/',
        '${',
        '{',
        '<<EOF\n',
        '#',
        '\\',
        's"',
        'r#"',
        "'''",
        '$(',
        'a = ',
        '=/[x',
        '<<a',
        '%w[',
        '%{',
        ' ',
        '<?',
        '?>',
        '$((',
        '"$((',
        '<<A ',
        "x ?'",
      ]) {
        assertGrowsWithLength(`${languageId} ${filler}`, 30_000, (size) => {
          const text = filler.repeat(size);
          insertString({ languageId, fileName: 'file', text, start: text.length, end: text.length }, uri);
        });
      }
      assertGrowsWithLength(`${languageId} a class of expressions`, 400, (size) => {
        const text = `${'[=/'.repeat(100)}]`.repeat(size);
        insertString({ languageId, fileName: 'file', text, start: text.length, end: text.length }, uri);
      });
      // Also behind the cursor.
      for (const beginning of ['\n<<', '\n<<<', '\n<<~', "\n'\\\\u"]) {
        assertGrowsWithLength(`${languageId} ${beginning}`, 40_000, (size) => {
          insertString({ languageId, fileName: 'file', text: beginning + 'a'.repeat(size), start: 0, end: 0 }, uri);
        });
      }
    });
  }
});

describe('reading an environment variable in code', () => {
  const cases: readonly (readonly [languageId: string, marked: string, result: string | undefined])[] = [
    ['typescript', 'connect(¦);', 'connect(process.env.MONGODB_URI);'],
    ['typescript', 'connect("mongodb://u:p@h¦/");', 'connect(process.env.MONGODB_URI);'],
    ['typescript', 'connect("¦");', 'connect(process.env.MONGODB_URI);'],
    ['typescript', 'log(`to ¦ now`);', 'log(`to ${process.env.MONGODB_URI} now`);'],
    ['typescript', 'log("to ¦ now");', 'log("to " + process.env.MONGODB_URI + " now");'],
    ['typescript', 'log("to ¦");', 'log("to " + process.env.MONGODB_URI);'],
    ['python', 'connect(¦)', 'import os\nconnect(os.environ["MONGODB_URI"])'],
    [
      'python',
      '#!/usr/bin/env python3\n"""Doc."""\nfrom __future__ import annotations\nimport sys\nconnect("¦")',
      '#!/usr/bin/env python3\n"""Doc."""\nfrom __future__ import annotations\nimport os\nimport sys\nconnect(os.environ["MONGODB_URI"])',
    ],
    ['python', '¦', 'import os\nos.environ["MONGODB_URI"]'],
    ['python', '"""Doc."""\n¦', '"""Doc."""\nimport os\nos.environ["MONGODB_URI"]'],
    [
      'python',
      '#!/usr/bin/env python3\n¦\n# note\n',
      '#!/usr/bin/env python3\nimport os\nos.environ["MONGODB_URI"]\n# note\n',
    ],
    ['go', 'package a\n¦', 'package a\n\nimport "os"\nos.Getenv("MONGODB_URI")'],
    ['terraform', 'uri = ¦', 'uri = var.mongodb_uri'],
    ['python', 'import os\nf"to ¦ now"', 'import os\nf"to {os.environ[\'MONGODB_URI\']} now"'],
    ['python', 'import sys, os\nconnect(¦)', 'import sys, os\nconnect(os.environ["MONGODB_URI"])'],
    ['java', 'connect("¦");', 'connect(System.getenv("MONGODB_URI"));'],
    ['kotlin', 'connect("to ¦")', 'connect("to ${System.getenv("MONGODB_URI")}")'],
    ['csharp', 'connect("¦");', 'connect(System.Environment.GetEnvironmentVariable("MONGODB_URI"));'],
    [
      'go',
      'package main\n\nimport (\n\t"fmt"\n)\n\nvar uri = ¦',
      'package main\n\nimport (\n\t"os"\n\t"fmt"\n)\n\nvar uri = os.Getenv("MONGODB_URI")',
    ],
    ['go', 'package main\n\nvar uri = "¦"', 'package main\n\nimport "os"\n\nvar uri = os.Getenv("MONGODB_URI")'],
    ['rust', 'connect("¦")', 'connect(std::env::var("MONGODB_URI").expect("MONGODB_URI is not set"))'],
    ['rust', 'connect("to ¦ now")', undefined],
    ['php', "<?php connect('to ¦');", "<?php connect('to ' . getenv('MONGODB_URI'));"],
    ['ruby', 'connect("to ¦")', 'connect("to #{ENV.fetch(\'MONGODB_URI\')}")'],
    ['typescript', 'log("mongodb://u:p@h¦/ is it");', 'log(process.env.MONGODB_URI + " is it");'],
    ['typescript', 'log("is it mongodb://u:p@h¦/");', 'log("is it " + process.env.MONGODB_URI);'],
    [
      'python',
      'import os\nlog("mongodb://u:p@h/ is ¦")',
      'import os\nlog("mongodb://u:p@h/ is " + os.environ["MONGODB_URI"])',
    ],
    ['shellscript', "echo 'mongodb://u:p@h¦/ is it'", 'echo "$MONGODB_URI"\' is it\''],
    ['java', 'x = """\n  mongodb://old¦\n  """;', 'x = System.getenv("MONGODB_URI");'],
    // Half a text block is none.
    ['java', 'x = """\n  to ¦ now\n  """;', undefined],
    // What follows a literal is for all that takes its place.
    ['typescript', 'log("to ¦ now".trim());', 'log(("to " + process.env.MONGODB_URI + " now").trim());'],
    ['typescript', 'log("¦".trim());', 'log(process.env.MONGODB_URI.trim());'],
    ['python', 'import os\nlog("to ¦ %s" % x)', 'import os\nlog(("to " + os.environ["MONGODB_URI"] + " %s") % x)'],
    ['powershell', "mongosh 'to ¦'", "mongosh ('to ' + $env:MONGODB_URI)"],
    ['typescriptreact', '<A uri="¦" />', '<A uri={process.env.MONGODB_URI} />'],
    ['typescriptreact', 'const uri = "¦"', 'const uri = process.env.MONGODB_URI'],
    ['terraform', 'a "b" {\n  ¦\n}', 'a "b" {\n  mongodb_uri = var.mongodb_uri\n}'],
    // A here document cannot be replaced: the line that begins it goes on.
    ['ruby', 'x = <<~EOS.strip\n  ¦\nEOS\n', "x = <<~EOS.strip\n  #{ENV.fetch('MONGODB_URI')}\nEOS\n"],
    ['ruby', "x = <<~'EOS'\n  ¦\nEOS\n", undefined],
    ['shellscript', 'cat <<EOF >a\nURI=¦\nEOF\n', 'cat <<EOF >a\nURI=${MONGODB_URI}\nEOF\n'],
    ['shellscript', 'cat <<EOF >a\nmongodb://old¦\nEOF\n', 'cat <<EOF >a\n${MONGODB_URI}\nEOF\n'],
    ['shellscript', "cat <<'EOF' >a\nURI=¦\nEOF\n", undefined],
    ['scala', 'connect("¦")', 'connect(sys.env("MONGODB_URI"))'],
    ['shellscript', "mongosh '¦'", 'mongosh "$MONGODB_URI"'],
    ['shellscript', 'mongosh "¦"', 'mongosh "$MONGODB_URI"'],
    ['shellscript', 'echo "to ¦ now"', 'echo "to ${MONGODB_URI} now"'],
    ['powershell', 'mongosh ¦', 'mongosh $env:MONGODB_URI'],
    ['terraform', 'uri = "¦"', 'uri = var.mongodb_uri'],
    // Where no call is allowed: a variable instead of a constant, or a placeholder of the framework, or no way.
    ['kotlin', 'const val URI: String = "¦"', 'val URI: String = System.getenv("MONGODB_URI")'],
    ['kotlin', 'private const val URI =\n    ¦', 'private val URI =\n    System.getenv("MONGODB_URI")'],
    ['kotlin', 'const val A = "a"\nval uri = "¦"', 'const val A = "a"\nval uri = System.getenv("MONGODB_URI")'],
    ['kotlin', '@Value("¦") val uri: String', '@Value("\\${MONGODB_URI}") val uri: String'],
    ['kotlin', '@field:Value(¦) val uri: String', '@field:Value("\\${MONGODB_URI}") val uri: String'],
    ['kotlin', '@Named("¦") val uri: String', undefined],
    ['java', '@Value("¦") String uri;', '@Value("${MONGODB_URI}") String uri;'],
    ['java', '@Value(¦) String uri;', '@Value("${MONGODB_URI}") String uri;'],
    [
      'java',
      '@TestPropertySource(properties = { "a=(", "spring.data.mongodb.uri=¦" })',
      '@TestPropertySource(properties = { "a=(", "spring.data.mongodb.uri=${MONGODB_URI}" })',
    ],
    ['java', '@Named(value = "¦") String uri;', undefined],
    ['java', '@Named("a") String uri = "¦";', '@Named("a") String uri = System.getenv("MONGODB_URI");'],
    ['java', '@A(1) void f() { g("¦"); }', '@A(1) void f() { g(System.getenv("MONGODB_URI")); }'],
    ['rust', 'const URI: &str = "¦";', undefined],
    ['rust', "static URI: &'static str = ¦;", undefined],
    ['rust', '#[cfg(feature = "¦")]', undefined],
    [
      'rust',
      'static URI: LazyLock<String> = LazyLock::new(|| f(¦));',
      'static URI: LazyLock<String> = LazyLock::new(|| f(std::env::var("MONGODB_URI").expect("MONGODB_URI is not set")));',
    ],
    ['go', 'package a\n\nconst uri = "¦"\n', 'package a\n\nimport "os"\n\nvar uri = os.Getenv("MONGODB_URI")\n'],
    ['go', 'package a\n\nconst (\n\turi = "¦"\n)\n', undefined],
    [
      'go',
      'package a\n\nconst (\n\ta = 1\n)\n\nvar uri = ¦\n',
      'package a\n\nimport "os"\n\nconst (\n\ta = 1\n)\n\nvar uri = os.Getenv("MONGODB_URI")\n',
    ],
    [
      'csharp',
      'public const string Uri = "¦";',
      'public static readonly string Uri = System.Environment.GetEnvironmentVariable("MONGODB_URI");',
    ],
    ['csharp', 'const string uri = "¦";', undefined],
    ['csharp', '[Connection("¦")] class A {}', undefined],
    ['csharp', 'a[Find("¦")] = 1;', 'a[Find(System.Environment.GetEnvironmentVariable("MONGODB_URI"))] = 1;'],
    ['php', "<?php const URI = '¦';", undefined],
    ['php', "<?php class A { private string $uri = '¦'; }", undefined],
    [
      'php',
      "<?php class A { private $a = 1; function f() { $uri = '¦'; } }",
      "<?php class A { private $a = 1; function f() { $uri = getenv('MONGODB_URI'); } }",
    ],
    ['toml', 'uri = ¦', undefined],
    ['markdown', 'to ¦', undefined],
    ['typescript', '// to ¦', undefined],
  ];
  for (const [languageId, marked, result] of cases) {
    it(`${languageId}: ${marked}`, () => {
      const place = placeIn(languageId, marked);
      const insertion = insertVariable(place, 'MONGODB_URI');
      const text = insertion === undefined ? undefined : applyEdits(place.text, insertion.edits);
      assert.equal(text?.replace(/\n\nvariable "mongodb_uri" \{[^}]*\}\n$/, ''), result);
    });
  }

  it('declares the variable of a Terraform module where no file of it does', () => {
    const declaration = 'variable "mongodb_uri" {\n  type      = string\n  sensitive = true\n}\n';
    const written = (marked: string, siblings?: string): string => {
      const place = { ...placeIn('terraform', marked), ...(siblings === undefined ? {} : { siblings }) };
      return applyEdits(place.text, insertVariable(place, 'MONGODB_URI')?.edits ?? []);
    };
    assert.equal(written('uri = ¦\n'), `uri = var.mongodb_uri\n\n${declaration}`);
    // No file of a module.
    const terragrunt = { ...placeIn('terraform', 'uri = ¦\n'), fileName: '/infrastructure/terragrunt.hcl' };
    const edits = insertVariable(terragrunt, 'MONGODB_URI')?.edits ?? [];
    assert.equal(applyEdits(terragrunt.text, edits), 'uri = var.mongodb_uri\n');
    assert.equal(written(`uri = ¦\n${declaration}`), `uri = var.mongodb_uri\n${declaration}`);
    assert.equal(written('uri = ¦\n', `a = 1\n${declaration}`), 'uri = var.mongodb_uri\n');
    assert.equal(
      written('uri = ¦\n', '# variable "mongodb_uri" {}\nvariable "mongodb_uri_2" {}'),
      `uri = var.mongodb_uri\n\n${declaration}`,
    );
  });

  it('tells what the environment has to call it, and reads none in a file of values', () => {
    const called = (place: Place): string | undefined => insertVariable(place, 'MONGODB_URI')?.environmentName;
    assert.equal(called(placeIn('terraform', 'uri = ¦')), 'TF_VAR_mongodb_uri');
    assert.equal(called(placeIn('typescript', 'connect(¦)')), 'MONGODB_URI');
    assert.equal(called(placeIn('terraform-vars', 'uri = ¦')), undefined);
    assert.equal(called(placeIn('plaintext', 'uri = ¦', 'a/terraform.tfvars')), undefined);
  });

  it('knows what frameworks have for it', () => {
    const read = (place: Place, name: string): string =>
      applyEdits(place.text, insertVariable(place, name)?.edits ?? assert.fail('cannot read'));
    assert.equal(read(placeIn('php', "'dsn' => ¦", 'app/config/database.php'), 'DB_URI'), "'dsn' => env('DB_URI')");
    assert.equal(
      read(placeIn('csharp', 'x(¦)'), 'ConnectionStrings__MongoDB'),
      'x(builder.Configuration.GetConnectionString("MongoDB"))',
    );
  });
});

describe('offering a connection string while typing', () => {
  const cases: readonly (readonly [languageId: string, marked: string, offered: boolean])[] = [
    ['typescript', 'connect("mongo¦")', true],
    ['typescript', 'connect(mongo¦)', true],
    ['typescript', 'connect("¦")', false],
    ['typescript', 'connect("monk¦")', false],
    ['typescript', 'const mongodbUri = "¦"', true],
    ['typescript', 'const mongodbUri: string = ¦', true],
    ['typescript', 'const a = ¦', false],
    ['typescript', 'new MongoClient(process.env["MONGODB_URI"] = "¦")', true],
    ['python', 'MONGODB_URI = "¦"', true],
    ['markdown', 'see mongodb+s¦', true],
    ['markdown', 'see ¦', false],
    ['typescript', '// mongo¦', false],
    ['typescript', '// mongodb://h¦', false],
    ['typescript', 'connect(mongodb://¦', true],
    ['shellscript', 'mongosh mongodb://h¦', true],
    ['typescript', 'log("to mongo¦ now")', true],
    ['typescript', 'log("mongodb://localhost is the ¦default")', false],
  ];
  for (const [languageId, marked, offered] of cases) {
    it(`${languageId}: ${marked}`, () => assert.equal(wantsString(slotAt(placeIn(languageId, marked))), offered));
  }
});
