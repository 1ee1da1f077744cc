import type { PathBox, PathColumn, PathLink, PathTone, PathView } from '../protocol';

/** How many boxes a column shows; the table beside the picture has them all. */
export const shownBoxes = 6;

/** A column as it is drawn: what is broken or was tested stays, the others give way. */
export interface DrawnColumn {
  readonly title: string;
  readonly boxes: readonly PathBox[];
  /** Stands for the boxes that are not drawn. */
  readonly more?: { readonly id: string; readonly count: number; readonly tone: PathTone };
}

export interface DrawnPath {
  readonly columns: readonly DrawnColumn[];
  readonly links: readonly PathLink[];
}

/** Which boxes are drawn before others: what is broken, then what else was tested. */
const drawnFirst: readonly PathTone[] = ['failed', 'warned', 'passed', 'untested'];
/** Worst first: several are as good as one of them that was not looked at. */
const worstFirst: readonly PathTone[] = ['failed', 'warned', 'untested', 'passed'];

/** What of a path is drawn, bounded however many nodes there are. */
export function drawPath({ columns, links }: PathView): DrawnPath {
  const drawn = columns.map(drawColumn);
  const standIns = new Map(
    columns.flatMap(({ boxes }, index) => {
      const column = drawn[index];
      const shown = new Set(column?.boxes.map(({ id }) => id));
      return boxes.map(({ id }) => [id, shown.has(id) ? id : column?.more?.id] as const);
    }),
  );
  const merged = new Map<string, PathLink>();
  for (const link of links) {
    const from = standIns.get(link.from);
    const to = standIns.get(link.to);
    if (from === undefined || to === undefined) continue;
    const key = `${from}\n${to}`;
    const other = merged.get(key);
    merged.set(key, other === undefined ? { ...link, from, to } : { ...other, tone: worst([other.tone, link.tone]) });
  }
  return { columns: drawn, links: [...merged.values()] };
}

function drawColumn({ title, boxes }: PathColumn, index: number): DrawnColumn {
  if (boxes.length <= shownBoxes) return { title, boxes };
  const byTone = boxes.toSorted((one, other) => drawnFirst.indexOf(one.tone) - drawnFirst.indexOf(other.tone));
  const chosen = new Set(byTone.slice(0, shownBoxes - 1));
  const hidden = boxes.filter((box) => !chosen.has(box));
  return {
    title,
    boxes: boxes.filter((box) => chosen.has(box)),
    more: { id: `more-${String(index)}`, count: hidden.length, tone: worst(hidden.map(({ tone }) => tone)) },
  };
}

function worst(tones: readonly PathTone[]): PathTone {
  return worstFirst.find((tone) => tones.includes(tone)) ?? 'untested';
}

/** A box of the drawing; pixels. */
export interface Place {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  /** Of an SVG `path`. */
  readonly d: string;
  /** The middle, for the mark that tells the tone without colour. */
  readonly x: number;
  readonly y: number;
}

/** The line between two boxes: side to side where the second stands to the right, else from below to above. */
export function lineBetween(from: Place, to: Place): Line {
  const beside = to.left >= from.left + from.width;
  const [x1, y1, x2, y2] = beside
    ? [from.left + from.width, from.top + from.height / 2, to.left, to.top + to.height / 2]
    : [from.left + from.width / 2, from.top + from.height, to.left + to.width / 2, to.top];
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  const d = beside
    ? `M${pixels(x1)} ${pixels(y1)}C${pixels(x)} ${pixels(y1)} ${pixels(x)} ${pixels(y2)} ${pixels(x2)} ${pixels(y2)}`
    : `M${pixels(x1)} ${pixels(y1)}C${pixels(x1)} ${pixels(y)} ${pixels(x2)} ${pixels(y)} ${pixels(x2)} ${pixels(y2)}`;
  return { d, x, y };
}

function pixels(value: number): string {
  return String(Math.round(value * 10) / 10);
}
