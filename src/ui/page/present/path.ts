import { t } from '@vscode/l10n';
import type { PathBox, PathColumn, PathLink, PathTone, PathView } from '../../../../webview/protocol';
import { hostsIn, nodesIn } from '../../../connection-string/credentials';
import type { HopId } from '../../../core/hop';
import { regionLabel } from '../../../core/region';
import type { HopResult, TestReport } from '../../../diagnostics/events';
import { factOf } from '../../../diagnostics/facts';
import { hopTone } from '../../../diagnostics/report/tones';
import { describeProblem } from '../../../messages/problem-text';
import { placeWithHost } from '../../../messages/test-text';
import { stringTargets } from '../../strings/string-targets';
import { shortId } from '../../tree/drafts';
import { clustersOf } from '../facts';
import type { PageModel, ServiceSubject } from '../model';
import { testsOf } from './strings';
import { pathTone } from './tests';
import { endpointWord } from './views';

/** More boxes of a column are not told one by one in the sentence beside the picture. */
const mostTold = 8;

/** A cluster with its strings through the endpoint, by target and form. */
interface ClusterBehind {
  readonly name: string;
  readonly targets: readonly (readonly string[])[];
}

/**
 * The way from the application through the endpoint to the nodes (seed: Hostname DNS Resolution), coloured by the latest
 * test of a string that leads through this endpoint. What was not looked at stays untested: nothing is guessed.
 */
export function presentPath(model: PageModel): PathView | undefined {
  const { subject } = model;
  if (subject.kind !== 'service' || subject.service === undefined || subject.endpointId === undefined) return undefined;
  const { endpointId } = subject;
  const clusters = clustersBehind(model, subject, endpointId);
  const [kept] = testsOf(model.reports, clusters.flatMap(textsOf), hostsIn);
  const report = kept?.report;
  const through = report === undefined ? [] : hopsThrough(report, endpointId);
  const columns = [
    applicationColumn(report),
    namesColumn(clusters, report),
    subnetsColumn(model, subject, through),
    serviceColumn(subject, through),
    nodesColumn(clusters, report),
  ].filter(({ boxes }) => boxes.length > 0);
  return {
    columns,
    links: linksBetween(columns),
    description: describe(columns),
    ...(report === undefined
      ? {}
      : { testedAt: Date.parse(report.context.startedAt), testedFrom: placeWithHost(report.context.where) }),
  };
}

function clustersBehind({ project }: PageModel, subject: ServiceSubject, endpointId: string): readonly ClusterBehind[] {
  return clustersOf(subject, project.value).flatMap((cluster) => {
    const targets = stringTargets(cluster)
      .filter(({ endpoints }) => endpoints.some((one) => one.endpointId === endpointId))
      .map(({ strings }) => strings.map(({ text }) => text));
    return targets.length === 0 ? [] : [{ name: cluster.name, targets }];
  });
}

function textsOf({ targets }: ClusterBehind): readonly string[] {
  return targets.flat();
}

/**
 * The hops that went through one endpoint: a string that spans regions leads through others as well, and the CNAME of a
 * host says through which. Hosts that no CNAME tells about count where none is known to go through it.
 */
function hopsThrough({ hops }: TestReport, endpointId: string): readonly HopResult[] {
  const named = new Map(
    hops.filter(({ hop }) => hop === 'cname').map((result) => [result.subject, factOf(result, 'vpcEndpoint')]),
  );
  const isKnown = [...named.values()].includes(endpointId);
  return hops.filter((result) => {
    const leadsTo = named.get(hostOf(factOf(result, 'node') ?? result.subject));
    return isKnown ? leadsTo === endpointId : leadsTo === undefined;
  });
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

function box(
  kind: PathBox['kind'],
  id: string,
  label: string,
  seen: Pick<PathBox, 'tone' | 'problem'>,
  detail?: string,
): PathBox {
  const { tone } = seen;
  return {
    ...{ id: `${kind}/${id}`, kind, label, ...seen, toneText: toneText(tone) },
    ...(detail === undefined ? {} : { detail }),
  };
}

/** What is broken first, then what else was tested. */
const order: readonly PathTone[] = ['failed', 'warned', 'passed', 'untested'];

/** The worst of some hops; untested when none of them was seen. */
function seenOf(hops: readonly HopResult[], ...names: readonly HopId[]): Pick<PathBox, 'tone' | 'problem'> {
  const tones = names.map((name) => pathTone(hopTone(hops.filter(({ hop }) => hop === name))));
  const tone = order.find((one) => tones.includes(one)) ?? 'untested';
  const failed = hops.find(
    ({ hop, outcome, problem }) => names.includes(hop) && outcome === 'failed' && problem !== undefined,
  );
  return failed?.problem === undefined ? { tone } : { tone, problem: describeProblem(failed.problem).title };
}

function applicationColumn(report: TestReport | undefined): PathColumn {
  const detail = report === undefined ? t('where your code runs') : placeWithHost(report.context.where);
  const tone: PathTone = report === undefined ? 'untested' : 'passed';
  return { title: t('Application'), boxes: [box('application', 'application', t('Application'), { tone }, detail)] };
}

/** The name of each cluster's first form, and those that were tested, whatever their form. */
function namesColumn(clusters: readonly ClusterBehind[], report: TestReport | undefined): PathColumn {
  const known = new Set(clusters.flatMap(textsOf).flatMap(hostsIn));
  const tested = hostsIn(report?.context.connectionString ?? '').filter((host) => known.has(host));
  const first = clusters.flatMap(({ targets }) => targets.flatMap(([text = '']) => hostsIn(text).slice(0, 1)));
  const hops = report?.hops ?? [];
  const isSeedlist = hops.some(({ hop }) => hop === 'srv');
  return {
    title: t('Names'),
    boxes: [...new Set([...first, ...tested])].map((host) => {
      // All hosts of a seedlist are found by its name; those of a standard string each by its own.
      const own = hops.filter(({ subject }) => isSeedlist || subject === host);
      return box('dns', host, host, seenOf(tested.includes(host) ? own : [], 'srv', 'cname', 'addresses'));
    }),
  };
}

/** The endpoint with its addresses by zone where the AWS account was asked; else the endpoint alone. */
function subnetsColumn({ aws }: PageModel, subject: ServiceSubject, through: readonly HopResult[]): PathColumn {
  const title = endpointWord(subject.provider);
  const id = subject.endpointId ?? '';
  const subnets = aws?.evidence?.value?.subnets ?? [];
  if (subnets.length === 0) return { title, boxes: [box('endpoint', id, shortId(id), seenOf(through, 'tcp'))] };
  return {
    title,
    boxes: subnets.map(({ subnet, privateIp }) => {
      const own = privateIp === undefined ? [] : through.filter((result) => hostOf(result.subject) === privateIp);
      const detail = [subnet.zone, privateIp ?? t('no address')].join(', ');
      return box('subnet', subnet.id, subnet.name ?? subnet.id, seenOf(own, 'tcp'), detail);
    }),
  };
}

/** The host or address in `host:port` or `[v6]:port`, or what has no port. */
function hostOf(subject: string): string {
  return subject.replace(/:\d+$/u, '').replace(/^\[|\]$/gu, '');
}

function serviceColumn({ service, provider, region }: ServiceSubject, through: readonly HopResult[]): PathColumn {
  const detail = regionLabel(provider, region);
  return {
    title: t('Endpoint service'),
    boxes: [box('service', service?.id ?? '', t('Atlas'), seenOf(through, 'tls'), detail)],
  };
}

/** Hosts and ports of the standard strings: ports tell the nodes apart (seed). */
function nodesColumn(clusters: readonly ClusterBehind[], report: TestReport | undefined): PathColumn {
  const tested = nodesIn(report?.context.connectionString ?? '');
  return {
    title: t('Nodes'),
    boxes: clusters.map((cluster) => {
      const texts = textsOf(cluster);
      const isTested = texts.flatMap(nodesIn).some((node) => tested.includes(node));
      const hops = isTested ? (report?.hops ?? []) : [];
      return box('node', cluster.name, cluster.name, seenOf(hops, 'hello', 'sign-in', 'ping'), portsIn(texts));
    }),
  };
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

/** In sentences: of a long column what is broken, and what was tested, before the rest. */
function describe(columns: readonly PathColumn[]): string {
  return columns
    .map(({ title, boxes }) => {
      const byTone = boxes.toSorted((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone));
      const told = boxes.length <= mostTold ? boxes : byTone.slice(0, mostTold - 1);
      const parts = told.map(({ label, detail, toneText: text, problem }) =>
        [label, detail, text, problem].filter((part) => part !== undefined && part !== '').join(', '),
      );
      const rest = boxes.length - told.length;
      return `${title}: ${[...parts, ...(rest === 0 ? [] : [t('{0} more', rest)])].join('; ')}.`;
    })
    .join(' ');
}
