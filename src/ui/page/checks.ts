import type { PageRef } from '../../../webview/protocol';
import {
  checkFederationSetUp,
  checkServerlessSetUp,
  checkSetUp,
  checkUnread,
  type SetUpFinding,
} from '../../core/availability';
import type { AssignedRole } from '../../core/project';
import { flagIn, listIn, type Draft } from '../../setup/draft';
import { deploymentsOf, servicesOf, type ProjectContents, type ProjectPart } from '../../store/element';
import { unreadOf } from '../part-title';
import { targetOf } from './cloud-target';
import type { AwsView, ServiceSubject, Subject } from './model';

/** Names of roles in the project and its organization; absent when Atlas does not tell. */
type Roles = readonly string[] | undefined;

/** Those of somebody's roles that count in a project. Where its organization is not known, each organization's count. */
export function rolesIn(
  all: readonly AssignedRole[] | undefined,
  project: string,
  organization: string | undefined,
): Roles {
  return all
    ?.filter(
      ({ projectId = project, organizationId }) =>
        projectId === project && (organizationId === undefined || organizationId === (organization ?? organizationId)),
    )
    .map(({ name }) => name);
}

/** What the checks of a page look at. */
export interface Checked {
  readonly ref: PageRef;
  readonly subject: Subject;
  readonly draft: Draft;
  readonly contents: ProjectContents | undefined;
  readonly aws: AwsView | undefined;
  readonly roles: Roles;
}

/** What stands in the way of the endpoint that a page sets up, or is worth knowing before. */
export function pageFindings(checked: Checked): readonly SetUpFinding[] {
  const { contents, subject } = checked;
  if (contents === undefined || (subject.kind === 'service' && subject.region === '')) return [];
  const findings = [
    ...checkUnread(unreadOf(contents, checkedParts[subject.kind]), 'advice'),
    ...findingsOf(checked, contents),
  ];
  // What would block a further endpoint does not concern one that is there.
  const isThere = subject.kind === 'service' ? subject.endpointId !== undefined : subject.endpoint !== undefined;
  return findings.filter(({ severity }) => !isThere || severity === 'advice');
}

/** What the checks of each kind of page look at. */
const checkedParts: Readonly<Record<Subject['kind'], readonly ProjectPart[]>> = {
  service: ['clusters', 'AWS', 'AZURE', 'GCP', 'regionalizedMode'],
  serverless: ['serverlessInstances'],
  federation: ['clusters', 'federatedDatabases'],
};

function findingsOf(checked: Checked, contents: ProjectContents): readonly SetUpFinding[] {
  const { ref, subject, draft, roles } = checked;
  const zones = zonesOf(checked);
  const state = { deployments: deploymentsOf(contents), ...(roles === undefined ? {} : { roles }) };
  switch (subject.kind) {
    case 'service':
      return findingsOfService(checked, contents, subject);
    case 'serverless':
      return ref.kind === 'serverless' ? checkServerlessSetUp(state, { instanceName: ref.instanceName, zones }) : [];
    case 'federation': {
      const { provider, region } = targetOf(subject, draft);
      return checkFederationSetUp({ ...state, databases: contents.federatedDatabases }, { provider, region, zones });
    }
  }
}

function findingsOfService(
  checked: Checked,
  contents: ProjectContents,
  { provider, region, service }: ServiceSubject,
): readonly SetUpFinding[] {
  const { draft, roles } = checked;
  const findings = checkSetUp(
    {
      deployments: deploymentsOf(contents),
      services: servicesOf(contents),
      regionalizedMode: contents.regionalizedMode,
      ...(roles === undefined ? {} : { roles }),
    },
    {
      provider,
      region,
      portMapped: service?.provider === 'GCP' ? service.portMappingEnabled : flagIn(draft, 'portMapping', true),
      zones: zonesOf(checked),
    },
  );
  // The page shows the service itself with its status, and what to do about it.
  return findings.filter(({ problem: { code } }) => service === undefined || !code.startsWith('CHECK_SERVICE_'));
}

/** Availability zones of the subnets that were chosen; undefined before. */
function zonesOf({ draft, aws }: Checked): readonly string[] | undefined {
  const chosen = listIn(draft, 'subnets');
  const zones = (aws?.subnets?.value ?? []).filter(({ id }) => chosen.includes(id)).map(({ zone }) => zone);
  return zones.length === 0 ? undefined : zones;
}
