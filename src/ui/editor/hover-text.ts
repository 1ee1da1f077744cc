import { t } from '@vscode/l10n';
import type { TestReport } from '../../diagnostics/events';
import { describeStatus } from '../../messages/status-text';
import { verdictSentence } from '../../messages/test-text';
import { ageWords } from '../age';
import { stringTargets } from '../strings/string-targets';
import type { TestResult } from '../test-run/test-results';
import { escapeMarkdown } from '../tree/drafts';
import type { StringEndpointStatus } from './endpoint-status';
import { endpointLines, factsLine, formWord, type StringFacts } from './string-facts';

/** What a hover shows besides the facts of the string. */
export interface HoverDetails {
  readonly account?: string;
  readonly project?: string;
  readonly statuses: readonly StringEndpointStatus[];
  readonly lastTest?: TestResult;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What is known about a connection string, as Markdown; everything from files, Atlas and DNS is escaped. */
export function hoverText(facts: StringFacts, details: HoverDetails): string {
  const { known } = facts;
  const deployment = known?.deployment;
  const rows: readonly (readonly [label: string, value: string | undefined])[] = [
    [t('Cluster'), deployment && [deployment.name, deployment.tier, stateOf(deployment)].join(' · ')],
    [t('Federated database'), known?.federatedDatabase?.name],
    [t('Project'), [details.project, details.account].filter((part) => part !== undefined).join(' · ') || undefined],
    [t('Endpoint'), endpointLines(facts).join('; ') || undefined],
    [t('Status'), statusText(details.statuses)],
    [t('Form'), formWord(facts.form)],
    [t('Hosts'), hostsText(facts, details.lastTest)],
    [t('Addresses'), details.lastTest && addressesText(details.lastTest.report)],
    [t('Last test'), details.lastTest && testText(facts, details.lastTest, details.now)],
  ];
  return [
    `**${escapeMarkdown(factsLine(facts))}**`,
    rows.flatMap(([label, value]) => (value === undefined ? [] : [`- ${label}: ${escapeMarkdown(value)}`])).join('\n'),
  ].join('\n\n');
}

function stateOf({ paused, state }: { readonly paused: boolean; readonly state: string }): string {
  return paused ? t('Paused') : state;
}

function statusText(statuses: readonly StringEndpointStatus[]): string | undefined {
  const words = statuses.flatMap(({ endpoint, service }) => {
    const meaning = endpoint ?? service;
    if (meaning === undefined) return [];
    const { word, nextAction } = describeStatus(meaning);
    return [nextAction === undefined ? word : `${word}. ${nextAction}`];
  });
  return words.length === 0 ? undefined : [...new Set(words)].join('; ');
}

/** Hosts and ports: as DNS answered the last test, else as Atlas lists them, else as the string does. */
function hostsText(facts: StringFacts, lastTest: TestResult | undefined): string {
  const resolved = factValues(lastTest?.report, 'srv', 'target');
  if (resolved.length > 0) return t('{0} (by DNS at the last test)', listed(resolved));
  const standard = facts.form === 'standard' ? undefined : standardHosts(facts);
  if (standard !== undefined) return t('{0} (by Atlas)', listed(standard));
  return listed(
    facts.parsed?.hosts.map(({ host, port }) => (port === undefined ? host : `${host}:${port}`)) ?? facts.hosts,
  );
}

/** The hosts that Atlas names in the standard string of the same network and endpoint. */
function standardHosts({ known, hosts }: StringFacts): readonly string[] | undefined {
  if (known?.deployment === undefined) return undefined;
  const target = stringTargets(known.deployment).find(({ strings }) =>
    strings.some(({ text }) => hosts.some((host) => text.toLowerCase().includes(`//${host}`))),
  );
  const standard = target?.strings.find(({ form }) => form === 'standard')?.text;
  return /^mongodb:\/\/([^/?]+)/.exec(standard ?? '')?.[1]?.split(',');
}

function addressesText(report: TestReport): string | undefined {
  const addresses = factValues(report, 'addresses', 'address');
  return addresses.length === 0 ? undefined : listed(addresses);
}

function factValues(report: TestReport | undefined, hop: string, name: string): readonly string[] {
  const facts = (report?.hops ?? []).filter((one) => one.hop === hop).flatMap((one) => one.facts);
  return [...new Set(facts.filter((fact) => fact.name === name).map(({ value }) => value))];
}

const mostListed = 6;

function listed(items: readonly string[]): string {
  const shown = items.slice(0, mostListed).join(', ');
  return items.length > mostListed ? t('{0} and {1} more', shown, items.length - mostListed) : shown;
}

function testText({ hosts }: StringFacts, { report, at }: TestResult, now: number): string {
  return `${verdictSentence(report.verdict, hosts[0] ?? '')} (${ageWords(now - at)})`;
}
