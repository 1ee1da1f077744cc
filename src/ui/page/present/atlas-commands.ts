import { t } from '@vscode/l10n';
import { atlasStatement, planAtlasCli, type AtlasAction } from '../../../cloud/plan-atlas-cli';
import { renderStatements, type Statement } from '../../../cloud/shell';
import type { CommandPlan } from '../../../core/command-plan';
import type { EndpointService } from '../../../core/endpoint';
import { failed, ok, problem, ProblemError, type Result } from '../../../core/problem';
import { serviceStatus } from '../../../core/status';
import { flagIn, textIn } from '../../../setup/draft';
import { readAwsRegions, registrationOf } from '../choices';
import { targetOf } from '../cloud-target';
import { clustersOf, draftWithFound } from '../facts';
import type { PageModel, ServiceSubject } from '../model';

/** What asks Atlas for all that the checks look at: clusters, services and regionalized mode. */
export function checkCommands(model: PageModel): Result<readonly CommandPlan[]> {
  const { provider } = targetOf(model.subject, model.draft);
  return plans(model, [
    { action: 'list-clusters' },
    { action: 'list-services', provider },
    { action: 'describe-regionalized-mode' },
  ]);
}

/** What creates the service of a page, or reserves one, or fails with the choice that is missing or wrong. */
export function serviceCommands(model: PageModel): Result<readonly CommandPlan[]> {
  const { subject, ref, draft } = model;
  if (subject.kind === 'serverless' && ref.kind === 'serverless') {
    const comment = textIn(draft, 'comment');
    const { instanceName } = ref;
    return plans(model, [{ action: 'reserve-serverless', instanceName, ...(comment === '' ? {} : { comment }) }]);
  }
  if (subject.kind !== 'service' || subject.region === '') return missing('region');
  return orProblem(() => plans(model, [creation(subject, model)]));
}

function creation({ provider, region }: ServiceSubject, { draft }: PageModel): AtlasAction {
  const common = { action: 'create-service', provider, region } as const;
  switch (provider) {
    case 'AWS':
      return { ...common, supportedRemoteRegions: readAwsRegions(textIn(draft, 'remoteRegions')) };
    case 'AZURE':
      return common;
    case 'GCP':
      return { ...common, portMapping: flagIn(draft, 'portMapping', true) };
  }
}

/** What tells Atlas the endpoint of a page, or fails with the value that is missing. */
export function registerCommands(model: PageModel): Result<readonly CommandPlan[]> {
  const { subject, ref } = model;
  const draft = draftWithFound(model);
  const target = targetOf(subject, draft);
  const registration = registrationOf(target, draft);
  const field = target.provider === 'GCP' ? 'endpointGroup' : 'endpointId';
  if (registration === undefined) return missing(field);
  if (subject.kind === 'service') {
    return plans(model, [{ action: 'register', serviceId: target.wishId, registration }]);
  }
  // Neither serverless instances nor Data Federation have endpoints of Google Cloud.
  if (registration.provider === 'GCP') return missing(field);
  if (subject.kind === 'serverless') {
    if (ref.kind !== 'serverless' || subject.endpoint === undefined) return missing(field);
    const { instanceName } = ref;
    return plans(model, [{ action: 'supply-serverless', instanceName, endpointId: subject.endpoint.id, registration }]);
  }
  const comment = textIn(draft, 'comment');
  const dnsName = textIn(draft, 'dnsName');
  return plans(model, [
    {
      action: 'add-federation',
      registration,
      ...(comment === '' ? {} : { comment }),
      // Atlas takes a region only with a name, and a name only with a region (schema `PrivateNetworkEndpointIdEntry`).
      ...(dnsName === '' || target.region === '' ? {} : { dnsName, region: target.region }),
    },
  ]);
}

/** What asks Atlas how far it is. */
export function waitCommands(model: PageModel): Result<readonly CommandPlan[]> {
  return plans(model, statusActions(model));
}

function statusActions({ subject, ref }: PageModel): readonly AtlasAction[] {
  switch (subject.kind) {
    case 'service': {
      const { service, endpointId, provider } = subject;
      if (service === undefined || endpointId === undefined) return [];
      return [{ action: 'describe-endpoint', provider, serviceId: service.id, endpointId }];
    }
    case 'serverless': {
      if (ref.kind !== 'serverless' || subject.endpoint === undefined) return [];
      const { instanceName } = ref;
      return [{ action: 'describe-serverless-endpoint', instanceName, endpointId: subject.endpoint.id }];
    }
    case 'federation':
      if (subject.endpoint === undefined) return [];
      return [{ action: 'describe-federation-endpoint', endpointId: subject.endpoint.id }];
  }
}

/** What prints the connection strings of everything that the endpoint of a page leads to. */
export function stringCommands(model: PageModel): Result<readonly CommandPlan[]> {
  const { subject, ref, project } = model;
  switch (subject.kind) {
    case 'service':
      return plans(
        model,
        clustersOf(subject, project.value).map(({ name }) => ({ action: 'describe-strings', of: 'cluster', name })),
      );
    case 'serverless':
      return plans(
        model,
        ref.kind === 'serverless' ? [{ action: 'describe-strings', of: 'serverless', name: ref.instanceName }] : [],
      );
    case 'federation':
      return plans(
        model,
        (project.value?.federatedDatabases ?? []).map(({ name }) => ({
          action: 'describe-strings',
          of: 'federation',
          name,
        })),
      );
  }
}

/** What removes an endpoint at Atlas, without a question; undefined for a page on which none can be. */
export function removalAtAtlas({ subject, ref }: PageModel, endpointId: string): AtlasAction | undefined {
  switch (subject.kind) {
    case 'service': {
      const { service, provider } = subject;
      if (service === undefined) return undefined;
      return { action: 'delete-endpoint', provider, serviceId: service.id, endpointId, force: true };
    }
    case 'serverless':
      if (ref.kind !== 'serverless') return undefined;
      return { action: 'delete-serverless-endpoint', instanceName: ref.instanceName, endpointId };
    case 'federation':
      return { action: 'delete-federation-endpoint', endpointId, force: true };
  }
}

/** Commands under a heading; those that change something are only to be read until somebody wants them. */
interface Part {
  readonly heading: string;
  readonly actions: readonly AtlasAction[];
  readonly isHarmless?: boolean;
}

/**
 * What can be done with the service of a page by the Atlas CLI, in one script: run as it is, it only shows and waits.
 * Undefined before there is a service.
 */
export function atlasCliScript({ subject, ref, project, ui }: PageModel): string | undefined {
  if (subject.kind !== 'service' || subject.service === undefined) return undefined;
  const { service } = subject;
  const { provider, id: serviceId, endpointIds } = service;
  const enabled = project.value?.regionalizedMode;
  const ofEndpoints = (action: 'describe-endpoint' | 'delete-endpoint') =>
    endpointIds.map((endpointId) => ({ action, provider, serviceId, endpointId }) as const);
  const parts: readonly Part[] = [
    {
      heading: t('Show the service and its endpoints'),
      actions: [{ action: 'describe-service', provider, serviceId }, ...ofEndpoints('describe-endpoint')],
      isHarmless: true,
    },
    ...(canWait(service)
      ? [
          {
            heading: t('Wait until the service is available'),
            actions: [{ action: 'watch-service', provider, serviceId } as const],
            isHarmless: true,
          },
        ]
      : []),
    ...(service.provider === 'AWS'
      ? [
          {
            heading: t('Set the other AWS regions that may connect'),
            actions: [
              {
                action: 'set-remote-regions',
                serviceId,
                supportedRemoteRegions: service.supportedRemoteRegions,
              } as const,
            ],
          },
        ]
      : []),
    ...(enabled === undefined
      ? []
      : [
          {
            heading: enabled
              ? t('Disable regionalized private endpoints: connection strings change')
              : t('Enable regionalized private endpoints: connection strings change'),
            actions: [{ action: 'regionalized-mode', enable: !enabled } as const],
          },
        ]),
    {
      heading: t('Remove the endpoints, then the service'),
      // Atlas removes a service with its last endpoint.
      actions:
        endpointIds.length > 0 ? ofEndpoints('delete-endpoint') : [{ action: 'delete-service', provider, serviceId }],
    },
  ];
  const statements = parts.flatMap(({ heading, actions, isHarmless = false }): readonly Statement[] => {
    const commands = actions.map((action) => atlasStatement(ref.projectId, action));
    return [
      { kind: 'comment', text: heading },
      ...(isHarmless ? commands : [{ kind: 'shown', statements: commands } as const]),
    ];
  });
  return renderStatements(statements)[ui.shell];
}

/**
 * Whether there is an end to waiting for a service: the CLI waits for `AVAILABLE` or `FAILED`, whatever else Atlas says
 * (`internal/cli/privateendpoints/aws/watch.go`), and a service of Azure has `WAITING_FOR_USER` until it has an endpoint.
 */
function canWait({ provider, status, endpointIds }: EndpointService): boolean {
  return serviceStatus(status).kind === 'moving' && (provider !== 'AZURE' || endpointIds.length > 0);
}

function plans({ ref }: PageModel, actions: readonly AtlasAction[]): Result<readonly CommandPlan[]> {
  return ok(actions.length === 0 ? [] : [planAtlasCli(ref.projectId, actions)]);
}

function missing(field: string): Result<never> {
  return failed(problem('SETUP_CHOICE_MISSING', '', { field }));
}

/** A choice that cannot be read fails like one that is missing. */
function orProblem<T>(work: () => Result<T>): Result<T> {
  try {
    return work();
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}
