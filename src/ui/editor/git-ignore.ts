import { lineEndOf, type TextEdit } from '../../workspace/place';
import { matchesGlob } from '../workspace-strings/exclude-globs';

/** The text of a `.gitignore` file, and the path of a file relative to its folder, with `/`. */
export interface IgnoreFile {
  readonly gitignore: string;
  readonly path: string;
}

/**
 * True when `.gitignore` files leave out a file; the nearest to it comes first, up to the root of the repository. The
 * last line of the nearest that matches decides (git's "gitignore" page).
 */
export function isIgnoredBy(files: readonly IgnoreFile[]): boolean {
  return files.map(verdictOf).find((verdict) => verdict !== undefined) ?? false;
}

function verdictOf({ gitignore, path }: IgnoreFile): boolean | undefined {
  const names = path.split('/');
  const parents = names.map((_, index) => names.slice(0, index + 1).join('/'));
  let ignored: boolean | undefined;
  for (const line of gitignore.split(/\r?\n/)) {
    const pattern = line.trim();
    if (pattern === '' || pattern.startsWith('#')) continue;
    const isNegated = pattern.startsWith('!');
    const glob = globOf(isNegated ? pattern.slice(1) : pattern);
    // A folder that is ignored takes along what is in it.
    if (parents.some((one) => matchesGlob(glob, one))) ignored = !isNegated;
  }
  return ignored;
}

/** A pattern without a slash in it matches at any depth. */
function globOf(pattern: string): string {
  const plain = pattern.replace(/\/$/, '').replace(/\\(?=[#!])/g, '');
  return plain.includes('/') ? plain.replace(/^\//, '') : `**/${plain}`;
}

/** The edit of a `.gitignore` file that makes it leave out a file besides what it did before. */
export function ignoreEdit(gitignore: string, path: string): TextEdit {
  const lineEnd = lineEndOf(gitignore);
  const separator = gitignore === '' || gitignore.endsWith('\n') ? '' : lineEnd;
  const pattern = path.replace(/[*?[\]\\]/g, '\\$&');
  const end = gitignore.length;
  return { span: { start: end, end }, newText: `${separator}/${pattern}${lineEnd}` };
}
