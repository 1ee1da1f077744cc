/** True for a file or folder that is left out; `path` is relative to the workspace folder, with `/`. */
export type IsExcluded = (path: string, siblings: ReadonlySet<string>) => boolean;

/** Patterns of one setting beyond this number, and alternatives in braces, are not looked at. */
const mostPatterns = 1000;

/**
 * What the settings `files.exclude` and `search.exclude` leave out: glob pattern → `true`, `false`, or
 * `{ when: "$(basename).ts" }` for a file with such a file beside it. The settings may come from a hostile workspace:
 * matching takes time in proportion to path and pattern, whatever they are.
 */
export function excludedBy(...settings: readonly unknown[]): IsExcluded {
  const rules = settings.flatMap((setting) =>
    typeof setting === 'object' && setting !== null
      ? Object.entries(setting).flatMap(([pattern, value]) => rulesOf(pattern, value))
      : [],
  );
  return (path, siblings) => {
    const segments = path.split('/');
    const name = segments.at(-1) ?? '';
    return rules
      .slice(0, mostPatterns)
      .some(({ glob, when }) => matches(glob, segments) && (when === undefined || siblings.has(siblingOf(name, when))));
  };
}

interface Rule {
  readonly glob: readonly string[];
  readonly when: string | undefined;
}

function rulesOf(pattern: string, value: unknown): readonly Rule[] {
  const when = typeof value === 'object' && value !== null && 'when' in value ? value.when : undefined;
  if (value !== true && typeof when !== 'string') return [];
  return expandBraces(pattern).map((one) => {
    // What excludes everything below a folder excludes the folder.
    const glob = one
      .replace(/^\.?\//, '')
      .replace(/\/(?:\*\*)?$/, '')
      .split('/');
    return { glob, when: typeof when === 'string' ? when : undefined };
  });
}

/** `$(basename)` is the name without its extension. */
function siblingOf(name: string, when: string): string {
  const dot = name.lastIndexOf('.');
  return when.replaceAll('$(basename)', dot > 0 ? name.slice(0, dot) : name);
}

/** `a{b,c{d,e}}` as patterns without braces. */
export function expandBraces(pattern: string): readonly string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0 && done.length + open.length < mostPatterns) {
    const one = open.pop() ?? '';
    const group = firstGroup(one);
    if (group === undefined) done.push(one);
    else open.push(...group.choices.map((choice) => group.before + choice + group.after).reverse());
  }
  return done;
}

function firstGroup(
  pattern: string,
): { readonly before: string; readonly choices: readonly string[]; readonly after: string } | undefined {
  const start = pattern.indexOf('{');
  if (start < 0) return undefined;
  const choices: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let index = start; index < pattern.length; index += 1) {
    const character = pattern.charAt(index);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if ((character === ',' && depth === 1) || depth === 0) {
      choices.push(pattern.slice(from, index));
      from = index + 1;
    }
    if (depth === 0) return { before: pattern.slice(0, start), choices, after: pattern.slice(index + 1) };
  }
  return undefined;
}

/** True when a glob pattern without braces matches a whole path. */
export function matchesGlob(glob: string, path: string): boolean {
  return matches(glob.split('/'), path.split('/'));
}

/** Segment by segment; `**` stands for any number of them. */
function matches(glob: readonly string[], path: readonly string[]): boolean {
  /** Which prefixes of the path the glob so far matches. */
  let reached = new Array<boolean>(path.length + 1).fill(false);
  reached[0] = true;
  for (const segment of glob) {
    const next = new Array<boolean>(path.length + 1).fill(false);
    if (segment === '**') {
      const first = reached.indexOf(true);
      for (let index = first; first >= 0 && index <= path.length; index += 1) next[index] = true;
    } else {
      path.forEach((name, index) => {
        if (reached[index] === true && matchesName(segment, name)) next[index + 1] = true;
      });
    }
    reached = next;
  }
  return reached[path.length] === true;
}

/** One segment: `*`, `?` and `[a-z]`. Goes back to the last star only, which is enough. */
function matchesName(glob: string, name: string): boolean {
  let g = 0;
  let n = 0;
  let star = -1;
  let starName = 0;
  while (n < name.length) {
    const one = glob.charAt(g);
    const width = one === '*' || one === '' ? 0 : widthOfMatch(glob, g, name.charAt(n));
    if (one === '*') {
      star = g;
      starName = n;
      g += 1;
    } else if (width > 0) {
      g += width;
      n += 1;
    } else if (star >= 0) {
      g = star + 1;
      starName += 1;
      n = starName;
    } else return false;
  }
  while (glob.charAt(g) === '*') g += 1;
  return g === glob.length;
}

/** How many characters of the glob match this one character; 0 when they do not. */
function widthOfMatch(glob: string, at: number, character: string): number {
  const one = glob.charAt(at);
  if (one === '?') return 1;
  if (one === '\\') return glob.charAt(at + 1) === character ? 2 : 0;
  const close = one === '[' ? glob.indexOf(']', at + 2) : -1;
  if (close < 0) return one === character ? 1 : 0;
  const isNegated = /[!^]/.test(glob.charAt(at + 1));
  return isInSet(glob.slice(at + (isNegated ? 2 : 1), close), character) !== isNegated ? close - at + 1 : 0;
}

/** `abc`, `a-z`. */
function isInSet(set: string, character: string): boolean {
  for (let index = 0; index < set.length; index += 1) {
    const first = set.charAt(index);
    const isRange = set.charAt(index + 1) === '-' && index + 2 < set.length;
    const last = isRange ? set.charAt(index + 2) : first;
    if (character >= first && character <= last) return true;
    if (isRange) index += 2;
  }
  return false;
}
