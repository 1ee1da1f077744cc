import type { TextSpan } from '../connection-string/parse';
import { regionAt } from './code-regions';
import { codeSlot } from './code-slot';
import { languages, type Language } from './languages';
import { lineAt, sliceOf, type Place, type Slot, type TextEdit } from './place';
import { keyColumn, keysAbove, lineAbove, lineBelow, type YamlBlock, type YamlLine } from './yaml-lines';

/** Keys whose text a shell runs: of GitHub Actions, GitLab, Azure Pipelines, compose, Kubernetes and others. */
const shellKey =
  /^(?:run|script|before_script|after_script|commands?|cmd|entrypoint|args|test|bash|inlineScript)$|\.(?:ba|z|k)?sh$/;
const powershellKey = /^(?:pwsh|powershell)$|\.ps1$/;

/** Lines of one mapping are not looked through further for the shell that it names. */
const mostLines = 60;

function languageOf(id: string): Language | undefined {
  return languages.find(({ ids }) => ids.includes(id));
}

/** The language of what a key runs; undefined when it runs nothing, or in a language that is not known. */
function languageOfKey(key: string, shell: string | undefined): Language | undefined {
  if (powershellKey.test(key)) return languageOf('powershell');
  if (!shellKey.test(key)) return undefined;
  if (shell === undefined || /^(?:bash|sh|zsh|dash)\b/.test(shell)) return languageOf('shellscript');
  if (/^(?:pwsh|powershell)\b/.test(shell)) return languageOf('powershell');
  return shell.startsWith('python') ? languageOf('python') : undefined;
}

/** What the `shell:` beside a key says. */
function shellBeside(text: string, line: YamlLine): string | undefined {
  const column = keyColumn(line);
  for (const next of [lineAbove, lineBelow]) {
    let beside: YamlLine | undefined = next === lineAbove && line.dashes !== '' ? undefined : next(text, line);
    for (let count = 0; beside !== undefined && count < mostLines; count += 1) {
      const own = keyColumn(beside);
      // Below, a dash in this column or before it begins another item.
      if (own < column || (next === lineBelow && beside.dashes !== '' && own <= column)) break;
      if (own === column && beside.key === 'shell') return sliceOf(text, beside.value).replace(/["']/g, '');
      if (own === column && beside.dashes !== '') break;
      beside = next(text, beside);
    }
  }
  return undefined;
}

/** What a place in the script of a block does with a string; undefined when the block is no script. */
export function scriptSlot(place: Place, { header, content, indent = 0 }: YamlBlock): Slot | undefined {
  const { text } = place;
  // `- |` in the list of a key.
  const key = header.key ?? keysAbove(text, header, header.indent + 1).at(-1) ?? '';
  const language = languageOfKey(key, header.key === undefined ? undefined : shellBeside(text, header));
  if (language === undefined) return undefined;
  const line = lineAt(text, place.start);
  const isEmpty = content.end <= content.start;
  const lines = {
    start: isEmpty ? line.start : lineAt(text, content.start).start,
    end: Math.max(isEmpty ? line.end : content.end, line.end, place.end),
  };
  const script = withoutIndent(text, lines, isEmpty ? place.start - line.start : indent);
  const [start, end] = [script.inScript(place.start), script.inScript(place.end)];
  const slot = codeSlot(language, { languageId: language.ids[0] ?? '', fileName: '', text: script.text, start, end });
  const spanOf = (span: TextSpan): TextSpan => ({ start: script.inText(span.start), end: script.inText(span.end) });
  const onOneLine = (written: string): string | undefined => (/[\r\n]/.test(written) ? undefined : written);
  return {
    ...slot,
    span: spanOf(slot.span),
    also: (slot.also ?? []).map((edit): TextEdit => ({ ...edit, span: spanOf(edit.span) })),
    write: (value, name) => {
      const written = slot.write(value, name);
      return written === undefined ? undefined : onOneLine(written);
    },
    read: (name) => slot.read?.(name)?.map((edit) => ({ ...edit, span: spanOf(edit.span) })),
  };
}

interface Script {
  readonly text: string;
  /** The index in the script of one in the text; in the indentation, the beginning of the line. */
  readonly inScript: (index: number) => number;
  readonly inText: (index: number) => number;
}

/** The lines of a text without the white space that all of them begin with. */
function withoutIndent(text: string, span: TextSpan, indent: number): Script {
  /** Where the lines begin, in the text (behind the white space) and in the script. */
  const lines: { readonly inText: number; readonly inScript: number }[] = [];
  let script = '';
  let from = span.start;
  for (const [line] of sliceOf(text, span).matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const width = Math.min(indent, /^[ \t]*/.exec(line)?.[0].length ?? 0);
    lines.push({ inText: from + width, inScript: script.length });
    script += line.slice(width);
    from += line.length;
  }
  const mapped = (index: number, from: 'inText' | 'inScript', to: 'inText' | 'inScript'): number => {
    const line = lines.findLast((one) => one[from] <= index) ?? lines[0];
    return line === undefined ? index : line[to] + Math.max(0, index - line[from]);
  };
  return {
    text: script,
    inScript: (index) => {
      // White space before a line belongs to it, not to the one above.
      const next = lines.find((one) => one.inText > index);
      if (next !== undefined && lineAt(text, index).start === lineAt(text, next.inText).start) return next.inScript;
      return Math.min(mapped(index, 'inText', 'inScript'), script.length);
    },
    inText: (index) => mapped(index, 'inScript', 'inText'),
  };
}

/** How a piece of a command in a value of one line is written for the shell; undefined when the key runs nothing. */
export function shellWriter(
  key: string,
  command: string,
  offset: number,
): ((value: string) => string | undefined) | undefined {
  const language = languageOfKey(key, undefined);
  if (language === undefined) return undefined;
  const region = regionAt(language, command, offset);
  if (region.kind === 'comment') return (value) => value;
  if (region.kind === 'literal') return (value) => region.style.encode(value, region.close);
  const { open, close, encode } = language.write;
  return (value) => {
    const written = encode(value, close);
    return written === undefined ? undefined : open + written + close;
  };
}
