import type { Answer } from 'dns-packet';
import type { Fact } from '../events';
import type { FailureKind } from '../../core/hop';
import { facts } from '../facts';
import { askAll, endedBy, failureOfAnswers, resolverFacts, type Asking } from './ask';
import { bareName, followCnames, sameName } from './query';

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

/** The options that a TXT record may set (initial DNS seedlist discovery specification). */
export interface SeedListOptions {
  readonly authSource?: string;
  readonly replicaSet?: string;
  readonly loadBalanced?: string;
}

export type SeedListResult = { readonly facts: readonly Fact[] } & (
  | { readonly targets: readonly HostPort[]; readonly options: SeedListOptions; readonly warning?: FailureKind }
  | { readonly failure: FailureKind }
);

/** Atlas has at most 50 addressable targets in a region (seed); more in one answer are not Atlas's. */
export const mostTargets = 100;
const mostTargetsShown = 12;

/** Asks for `_mongodb._tcp.<name>` SRV and the TXT beside it, both at once (initial DNS seedlist discovery). */
export async function resolveSeedList(name: string, service: string, asking: Asking): Promise<SeedListResult> {
  const srvName = `_${service}._tcp.${name}`;
  const [srv, txt] = await Promise.all([
    askAll({ name: srvName, type: 'SRV' }, asking),
    askAll({ name, type: 'TXT' }, asking),
  ]);
  if (srv.best === undefined) return { failure: failureOfAnswers(srv), facts: resolverFacts(srv) };
  const found = targetsIn(srv.best.records, endOf(srvName, srv.best.records));
  const shown = found
    .slice(0, mostTargetsShown)
    .map(({ host, port }): Fact => ({ name: 'target', value: `${host}:${port}` }));
  const count = facts(['targets', String(found.length)]);
  const seen = [...count, ...shown, ...resolverFacts(srv)];
  const ending = endedBy(srv, asking);
  if (ending !== undefined) return { failure: 'not-found-here', facts: [...facts(['unknownTo', ending]), ...seen] };
  // Records there are, and none of them is an answer to the question.
  if (found.length === 0) return { failure: 'dns-garbage', facts: seen };
  const nowhere = found.find(({ host, port }) => host === '' || port === 0);
  if (nowhere !== undefined) {
    return { failure: 'srv-invalid', facts: [...facts(['invalidTarget', `${nowhere.host}:${nowhere.port}`]), ...seen] };
  }
  const foreign = found.filter(({ host }) => !sharesParentDomain(host, name));
  if (foreign.length > 0)
    return { failure: 'foreign-domain', facts: [...facts(['foreignTarget', foreign[0]?.host]), ...seen] };
  const txtFailure = txt.best === undefined ? failureOfAnswers(txt) : 'no-data';
  // Drivers do without a TXT record; they give up when they cannot learn whether there is one.
  if (txtFailure !== 'no-data' && txtFailure !== 'nxdomain') {
    return { failure: 'txt-failed', facts: [...count, ...shown, ...resolverFacts(txt)] };
  }
  const options = optionsIn(txt.best?.records ?? [], endOf(name, txt.best?.records ?? []));
  if (options === undefined) return { failure: 'txt-invalid', facts: seen };
  const text = Object.entries(options).map(([key, value]) => `${key}=${value}`);
  return {
    targets: found.slice(0, mostTargets),
    options,
    facts: [...seen, ...(text.length === 0 ? [] : facts(['options', text.join('&')]))],
    ...(found.length > mostTargets ? { warning: 'too-many-targets' as const } : {}),
  };
}

/** Whose records answer the question: those of the name that its CNAMEs lead to (RFC 1034, section 3.6.2). */
function endOf(name: string, records: readonly Answer[]): string {
  return followCnames(name, records).chain.at(-1) ?? name;
}

function targetsIn(records: readonly Answer[], name: string): readonly HostPort[] {
  const targets = new Map<string, HostPort>();
  for (const record of records) {
    if (record.type !== 'SRV' || !sameName(record.name, name)) continue;
    const target = { host: bareName(record.data.target), port: record.data.port };
    targets.set(`${target.host}:${target.port}`, target);
  }
  return [...targets.values()].sort((one, other) => one.host.localeCompare(other.host) || one.port - other.port);
}

/** The rule of the drivers: the target ends in the name without its first label, or in the name when that is short. */
export function sharesParentDomain(target: string, name: string): boolean {
  const labels = bareName(name).split('.');
  const parent = labels.length < 3 ? labels : labels.slice(1);
  const ending = `.${parent.join('.')}`;
  return bareName(target).endsWith(ending) && bareName(target).length > ending.length;
}

/** Undefined when the TXT records are not what drivers accept: one record, known options only, each with a value. */
function optionsIn(records: readonly Answer[], name: string): SeedListOptions | undefined {
  const texts = records.flatMap((record) =>
    record.type === 'TXT' && sameName(record.name, name) ? [textOf(record.data)] : [],
  );
  if (texts.length > 1) return undefined;
  const options: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(texts[0] ?? '')) {
    if (key !== 'authSource' && key !== 'replicaSet' && key !== 'loadBalanced') return undefined;
    if (value === '') return undefined;
    options[key] = value;
  }
  return options;
}

function textOf(data: string | Buffer | readonly (string | Buffer)[]): string {
  const parts = typeof data === 'string' || Buffer.isBuffer(data) ? [data] : data;
  return parts.map((part) => part.toString()).join('');
}
