import type { Place, Slot, TextEdit } from './place';

/** A declaration whose value has to be known when the program is compiled. */
interface ConstantRule {
  /** What stands before the value. */
  readonly before: RegExp;
  /** What becomes of the word in its first group so that a call may stand there; without it there is no way. */
  readonly instead?: string;
}

/** By the first identifier of a language; the first that matches counts. From the languages' own specifications. */
const constants: Readonly<Record<string, readonly ConstantRule[]>> = {
  kotlin: [{ before: /\b(const[ \t]+)val\b[^=\n]*=[ \t]*(?:\r?\n[ \t]*)?[^\n;{}]*$/d, instead: '' }],
  csharp: [
    {
      before: /\b(?:public|private|protected|internal)[ \t]+(const)[ \t]+string[ \t]+\w+[ \t]*=\s*[^\n;]*$/d,
      instead: 'static readonly',
    },
    { before: /\bconst[ \t]+[\w.]+[ \t]+\w+[ \t]*=\s*[^\n;]*$/ },
  ],
  go: [
    { before: /^[ \t]*(const)[ \t]+\w+(?:[ \t]+\w+)?[ \t]*=[^\n;]*$(?![^])/dm, instead: 'var' },
    { before: /\bconst[ \t]*\([^()]*$/ },
  ],
  rust: [
    { before: /\b(?:const|static)[ \t]+(?:mut[ \t]+)?\w+[ \t]*:[^=;{}]{0,200}=[^;{}|]*$/ },
    { before: /#!?\[[^\]\n]*$/ },
  ],
  php: [
    { before: /\bconst[ \t]+(?:\??[\w\\|]+[ \t]+)?\w+[ \t]*=[^;{}]*$/ },
    {
      before:
        /\b(?:public|protected|private|readonly|var)[ \t]+(?:(?:static|readonly)[ \t]+)?(?:\??[\w\\|]+[ \t]+)?\$\w+[ \t]*=[^;{}(]*$/,
    },
    { before: /#\[[^\]\n]*$/ },
  ],
};

/** What the arguments of an annotation or attribute stand behind; the first group is its name. */
const annotations: Readonly<Record<string, RegExp>> = {
  java: /@(?:\w+\.)*(\w+)[ \t]*$/,
  kotlin: /@(?:\w+:)?(?:\w+\.)*(\w+)[ \t]*$/,
  csharp: /(?:^|[\](,])[ \t]*\[(?:\w+:[ \t]*)?(?:[\w.]+,[ \t]*)*([\w.]+)$/m,
};

/** Annotations in whose texts Spring and Micronaut fill in `${NAME}` from the environment. */
const withPlaceholders: ReadonlySet<string> = new Set([
  'Value',
  'TestPropertySource',
  'SpringBootTest',
  'DataMongoTest',
  'FeignClient',
]);

/** As far as what stands before a value is looked at. */
const longestBefore = 2000;

/**
 * The slot of a place whose value begins at `from`, where the language may allow no call there: a constant becomes a
 * variable where that is one word, an annotation of a framework has the framework's own placeholder, and elsewhere the
 * environment cannot be read.
 */
export function withoutCalls(id: string, { text }: Place, from: number, slot: Slot): Slot {
  const { read } = slot;
  if (read === undefined) return slot;
  const begin = Math.max(0, from - longestBefore);
  const before = text.slice(begin, from);
  const annotation = annotationAround(annotations[id], before);
  if (annotation !== undefined) {
    return withPlaceholders.has(annotation) ? { ...slot, read: placeholder(slot) } : constant(slot);
  }
  for (const rule of constants[id] ?? []) {
    const [start, end] = rule.before.exec(before)?.indices?.[1] ?? [];
    if (rule.instead === undefined) {
      if (rule.before.test(before)) return constant(slot);
    } else if (start !== undefined && end !== undefined) {
      const word: TextEdit = { span: { start: begin + start, end: begin + end }, newText: rule.instead };
      return {
        ...slot,
        read: (name) => {
          const edits = read(name);
          return edits === undefined ? undefined : inOrder([word, ...edits]);
        },
      };
    }
  }
  return slot;
}

function constant(slot: Slot): Slot {
  return { ...slot, read: () => undefined, isConstant: true };
}

function placeholder({ write, span, also = [] }: Slot): NonNullable<Slot['read']> {
  return (name) => {
    const newText = write(`\${${name}}`, name);
    return newText === undefined ? undefined : [...also, { span, newText }];
  };
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits.toSorted((a, b) => a.span.start - b.span.start);
}

/** The name of the annotation whose brackets are open at the end of a text. */
function annotationAround(pattern: RegExp | undefined, before: string): string | undefined {
  if (pattern === undefined) return undefined;
  // Brackets in texts are none.
  const code = before.replace(/"(?:\\.|[^"\\\n])*"/g, (literal) => ' '.repeat(literal.length));
  let closed = 0;
  for (let index = code.length - 1; index >= 0; index -= 1) {
    const character = code.charAt(index);
    if (character === ')') closed += 1;
    else if (character === ';') return undefined;
    else if (character === '(') {
      const name = closed === 0 ? pattern.exec(code.slice(Math.max(0, index - 200), index))?.[1] : undefined;
      if (name !== undefined) return name;
      closed = Math.max(0, closed - 1);
    }
  }
  return undefined;
}
