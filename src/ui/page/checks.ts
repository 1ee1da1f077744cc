import { checkSetUp, type SetUpFinding } from '../../core/availability';
import { flagIn, listIn, type Draft } from '../../setup/draft';
import { deploymentsOf, servicesOf, type ProjectContents } from '../../store/element';
import type { AwsView, Subject } from './model';

/** Names of roles in the account's organization and project; absent when Atlas does not tell. */
export type Roles = readonly string[] | undefined;

/** What stands in the way of the endpoint that a page sets up, or is worth knowing before. */
export function pageFindings(
  subject: Subject,
  draft: Draft,
  contents: ProjectContents | undefined,
  aws: AwsView | undefined,
  roles: Roles,
): readonly SetUpFinding[] {
  // Endpoints of serverless instances and of Data Federation have none of these limits (seed: Limitations).
  if (contents === undefined || subject.kind !== 'service' || subject.region === '') return [];
  const chosen = listIn(draft, 'subnets');
  const zones = (aws?.subnets?.value ?? []).filter(({ id }) => chosen.includes(id)).map(({ zone }) => zone);
  const { provider, region, service } = subject;
  const findings = checkSetUp(
    {
      deployments: deploymentsOf(contents),
      services: servicesOf(contents),
      regionalizedMode: contents.regionalizedMode ?? false,
      ...(roles === undefined ? {} : { roles }),
    },
    {
      provider,
      region,
      portMapped: service?.provider === 'GCP' ? service.portMappingEnabled : flagIn(draft, 'portMapping', true),
      ...(zones.length === 0 ? {} : { zones }),
    },
  );
  return findings.filter(({ severity, problem: { code } }) => {
    // The page shows the service itself with its status, and what to do about it.
    if (service !== undefined && code.startsWith('CHECK_SERVICE_')) return false;
    // What would block a further endpoint does not concern one that is there.
    return subject.endpointId === undefined || severity === 'advice';
  });
}
