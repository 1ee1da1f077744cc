import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { npmInstall } from '../vscode/npm-install';

/** What is used of a syntax tree. */
interface SyntaxNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly hasError: boolean;
  readonly namedChildren: readonly (SyntaxNode | null)[];
  descendantForIndex(start: number, end: number): SyntaxNode | null;
}
interface SyntaxTree {
  readonly rootNode: SyntaxNode;
  /** The tree is in memory that nobody else clears. */
  delete(): void;
}
interface TreeSitter {
  readonly Parser: {
    new (): { setLanguage(language: unknown): void; parse(text: string): SyntaxTree | null };
    init(): Promise<void>;
  };
  readonly Language: { load(bytes: Uint8Array): Promise<unknown> };
}

const vscodes = (language: string): string => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${language}.wasm`;

/** The grammar of each language of VS Code's; most are those that VS Code itself comes with. */
const grammars = {
  javascript: vscodes('javascript'),
  typescript: vscodes('typescript'),
  java: vscodes('java'),
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin/tree-sitter-kotlin.wasm',
  csharp: vscodes('c-sharp'),
  go: vscodes('go'),
  rust: vscodes('rust'),
  php: vscodes('php'),
  ruby: vscodes('ruby'),
  scala: 'tree-sitter-scala/tree-sitter-scala.wasm',
} as const;

export type GrammarLanguage = keyof typeof grammars;

/** A piece of a literal as its language's grammar divides it; quotes belong to the text around. */
export interface LiteralPiece {
  readonly kind: 'text' | 'escape' | 'hole';
  readonly text: string;
}

/**
 * Tells what a program's grammar makes of the span of a literal. Undefined when the program has a syntax error, or when
 * no literal covers just that span: then it ends sooner than whoever wrote it meant, or goes on.
 */
export type ReadPieces = (program: string, start: number, end: number) => readonly LiteralPiece[] | undefined;

/** Parsers of languages, installed from the npm registry when they are first asked for. */
export async function loadGrammars(): Promise<(language: GrammarLanguage) => Promise<ReadPieces>> {
  const modules = join(npmInstall('grammars', import.meta.dirname), 'node_modules');
  const { Parser, Language } = createRequire(join(modules, 'x.js'))('@vscode/tree-sitter-wasm') as TreeSitter;
  await Parser.init();
  return async (language) => {
    const parser = new Parser();
    parser.setLanguage(await Language.load(new Uint8Array(readFileSync(join(modules, grammars[language])))));
    return (program, start, end) => {
      const tree = parser.parse(program);
      if (tree === null) return undefined;
      try {
        const { rootNode } = tree;
        const node = rootNode.hasError ? null : rootNode.descendantForIndex(start, end - 1);
        return node?.startIndex === start && node.endIndex === end ? piecesOf(node, program) : undefined;
      } finally {
        tree.delete();
      }
    };
  };
}

function piecesOf(literal: SyntaxNode, program: string): readonly LiteralPiece[] {
  const pieces: LiteralPiece[] = [];
  let done = literal.startIndex;
  const add = (kind: LiteralPiece['kind'], start: number, end: number): void => {
    if (start > done) pieces.push({ kind: 'text', text: program.slice(done, start) });
    if (end > start) pieces.push({ kind, text: program.slice(start, end) });
    done = Math.max(done, end);
  };
  const visit = (node: SyntaxNode): void => {
    for (const child of node.namedChildren) {
      if (child === null) continue;
      const { type, startIndex, endIndex } = child;
      if (type === 'escape_sequence') add('escape', startIndex, endIndex);
      else if (/string|content|fragment|interpolation_start/.test(type)) visit(child);
      // Scala's `s` before the quotes.
      else if (type === 'identifier' && startIndex === literal.startIndex) continue;
      else add('hole', startIndex, endIndex);
    }
  };
  visit(literal);
  add('text', literal.endIndex, literal.endIndex);
  return pieces;
}
