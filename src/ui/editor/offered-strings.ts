import { t } from '@vscode/l10n';
import { withCredentials } from '../../connection-string/credentials';
import type { Deployment } from '../../core/deployment';
import type { AtlasStore } from '../../store/atlas-store';
import { deploymentsOf } from '../../store/element';
import { knownString } from '../../store/known-strings';
import type { RecentChoices } from '../prompts/recent-choices';
import {
  describeForm,
  describeTarget,
  stringTargets,
  type StringForm,
  type StringTarget,
} from '../strings/string-targets';

/** A string that is offered while typing, from what is known already. */
export interface OfferedString {
  readonly text: string;
  /** The cluster. */
  readonly label: string;
  /** Through what, in which form; of which project, where several have a cluster of this name. */
  readonly description: string;
  /** The name of the project, as far as it is known. */
  readonly project: string;
  readonly network: StringTarget['network'];
  readonly form: StringForm;
  /** For whom it is usable. */
  readonly usableFrom: string;
  readonly about: string;
}

export interface OfferedStrings {
  readonly offered: readonly OfferedString[];
  /** Nothing that is known was left out. */
  readonly isAll: boolean;
}

/** What the strings are offered for. */
export interface OfferedFor {
  /** What is typed of the name of a cluster, a project, an endpoint or a region; empty for all. */
  readonly query: string;
  /** Connection strings that stand nearby: their clusters and projects are likely. */
  readonly nearby: readonly string[];
}

/** More are not offered at once: each costs the editor time, and nobody reads more. */
export const mostOffered = 40;
/** More strings of the neighbourhood are not looked at. */
const mostNearby = 30;

/** A cluster that is known, with what makes it likely. */
interface KnownCluster {
  readonly deployment: Deployment;
  readonly project: string;
  readonly user: string | undefined;
  /** The lower the likelier; 0 for the one that was chosen last. */
  readonly rank: number;
}

/** A string of a cluster, with what does not change until Atlas answers anew. */
interface ClusterString {
  readonly target: StringTarget;
  readonly form: StringForm;
  readonly text: string;
  /** Among the forms, in the order of recommendation. */
  readonly index: number;
  /** When there are too many, those of a lower one are offered. */
  readonly round: number;
  /** What it is found by, in lower case, but for its project. */
  readonly name: string;
}

interface Candidate {
  readonly cluster: KnownCluster;
  readonly string: ClusterString;
}

const cache = new WeakMap<Deployment, readonly ClusterString[]>();

function stringsOf(deployment: Deployment): readonly ClusterString[] {
  const cached = cache.get(deployment);
  if (cached !== undefined) return cached;
  const strings = stringTargets(deployment).flatMap((target, place) => {
    const { label, description } = describeTarget(target);
    return target.strings.map(({ form, text }, index): ClusterString => {
      // Every string has the host's end.
      const hosts = text.replace(/^mongodb(?:\+srv)?:\/\//, '').replaceAll('.mongodb.net', '');
      const name = [deployment.name, label, description, describeForm(form, false).label, hosts]
        .join(' ')
        .toLowerCase();
      return { target, form, text, index, round: index > 0 ? 3 : place > 0 ? 2 : 1, name };
    });
  });
  cache.set(deployment, strings);
  return strings;
}

/**
 * Strings of the known clusters in the order in which they are likely: the cluster that was chosen last, those whose
 * strings stand nearby, those of the same projects, then others; private endpoints before other networks, recommended
 * forms first. Of many, those that match what is typed, and of each cluster one before further ones of any. Asks Atlas
 * nothing.
 */
export function offeredStrings(
  store: Pick<AtlasStore, 'elements' | 'known'>,
  recent: Pick<RecentChoices, 'last'>,
  { query, nearby }: OfferedFor,
): OfferedStrings {
  const clusters = clustersOf(store, recent, nearby);
  const all = clusters
    .flatMap((cluster) => stringsOf(cluster.deployment).map((string): Candidate => ({ cluster, string })))
    .sort((a, b) => a.cluster.rank - b.cluster.rank || Number(isElsewhere(a.string)) - Number(isElsewhere(b.string)));
  const chosen = likeliest(matching(all, query), mostOffered);
  const counts = new Map<string, number>();
  for (const { deployment } of clusters) counts.set(deployment.name, (counts.get(deployment.name) ?? 0) + 1);
  return {
    offered: chosen.map((one) => described(one, (counts.get(one.cluster.deployment.name) ?? 0) > 1)),
    isAll: chosen.length === all.length,
  };
}

function clustersOf(
  store: Pick<AtlasStore, 'elements' | 'known'>,
  recent: Pick<RecentChoices, 'last'>,
  nearby: readonly string[],
): readonly KnownCluster[] {
  const near = [...new Set(nearby)].slice(0, mostNearby).flatMap((text) => knownString(store, text) ?? []);
  return store
    .elements()
    .flatMap(({ accountId, ref }) => {
      if (ref.kind !== 'project') return [];
      const { projectId } = ref;
      const contents = store.known<'project'>(accountId, ref).value;
      if (contents === undefined) return [];
      const { projects = [] } = store.known<'directory'>(accountId, { kind: 'directory' }).value ?? {};
      const isLastProject = recent.last(`project of ${accountId}`) === projectId;
      const lastCluster = recent.last(`deployment of ${projectId}`);
      const isLikely = isLastProject || near.some((one) => one.projectId === projectId);
      return deploymentsOf(contents).map((deployment): KnownCluster => {
        const isLast = deployment.name === lastCluster;
        const isNear = near.some((one) => one.deployment === deployment);
        const others = (isLikely ? 2 : 4) + (isLast ? 0 : 1);
        return {
          deployment,
          project: projects.find(({ id }) => id === projectId)?.name ?? '',
          user: recent.last(`user of ${projectId}`),
          rank: isLastProject && isLast ? 0 : isNear ? 1 : others,
        };
      });
    })
    .sort((a, b) => a.rank - b.rank);
}

/** Those whose names have every part of what is typed; where none has, those that have its letters in their order. */
function matching(all: readonly Candidate[], query: string): readonly Candidate[] {
  const parts = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '');
  if (parts.length === 0) return all;
  const named = all.map((one) => ({ one, name: `${one.string.name} ${one.cluster.project.toLowerCase()}` }));
  const exact = named.filter(({ name }) => parts.every((part) => name.includes(part)));
  const found = exact.length > 0 ? exact : named.filter(({ name }) => hasLetters(name, parts.join('')));
  // The clusters that are called so, then those of projects, regions and hosts that are.
  const isCalled = ({ cluster: { deployment } }: Candidate): boolean =>
    parts.every((part) => deployment.name.toLowerCase().includes(part));
  const list = found.map(({ one }) => one);
  return [...list.filter(isCalled), ...list.filter((one) => !isCalled(one))];
}

function hasLetters(name: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = name.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** At most so many, in the order in which they are. */
function likeliest(all: readonly Candidate[], most: number): readonly Candidate[] {
  if (all.length <= most) return all;
  const roundOf = ({ cluster, string }: Candidate): number => (cluster.rank === 0 ? 0 : string.round);
  const kept = new Set([...all].sort((a, b) => roundOf(a) - roundOf(b)).slice(0, most));
  return all.filter((one) => kept.has(one));
}

function described(
  { cluster: { deployment, project, user }, string: { target, form, text, index } }: Candidate,
  isAmbiguous: boolean,
): OfferedString {
  const { label, description, detail } = describeTarget(target);
  const formText = describeForm(form, index === 0);
  return {
    text: withCredentials(text, user),
    label: deployment.name,
    description: [isAmbiguous ? project : '', label, formText.label, description]
      .filter((part) => part !== '')
      .join(' · '),
    project,
    network: target.network,
    form,
    usableFrom: detail,
    about: [formText.detail, ...(index === 0 ? [t('recommended')] : [])].join(' · '),
  };
}

function isElsewhere({ target }: ClusterString): boolean {
  return target.network !== 'private-endpoint';
}
