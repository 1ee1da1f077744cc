import { unreadOf } from '../../part-title';
import { t } from '@vscode/l10n';
import type { RegionalizedView, Severity, TargetsView } from '../../../../webview/protocol';
import { checkRegionalizedMode, checkUnread, type SetUpFinding } from '../../../core/availability';
import { countTargets, coverageOf, isNearly, isSamePlace, targetLimit, type TargetCount } from '../../../core/limits';
import { regionLabel } from '../../../core/region';
import { describeProblem } from '../../../messages/problem-text';
import { deploymentsOf, servicesOf, type ProjectContents } from '../../../store/element';
import type { PageModel } from '../model';
import { button, checkFinding } from './views';

/**
 * Addressable targets of every region that has any, that of the page first. Azure is left out: no limit is documented
 * for it (seed: Limitations).
 */
export function targetsOf({ project, subject }: PageModel): readonly TargetsView[] {
  if (project.value === undefined || subject.kind !== 'service') return [];
  const deployments = deploymentsOf(project.value);
  const services = servicesOf(project.value);
  const places = coverageOf(deployments, []).filter(({ provider }) => provider !== 'AZURE');
  const own = places.filter((place) => isSamePlace(place, subject));
  return [...own, ...places.filter((place) => !own.includes(place))].flatMap((place) => {
    const { provider, region } = place;
    const service = services.find((each) => isSamePlace(each, place));
    // A new service is port-mapped unless the person wants otherwise.
    const limit = targetLimit(provider, service?.provider !== 'GCP' || service.portMappingEnabled);
    const { total, byCluster } = countTargets(deployments, place);
    if (total === 0) return [];
    return [
      {
        region: regionLabel(provider, region),
        used: total,
        limit,
        text: t('{0} of {1} addressable targets used', total, limit),
        severity: severityOf(total, limit),
        parts: byCluster.map(({ name, kind, count }) => ({ label: `${name} (${kindText(kind)})`, count })),
      },
    ];
  });
}

function severityOf(used: number, limit: number): Severity {
  if (used > limit) return 'blocking';
  return isNearly(used, limit) ? 'warning' : 'passed';
}

function kindText(kind: TargetCount['byCluster'][number]['kind']): string {
  switch (kind) {
    case 'mongod':
      return t('mongod instances of a replica set');
    case 'mongos':
      return t('mongos instances, without optimized strings');
    case 'optimized':
      return t('sharded cluster with optimized strings');
    case 'bi-connector':
      return t('BI Connector');
  }
}

/** What forbids to switch regionalized mode, in a sentence; undefined when nothing does. */
export function whyNotSwitched({ project }: PageModel): string | undefined {
  if (project.value?.regionalizedMode === undefined)
    return t('Atlas has not told whether regionalized mode is on. Refresh, and try again.');
  const finding = switchFindings(project.value).find(({ severity }) => severity === 'blocking');
  if (finding === undefined) return undefined;
  const { title, fixes } = describeProblem(finding.problem);
  return [title, fixes[0]].join(' ');
}

function switchFindings(contents: ProjectContents | undefined): readonly SetUpFinding[] {
  if (contents?.regionalizedMode === undefined) return [];
  const { regionalizedMode } = contents;
  const state = { deployments: deploymentsOf(contents), services: servicesOf(contents), regionalizedMode };
  return [
    ...checkUnread(unreadOf(contents, ['clusters', 'AWS', 'AZURE', 'GCP']), 'blocking'),
    ...checkRegionalizedMode(state, !regionalizedMode),
  ];
}

/** Regionalized mode with what stands in the way of switching it; undefined where Atlas does not tell. */
export function regionalizedOf({ project }: PageModel): RegionalizedView | undefined {
  const enabled = project.value?.regionalizedMode;
  if (enabled === undefined) return undefined;
  const findings = switchFindings(project.value);
  const disabled = findings.some(({ severity }) => severity === 'blocking')
    ? { disabled: t('See what stands in the way above.') }
    : {};
  return {
    enabled,
    text: enabled
      ? t('On: each region has its own strings, and may have several endpoints.')
      : t('Off: a project has several endpoints in one region, or one endpoint in each of several regions.'),
    findings: findings.map(checkFinding),
    actions: [
      enabled
        ? button('disable-regionalized', t('Disable…'), 'secondary', disabled)
        : button('enable-regionalized', t('Enable…'), 'secondary', disabled),
    ],
  };
}
