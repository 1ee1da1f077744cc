import { raw, type Encode, type LiteralStyle } from './literals';

/**
 * The word that ends one. What is read behind a beginning is bounded: on a last line without an end, each of them would
 * be read to the end of the text.
 */
export const endingWord = '([A-Za-z_]\\w{0,100})(?!\\w)';
const lineEnd = '[ \\t]{0,100}\\r?\\n';

/**
 * Here documents of PHP (`<<<'EOT'`) and Terraform (`<<-EOT`), which begin with the next line: nothing may be between.
 * Quotes decide whether they have holes. What ends one may be indented, and more may stand behind it.
 * @param encode writes what can have holes
 */
export function blockDocuments(open: string, encode: Encode): readonly LiteralStyle[] {
  const close = ([, ending = '']: RegExpExecArray): RegExp => new RegExp(`\\r?\\n[ \\t]*${ending}\\b`, 'g');
  const common = { close, multiline: true };
  return [
    { ...common, open: new RegExp(`${open}'${endingWord}'${lineEnd}`, 'y'), encode: raw({ multiline: true }) },
    { ...common, open: new RegExp(`${open}"?${endingWord}"?${lineEnd}`, 'y'), encode },
  ];
}

/** How a language writes here documents that begin below the line that names their end. */
interface BelowRules {
  /** What is before the word, with the sign that may stand there as its first group. */
  readonly open: string;
  /** What may be before the end behind which sign; behind another one, nothing. */
  readonly indent: Readonly<Record<string, string>>;
  /** Ways to write the word, with one group each: of those without holes, and of those with holes. */
  readonly withoutHoles: readonly string[];
  readonly withHoles: readonly string[];
  /** Writes what can have holes. */
  readonly encode: Encode;
}

/**
 * Here documents below the line that begins them, whose code goes on: `f(<<~EOS, x)` in Ruby, `cat <<EOF > file` in a
 * shell. The end is a line of its own.
 */
export function documentsBelow({ open, indent, withoutHoles, withHoles, encode }: BelowRules): readonly LiteralStyle[] {
  const close = ([, sign = '', ...words]: RegExpExecArray): RegExp => {
    const ending = words.find((one: string | undefined) => one !== undefined) ?? '';
    return new RegExp(`\\r?\\n${indent[sign] ?? ''}${ending.replace(/[^\w ]/g, '\\$&')}(?=\\r?\\n|$)`, 'g');
  };
  const style = (words: readonly string[], encodeThese: Encode): LiteralStyle => ({
    open: new RegExp(`${open}(?:${words.join('|')})`, 'y'),
    close,
    multiline: true,
    isBelow: true,
    encode: encodeThese,
  });
  return [style(withoutHoles, raw({ multiline: true })), style(withHoles, encode)];
}
