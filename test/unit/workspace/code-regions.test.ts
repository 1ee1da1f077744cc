import assert from 'node:assert/strict';
import { slotAt } from '../../../src/workspace/insert-string';
import { placeIn } from './place-in';

/** Pieces of programs by what the cursor is in; a literal is what a program's text would be written into as it is. */
const places: Readonly<Record<'code' | 'literal' | 'comment', readonly (readonly [string, string])[]>> = {
  code: [
    // Here documents, with whatever kind of beginning, and the line on which they begin.
    ['ruby', "x = <<EOS\nit's\nEOS\nf(¦)"],
    ['ruby', "x = <<'EOS'\nit's\nEOS\nf(¦)"],
    ['ruby', 'f(<<~ONE, <<~TWO)\n  it\'s\nONE\n  "\nTWO\nf(¦)'],
    ['ruby', "f(<<~EOS, ¦)\n  it's\nEOS\n"],
    ['ruby', "x = <<~EOS\n  EOS is not all of this line, it's\n  EOS\nf(¦)"],
    ['ruby', "list << ANY\nclass << self\nlist<<X\nf(¦) # it's"],
    ['shellscript', "cat <<EOF | mongosh ¦\nit's\nEOF"],
    ['shellscript', "cat <<'END OF IT'\nit's\nEND OF IT\nf ¦"],
    ['shellscript', 'cat <<A <<B\nit\'s\nA\n"\nB\nf ¦'],
    ['shellscript', 'x="$(cat <<EOF\nit\'s\nEOF\n)"; f ¦'],
    // Arithmetic, where `<<` shifts.
    ['shellscript', 'x="$(( 1 << n ))"\nf ¦'],
    ['shellscript', 'x="a $((1<<n)) b"; f ¦'],
    ['shellscript', 'x="$((1<<n))$(echo "it\'s")"; f ¦'],
    // Ruby's literals between percent and bracket, its characters, and expressions behind a word.
    ['ruby', "x = %w[it's]\nf(¦)"],
    ['ruby', "x = %q(it's (one) 's)\nf(¦)"],
    ['ruby', "x = %{it's {one}}\nf(¦)"],
    ['ruby', "puts %(it's)\nf(¦)"],
    ['ruby', 'x = %r{it\'s ["]}i\nf(¦)'],
    ['ruby', "x = %i[a b] + %W[it's #{'}'}]\nf(¦)"],
    ['ruby', "x = %q|it's|\nf(¦)"],
    ['ruby', "x = '%s' % [y] + '%d' %[z]; f(¦)"],
    ['ruby', 'x = 5 %(y); x %= 3; f(¦)'],
    ['ruby', 'case c when ?\' then ?" end; f(¦)'],
    ['ruby', "x = y ? 'a' : 'b'; z = y ?'a' : \"b\"; f(¦)"],
    ['ruby', "text.split /'/\nf(¦)"],
    ['ruby', "x = $'; y = $`; f(¦)"],
    ['ruby', "x = `ps #{y} -o 'a='`; f(¦)"],
    ['ruby', 'f(%|it\'s|, %w"it\'s", ¦)'],
    ['ruby', "#{x} it's\nf(¦)"],
    ['ruby', 'x = /\n  it\'s # "one"\n  [a-z]+ #{y["a"]} \\/\n/x\nf(¦)'],
    ['ruby', "when /^a\n  '/xi then f(¦)"],
    ['ruby', "x = y { |z| z } / 2\nf(¦)\na / 'b'"],
    ['ruby', "x = '\n__END__\n' + y\nf(¦)\n__END__\nit's\n"],
    ['ruby', "x = <<EOS\n__END__\nit's\nEOS\nf(¦)\n"],
    // Text of JSX, and its tags.
    ['typescriptreact', "const a = <p>Don't use {f(¦)}</p>;"],
    ['typescriptreact', '<A b={c} /> <B d={¦} />'],
    ['typescriptreact', '<b>it</b> <B d={¦} /> </b>'],
    ['javascript', "import a from'x'; case'it': f(¦)"],
    ['javascript', "a.replace(/>'/g, ¦)"],
    // Doubled, what begins a hole begins none.
    ['csharp', 'var x = $"{{"; f(¦);'],
    ['csharp', 'var x = $"{{ \\"a\\": {y} }}"; f(¦);'],
    ['scala', 'val x = s"$${"; f(¦)'],
    ['terraform', 'a = "$${"\nb = f(¦)'],
    // Text around PHP's code.
    ['php', "<p>Don't</p>\n<?php f(¦); ?>"],
    ['php', "<p>Don't</p>\n<?= ¦ ?>"],
    ['php', "<?php a(); ?><p>Don't</p><?php f(¦);"],
    ['php', "<?php // it's ?><p>Don't</p><?php f(¦);"],
    ['php', "<?xml version='1.0'?><p>Don't</p><?php f(¦);"],
    ['php', "<?php $x = '?>'; f(¦);"],
    // A piece of a file.
    ['php', "$x = 'a'; f(¦);"],
  ],
  literal: [
    ['ruby', 'x = <<EOS\nto ¦ now\nEOS\n'],
    ['ruby', 'f(<<~ONE, <<~TWO)\n  a\nONE\n  to ¦\nTWO\n'],
    ['ruby', 'x = %w[a ¦ b]'],
    ['ruby', 'x = %q(a (b) ¦)'],
    ['ruby', 'x = %{a ¦ b}'],
    ['typescriptreact', '<A b={c} /> <B d="¦" />'],
    ['typescriptreact', '<b>it</b> <B d="¦" />'],
    ['csharp', 'var x = $"{{ {y} ¦ }}";'],
    ['shellscript', 'cat <<A <<B\na\nA\nto ¦\nB\n'],
    ['shellscript', 'x="$((1<<n)) to ¦ now"'],
    ['php', "<p>Don't</p>\n<?php f('to ¦ now'); ?>"],
  ],
  comment: [
    ['ruby', "f()\n__END__\nit's ¦\n"],
    ['ruby', 'f()\r\n__END__\r\n¦'],
    ['php', "<p>Don't</p>\n<?php // to ¦"],
    ['php', '<p>to ¦</p>\n<?php f(); ?>'],
    ['php', "<?php f(); ?>\n<p>Don't ¦</p>"],
    ['php', '<?php // it\'s ?>\n<p>"to" ¦</p>'],
  ],
};

describe('what a place in a program is', () => {
  for (const [kind, rows] of Object.entries(places)) {
    for (const [languageId, marked] of rows) {
      it(`${kind} of ${languageId}: ${marked.replaceAll('\n', '⏎')}`, () => {
        const found = slotAt(placeIn(languageId, marked)).kind;
        // On a line of its own, code is an entry.
        assert.equal(found === 'entry' ? 'code' : found, kind);
      });
    }
  }
});
