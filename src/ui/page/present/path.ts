import { t } from '@vscode/l10n';
import type { PathBox, PathColumn, PathLink, PathTone, PathView } from '../../../../webview/protocol';
import { hostIn } from '../../../connection-string/credentials';
import type { HopResult, TestReport } from '../../../diagnostics/events';
import { describeProblem } from '../../../messages/problem-text';
import { regionLabel } from '../../../core/region';
import { shortId } from '../../tree/drafts';
import type { PageModel, ServiceSubject } from '../model';
import { presentStrings, relevantTests } from './strings';
import { machineText } from './tests';
import { endpointWord } from './views';

/** More boxes of a column are drawn as one. */
const mostBoxes = 8;

/**
 * The way from the application through the endpoint to the nodes (seed: Hostname DNS Resolution), coloured by the latest
 * test of a string that leads through it. What was not looked at stays untested: nothing is guessed.
 */
export function presentPath(model: PageModel): PathView | undefined {
  const { subject } = model;
  if (subject.kind !== 'service' || subject.service === undefined || subject.endpointId === undefined) return undefined;
  const [kept] = relevantTests(model);
  const report = kept?.report;
  const columns = present([
    applicationColumn(report),
    namesColumn(model, report),
    subnetsColumn(model, subject, report),
    serviceColumn(subject, report),
    nodesColumn(model, report),
  ]);
  return {
    columns,
    links: linksBetween(columns),
    description: describe(columns),
    ...(report === undefined
      ? {}
      : { testedAt: Date.parse(report.context.startedAt), testedFrom: machineText(report) }),
  };
}

function present(columns: readonly (PathColumn | undefined)[]): readonly PathColumn[] {
  return columns.filter((column) => column !== undefined && column.boxes.length > 0) as readonly PathColumn[];
}

function toneText(tone: PathTone): string {
  const texts: Readonly<Record<PathTone, string>> = {
    passed: t('works'),
    warned: t('works, with a warning'),
    failed: t('fails'),
    untested: t('not tested'),
  };
  return texts[tone];
}

function box(kind: PathBox['kind'], id: string, label: string, tone: PathTone, more: Partial<PathBox> = {}): PathBox {
  return { id: `${kind}/${id}`, kind, label, tone, toneText: toneText(tone), ...more };
}

const order: readonly HopResult['outcome'][] = ['failed', 'warned', 'passed'];

/** The worst of what was seen; untested when nothing was. */
function toneOf(hops: readonly HopResult[]): PathTone {
  const worst = order.find((outcome) => hops.some((hop) => hop.outcome === outcome));
  return worst === undefined || worst === 'skipped' ? 'untested' : worst;
}

function problemOf(hops: readonly HopResult[]): Pick<PathBox, 'problem'> {
  const failed = hops.find(({ outcome, problem }) => outcome === 'failed' && problem !== undefined);
  return failed?.problem === undefined ? {} : { problem: describeProblem(failed.problem).title };
}

function hopsOf(report: TestReport | undefined, ...names: readonly HopResult['hop'][]): readonly HopResult[] {
  return (report?.hops ?? []).filter(({ hop }) => names.includes(hop));
}

function applicationColumn(report: TestReport | undefined): PathColumn {
  const detail = report === undefined ? t('where your code runs') : machineText(report);
  const tone: PathTone = report === undefined ? 'untested' : 'passed';
  return { title: t('Application'), boxes: [box('application', 'application', t('Application'), tone, { detail })] };
}

function namesColumn(model: PageModel, report: TestReport | undefined): PathColumn | undefined {
  const strings = presentStrings(model).flatMap(({ targets }) => targets.filter(({ here }) => here));
  const hosts = [...new Set(strings.flatMap(({ strings: list }) => list.slice(0, 1).map(({ text }) => hostIn(text))))];
  if (hosts.length === 0) return undefined;
  const tested = report === undefined ? '' : hostIn(report.context.connectionString);
  const hops = hopsOf(report, 'srv', 'cname', 'addresses');
  return {
    title: t('Names'),
    boxes: limited(
      hosts.map((host) =>
        host === tested ? box('dns', host, host, toneOf(hops), problemOf(hops)) : box('dns', host, host, 'untested'),
      ),
      'dns',
    ),
  };
}

/** The endpoint with its addresses by zone where the AWS account was asked; else the endpoint alone. */
function subnetsColumn(model: PageModel, subject: ServiceSubject, report: TestReport | undefined): PathColumn {
  const word = endpointWord(subject.provider);
  const id = subject.endpointId ?? '';
  const tcp = hopsOf(report, 'tcp');
  const subnets = model.aws?.evidence?.value?.subnets ?? [];
  if (subnets.length === 0) {
    return { title: word, boxes: [box('endpoint', id, shortId(id), toneOf(tcp), problemOf(tcp))] };
  }
  return {
    title: word,
    boxes: limited(
      subnets.map(({ subnet, privateIp }) => {
        const own = privateIp === undefined ? [] : tcp.filter(({ subject: at }) => addressIn(at) === privateIp);
        const detail = [subnet.zone, privateIp ?? t('no address')].join(', ');
        return box('subnet', subnet.id, subnet.name ?? subnet.id, toneOf(own), { detail, ...problemOf(own) });
      }),
      'subnet',
    ),
  };
}

/** The address in `address:port` or `[v6]:port`. */
function addressIn(subject: string): string {
  return subject.replace(/:\d+$/u, '').replace(/^\[|\]$/gu, '');
}

function serviceColumn({ service, provider, region }: ServiceSubject, report: TestReport | undefined): PathColumn {
  const hops = hopsOf(report, 'tls');
  return {
    title: t('Endpoint service'),
    boxes: [
      box('service', service?.id ?? '', t('Atlas'), toneOf(hops), {
        detail: regionLabel(provider, region),
        ...problemOf(hops),
      }),
    ],
  };
}

/** Hosts and ports of the standard strings: ports tell the nodes apart (seed). */
function nodesColumn(model: PageModel, report: TestReport | undefined): PathColumn {
  const clusters = presentStrings(model);
  const tested = report === undefined ? '' : hostIn(report.context.connectionString);
  const boxes = clusters.flatMap(({ name, targets }) => {
    const here = targets.filter((target) => target.here).flatMap(({ strings }) => strings);
    if (here.length === 0) return [];
    const isTested = here.some(({ text }) => hostIn(text) === tested);
    const hello = isTested ? hopsOf(report, 'hello', 'sign-in', 'ping') : [];
    return [
      box('node', name, name, toneOf(hello), { detail: portsIn(here.map(({ text }) => text)), ...problemOf(hello) }),
    ];
  });
  return { title: t('Nodes'), boxes: limited(boxes, 'node') };
}

function portsIn(texts: readonly string[]): string {
  const ports = texts
    .flatMap((text) => [...text.matchAll(/:(\d{2,5})(?=[,/?]|$)/gu)].map(([, port]) => Number(port)))
    .sort((a, b) => a - b);
  const [first] = ports;
  const last = ports.at(-1);
  if (first === undefined || last === undefined) return t('ports from the DNS seedlist');
  return first === last ? t('port {0}', first) : t('ports {0} to {1}', first, last);
}

function limited(boxes: readonly PathBox[], kind: PathBox['kind']): readonly PathBox[] {
  if (boxes.length <= mostBoxes) return boxes;
  const rest = boxes.length - mostBoxes + 1;
  return [...boxes.slice(0, mostBoxes - 1), box(kind, 'more', t('{0} more', rest), 'untested')];
}

/** Every box with every box of the next column; a link is as good as the worse of its ends. */
function linksBetween(columns: readonly PathColumn[]): readonly PathLink[] {
  return columns.flatMap(({ boxes }, index) =>
    boxes.flatMap((from) =>
      (columns[index + 1]?.boxes ?? []).map((to): PathLink => ({
        from: from.id,
        to: to.id,
        tone: worse(from.tone, to.tone),
      })),
    ),
  );
}

function worse(from: PathTone, to: PathTone): PathTone {
  if (to === 'untested' || from === 'untested') return 'untested';
  if (to === 'failed' || from === 'failed') return 'failed';
  return to === 'warned' || from === 'warned' ? 'warned' : 'passed';
}

function describe(columns: readonly PathColumn[]): string {
  return columns
    .map(({ title, boxes }) => {
      const parts = boxes.map(({ label, detail, toneText: text, problem }) =>
        [label, detail, text, problem].filter((part) => part !== undefined && part !== '').join(', '),
      );
      return `${title}: ${parts.join('; ')}.`;
    })
    .join(' ');
}
