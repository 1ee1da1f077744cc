import { t } from '@vscode/l10n';
import { withCredentials } from '../../connection-string/credentials';
import type { AtlasStore } from '../../store/atlas-store';
import { deploymentsOf } from '../../store/element';
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
  /** Through what, in which form. */
  readonly description: string;
  readonly network: StringTarget['network'];
  readonly form: StringForm;
  /** For whom it is usable. */
  readonly usableFrom: string;
  readonly about: string;
}

/** More are not offered. */
const mostOffered = 200;

/**
 * The strings of every cluster that is known, in the order in which they are likely: clusters that were chosen before
 * first; then private endpoints of any cluster; recommended forms first. Asks Atlas nothing.
 */
export function offeredStrings(
  store: Pick<AtlasStore, 'elements' | 'known'>,
  recent: Pick<RecentChoices, 'last'>,
): readonly OfferedString[] {
  const clusters = store.elements().flatMap(({ accountId, ref }) => {
    if (ref.kind !== 'project') return [];
    const contents = store.known<'project'>(accountId, ref).value;
    const isLastProject = recent.last(`project of ${accountId}`) === ref.projectId;
    const lastCluster = recent.last(`deployment of ${ref.projectId}`);
    return (contents === undefined ? [] : deploymentsOf(contents)).map((deployment) => ({
      deployment,
      rank: (isLastProject ? 0 : 2) + (deployment.name === lastCluster ? 0 : 1),
      user: recent.last(`user of ${ref.projectId}`),
    }));
  });
  return clusters
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostOffered)
    .flatMap((cluster) => stringTargets(cluster.deployment).map((target) => ({ ...cluster, target })))
    .sort((a, b) => a.rank - b.rank || Number(isElsewhere(a.target)) - Number(isElsewhere(b.target)))
    .flatMap((cluster) => cluster.target.strings.map((string, index) => ({ ...cluster, ...string, index })))
    .slice(0, mostOffered)
    .map(({ deployment, user, target, form, text, index }): OfferedString => {
      const { label, description, detail } = describeTarget(target);
      const formText = describeForm(form, index === 0);
      return {
        text: withCredentials(text, user),
        label: deployment.name,
        description: [label, formText.label, description].filter((part) => part !== '').join(' · '),
        network: target.network,
        form,
        usableFrom: detail,
        about: [formText.detail, ...(index === 0 ? [t('recommended')] : [])].join(' · '),
      };
    });
}

function isElsewhere({ network }: StringTarget): boolean {
  return network !== 'private-endpoint';
}
