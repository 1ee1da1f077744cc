import { t } from '@vscode/l10n';
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PathBox, PathKind, PathLink, PathTone, PathView } from '../protocol';
import { Icon } from '../ui/icon';
import { Fold } from './fold';
import { drawPath, lineBetween, type Line, type Place } from './path-layout';
import { Moment } from './time';
import { pathIcons } from './tone';

const kindIcons: Readonly<Record<PathKind, string>> = {
  application: 'vm',
  dns: 'globe',
  subnet: 'type-hierarchy',
  endpoint: 'plug',
  service: 'cloud',
  node: 'database',
};

/** The way from the application to the nodes: a drawing for the eye, sentences and a table for everybody. */
export function PathPicture({ path }: { readonly path: PathView }) {
  const drawn = useMemo(() => drawPath(path), [path]);
  const drawing = useRef<HTMLDivElement>(null);
  const lines = useLines(drawing, drawn.links);
  return (
    <figure class="path">
      <div class="path-drawing" ref={drawing} aria-hidden="true">
        <svg class="path-links">
          {lines.map(({ link, line }) => (
            <LinkLine key={`${link.from}\n${link.to}`} tone={link.tone} line={line} />
          ))}
        </svg>
        {drawn.columns.map(({ title, boxes, more }) => (
          <div key={title} class="path-column">
            <p class="path-column-title">{title}</p>
            {boxes.map((box) => (
              <Box key={box.id} box={box} />
            ))}
            {more === undefined ? null : (
              <div class={`path-box path-${more.tone}`} data-box={more.id}>
                <p>
                  <Icon name={pathIcons[more.tone]} class={`path-${more.tone}`} /> {t('{0} more', more.count)}
                </p>
              </div>
            )}
          </div>
        ))}
      </div>
      <figcaption>
        <p>{path.description}</p>
        <p class="hint">
          {path.testedAt === undefined ? (
            t('Not tested in this window yet: the lines show how it should be.')
          ) : (
            <>
              {path.testedFrom === undefined ? t('Tested') : t('Tested from {0}', path.testedFrom)} ·{' '}
              <Moment at={path.testedAt} />
            </>
          )}
        </p>
        <Fold summary={t('The path as a table')}>{() => <PathTable path={path} />}</Fold>
      </figcaption>
    </figure>
  );
}

function Box({ box: { id, kind, label, detail, tone, toneText, problem } }: { readonly box: PathBox }) {
  return (
    <div class={`path-box path-${tone}`} data-box={id}>
      <p class="path-label">
        <Icon name={kindIcons[kind]} /> <span>{label}</span>
      </p>
      {detail === undefined ? null : <p class="path-detail">{detail}</p>}
      <p class="path-tone">
        <Icon name={pathIcons[tone]} class={`path-${tone}`} /> {toneText}
      </p>
      {problem === undefined ? null : <p class="path-problem">{problem}</p>}
    </div>
  );
}

/** Tells the tone by colour, by stroke (see the style sheet), and by a mark in the middle where it is not well. */
function LinkLine({ tone, line: { d, x, y } }: { readonly tone: PathTone; readonly line: Line }) {
  return (
    <g class={`path-link path-${tone}`}>
      <path d={d} />
      {tone === 'failed' ? <path class="mark" d={`M${x - 5} ${y - 5}l10 10m0 -10l-10 10`} /> : null}
      {tone === 'warned' ? <path class="mark" d={`M${x} ${y - 6}l6 11h-12z`} /> : null}
    </g>
  );
}

function PathTable({ path }: { readonly path: PathView }) {
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={t('The path as a table')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('Where')}</th>
            <th scope="col">{t('What')}</th>
            <th scope="col">{t('State')}</th>
          </tr>
        </thead>
        <tbody>
          {path.columns.flatMap((column) =>
            column.boxes.map(({ id, label, detail, tone, toneText, problem }) => (
              <tr key={id}>
                <td>{column.title}</td>
                <td>
                  {label}
                  {detail === undefined ? null : <span class="description"> {detail}</span>}
                </td>
                <td>
                  <Icon name={pathIcons[tone]} class={`path-${tone}`} /> {toneText}
                  {problem === undefined ? null : <p>{problem}</p>}
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

/** Lines between the boxes where they stand now; follows the size of the drawing. */
function useLines(drawing: RefObject<HTMLDivElement | null>, links: readonly PathLink[]) {
  const [lines, setLines] = useState<readonly { readonly link: PathLink; readonly line: Line }[]>([]);
  useLayoutEffect(() => {
    const element = drawing.current;
    if (element === null) return undefined;
    const measure = () => {
      const places = placesIn(element);
      setLines(
        links.flatMap((link) => {
          const from = places.get(link.from);
          const to = places.get(link.to);
          return from === undefined || to === undefined ? [] : [{ link, line: lineBetween(from, to) }];
        }),
      );
    };
    // Tells for the first time after the next layout and before it is painted: measuring now would be another layout.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [drawing, links]);
  return lines;
}

function placesIn(drawing: HTMLElement): ReadonlyMap<string, Place> {
  const origin = drawing.getBoundingClientRect();
  return new Map(
    [...drawing.querySelectorAll<HTMLElement>('[data-box]')].map((box) => {
      const { left, top, width, height } = box.getBoundingClientRect();
      return [box.dataset.box ?? '', { left: left - origin.left, top: top - origin.top, width, height }];
    }),
  );
}
