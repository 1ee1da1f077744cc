import { t } from '@vscode/l10n';
import type { ClusterStrings, StringTargetView, StringView, TestResultView } from '../../../../webview/protocol';
import { hostsIn, nodesIn } from '../../../connection-string/credentials';
import type { Deployment } from '../../../core/deployment';
import { providerNames } from '../../../core/provider';
import { toCloudRegion } from '../../../core/region';
import {
  describeForm,
  describeTarget,
  federatedString,
  leadsThrough,
  reachOf,
  stringTargets,
  type StringTarget,
  whyNoPrivateString,
} from '../../strings/string-targets';
import { clustersOf } from '../facts';
import type { KeptReport } from '../../report/report-documents';
import type { PageModel } from '../model';
import { testResult } from './tests';
import { cloudEndpointId } from './wait-step';
import { clusterState, federatedDatabaseState } from './views';

/** A connection string of the page with the id by which the page names it. */
export interface NamedString {
  readonly id: string;
  readonly text: string;
  readonly name: string;
}

/** Strings of the deployments that the page's endpoints are for, those through them first. */
export function presentStrings(model: PageModel): readonly ClusterStrings[] {
  const { subject, project } = model;
  switch (subject.kind) {
    case 'service': {
      const all = clustersOf(subject, project.value);
      const ids = subject.service?.endpointIds ?? [];
      return all.map((cluster) => clusterStrings(model, cluster, ids));
    }
    case 'serverless': {
      const ids = (subject.endpoints.value ?? []).flatMap(({ cloudProviderEndpointId: id }) => id ?? []);
      return subject.instance === undefined ? [] : [clusterStrings(model, subject.instance, ids)];
    }
    case 'federation':
      return (project.value?.federatedDatabases ?? []).map((database) => {
        const { name, privateEndpointHostnames, provider, region } = database;
        return {
          id: `federated/${name}`,
          name,
          description: [provider && providerNames[provider].cloud, region].filter(Boolean).join(' · '),
          state: federatedDatabaseState(database),
          targets: privateEndpointHostnames.map(({ hostname, endpointId }) => ({
            id: `federated/${name}/${endpointId}`,
            label: t('Private endpoint'),
            description: endpointId,
            detail: reachOf(subject.endpoints.filter(({ id }) => id === endpointId).map((one) => one.provider)),
            here: true,
            strings: [
              {
                id: `federated/${name}/${endpointId}/standard`,
                form: describeForm('standard', true).label,
                detail: t('The one form of a federated database'),
                recommended: true,
                text: federatedString(hostname),
              },
            ],
          })),
          ...(privateEndpointHostnames.length === 0
            ? { whyNone: t('No endpoint of its provider is available yet.') }
            : {}),
          ...lastTest(
            model,
            privateEndpointHostnames.map(({ hostname }) => federatedString(hostname)),
          ),
        };
      });
  }
}

/** Every string that a page shows, by its id. */
export function stringsById(model: PageModel): ReadonlyMap<string, NamedString> {
  return new Map(
    presentStrings(model).flatMap(({ name, targets }) =>
      targets.flatMap(({ strings }) => strings.map(({ id, text }) => [id, { id, text, name }] as const)),
    ),
  );
}

function clusterStrings(model: PageModel, cluster: Deployment, endpointIds: readonly string[]): ClusterStrings {
  const followed = cloudEndpointId(model.subject);
  const isHere = ({ endpoints }: StringTarget): boolean =>
    endpoints.some(({ endpointId }) => endpointIds.includes(endpointId));
  const leadsThroughFollowed = ({ endpoints }: StringTarget): boolean =>
    endpoints.some(({ endpointId }) => endpointId === followed);
  const targets = [...stringTargets(cluster)].sort(
    (a, b) =>
      Number(leadsThroughFollowed(b)) - Number(leadsThroughFollowed(a)) || Number(isHere(b)) - Number(isHere(a)),
  );
  const hasOne = endpointIds.some((id) => leadsThrough(cluster, id));
  return {
    id: `${cluster.kind}/${cluster.name}`,
    name: cluster.name,
    description: describeCluster(cluster),
    state: clusterState(cluster),
    targets: targets.map((target) => targetView(cluster, target, isHere(target))),
    ...(hasOne ? {} : { whyNone: whyNoPrivateString(cluster) }),
    ...lastTest(
      model,
      targets.filter(isHere).flatMap(({ strings }) => strings.map(({ text }) => text)),
    ),
  };
}

function targetView(cluster: Deployment, target: StringTarget, here: boolean): StringTargetView {
  const id = `${cluster.kind}/${cluster.name}/${target.id}`;
  return {
    id,
    ...describeTarget(target),
    here,
    strings: target.strings.map(({ form, text }, index): StringView => {
      const { label, detail } = describeForm(form, index === 0);
      return { id: `${id}/${form}`, form: label, detail, recommended: index === 0, text };
    }),
  };
}

function describeCluster({ tier, topology, regions }: Deployment): string {
  const places = regions.map(({ provider, region }) => toCloudRegion(provider, region));
  const built: Readonly<Record<string, string>> = {
    REPLICASET: t('replica set'),
    SHARDED: t('sharded'),
    GEOSHARDED: t('global'),
  };
  const kind = topology === undefined ? undefined : (built[topology] ?? topology);
  return [tier, kind, [...new Set(places)].join(', ')].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** The latest test of one of these strings. */
function lastTest({ reports }: PageModel, texts: readonly string[]): { readonly lastTest?: TestResultView } {
  const [kept] = testsOf(reports, texts, nodesIn);
  return kept === undefined ? {} : { lastTest: testResult(kept) };
}

/** Tests of the strings that lead through the page's endpoints, in the order of the reports. */
export function relevantTests(model: PageModel): readonly KeptReport[] {
  const texts = presentStrings(model)
    .flatMap(({ targets }) => targets.filter(({ here }) => here))
    .flatMap(({ strings }) => strings.map(({ text }) => text));
  return testsOf(model.reports, texts, hostsIn);
}

/**
 * Tests of strings that have something in common with these: a host, or a node. Clusters of one project share the host of
 * their nodes behind an endpoint, and have ports of their own.
 */
export function testsOf(
  reports: readonly KeptReport[],
  texts: readonly string[],
  partsOf: (text: string) => readonly string[],
): readonly KeptReport[] {
  const parts = new Set(texts.flatMap(partsOf));
  return reports.filter(({ report }) => partsOf(report.context.connectionString).some((part) => parts.has(part)));
}
