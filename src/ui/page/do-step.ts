import type { StepId } from '../../../webview/protocol';
import { checkChoices } from '../../cloud/check-choices';
import type { AtlasApi } from '../../core/atlas-api';
import type { AwsCloud, AwsVpcEndpoint } from '../../core/cloud';
import type { AwsEndpointChoices } from '../../core/cloud-choices';
import type { Clock } from '../../core/clock';
import type { Logger } from '../../core/logger';
import { problem, ProblemError } from '../../core/problem';
import { toCloudRegion } from '../../core/region';
import { checkUsable, ensureInterfaceEndpoint, unregisteredEndpoints } from '../../setup/aws-endpoint';
import { putFederationEndpoint } from '../../setup/data-federation';
import { flagIn, textIn, without, type Draft } from '../../setup/draft';
import { ensureService } from '../../setup/endpoint-service';
import type { SetupPorts } from '../../setup/look-first';
import { registerEndpoint, registeredId } from '../../setup/register';
import { ensureReservation, supplyCloudEndpoint } from '../../setup/serverless';
import type { PageRef } from '../../../webview/protocol';
import { afterRegistration, choicesOf, readAwsRegions, registrationOf, withoutService } from './choices';
import { clientTokenFor, spentTokens, withSpentToken } from './client-tokens';
import { awsWishOf, targetOf, type CloudTarget } from './cloud-target';
import { listProblem } from './aws-lists';
import { registrationProblems } from './entered-registration';
import { lookWhereAllowed } from './endpoint-region';
import { draftWithFound } from './facts';
import type { PageModel, ServerlessSubject, ServiceSubject } from './model';
import { refOfService } from './subject';

/** What the steps of a page are carried out with. */
export interface StepPorts {
  readonly api: () => Promise<AtlasApi>;
  readonly aws: (profile: string, region: string) => Promise<AwsCloud>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A step that does something when it is done. */
export type DoneStep = Extract<StepId, 'service' | 'cloud' | 'register'>;

/** What came of a step: the draft as it is to be kept, and what the page is about now. */
export interface StepOutcome {
  readonly draft?: Draft;
  readonly ref?: PageRef;
}

/**
 * Carries out one step of a set-up, from what the page shows. Safe to repeat: each looks first at what is there.
 * Rejects with a problem, whose parameter `field` says where it belongs.
 */
export async function doStep(
  ports: StepPorts,
  model: PageModel,
  step: DoneStep,
  signal: AbortSignal,
): Promise<StepOutcome> {
  switch (step) {
    case 'service':
      return await createService(ports, model, signal);
    case 'cloud':
      return await createInCloud(ports, model, signal);
    case 'register':
      return await register(ports, model, signal);
  }
}

/** What the room `setup` works with. */
export async function setupPorts({ api, clock, logger }: StepPorts): Promise<SetupPorts> {
  return { api: await api(), clock, logger };
}

async function createService(ports: StepPorts, model: PageModel, signal: AbortSignal): Promise<StepOutcome> {
  const { subject, ref, draft } = model;
  const { projectId, accountId } = ref;
  switch (subject.kind) {
    case 'service': {
      const { provider, region, service: before } = subject;
      if (region === '') throw new ProblemError(problem('SETUP_CHOICE_MISSING', '', { field: 'region' }));
      // One that failed, or is going, is made anew.
      const isOther =
        ref.kind === 'new-service' && before !== undefined && !['FAILED', 'DELETING'].includes(before.status);
      const service = isOther
        ? before
        : await ensureService(
            await setupPorts(ports),
            {
              projectId,
              provider,
              region,
              portMapping: flagIn(draft, 'portMapping', true),
              supportedRemoteRegions: readAwsRegions(textIn(draft, 'remoteRegions')),
            },
            signal,
          );
      const rest = withoutService(draft);
      return {
        ref: { kind: 'service', accountId, projectId, provider, serviceId: service.id },
        draft: isOther ? { ...rest, adding: true } : rest,
      };
    }
    case 'serverless': {
      if (ref.kind !== 'serverless') return {};
      const comment = textIn(draft, 'comment');
      const { instanceName } = ref;
      const endpoint = await ensureReservation(
        await setupPorts(ports),
        { projectId, instanceName },
        comment === '' ? undefined : comment,
        signal,
      );
      return { draft: { ...without(draft, 'comment', 'adding'), serverlessEndpoint: endpoint.id } };
    }
    case 'federation':
      return {};
  }
}

async function createInCloud(ports: StepPorts, model: PageModel, signal: AbortSignal): Promise<StepOutcome> {
  const { subject, draft, aws } = model;
  const target = targetOf(subject, draft);
  const choices = choicesOf(target, draft, aws);
  if (choices.provider !== 'AWS') {
    throw new ProblemError(problem('SETUP_CLOUD_NOT_HERE', choices.provider));
  }
  // Entered ids are for commands: nothing is done with credentials that nobody chose.
  if (textIn(draft, 'profile') === '')
    throw new ProblemError(problem('SETUP_CHOICE_MISSING', '', { field: 'profile' }));
  const unread = listProblem(draft, aws);
  if (unread !== undefined) throw new ProblemError(unread);
  const [complaint] = checkChoices(choices);
  if (complaint !== undefined) throw new ProblemError(complaint);
  const open = (region: string): Promise<AwsCloud> => ports.aws(textIn(draft, 'profile'), region);
  const cloud = await open(choices.region);
  const elsewhere = await waitingElsewhere(target, choices, open, signal);
  if (elsewhere !== undefined) return { draft: { ...draft, endpointId: elsewhere.id } };
  // A missing permission shall be known before a security group is made that nobody needs then.
  await cloud.checkPermissions(choices, signal);
  const { endpoint } = await ensureInterfaceEndpoint(
    cloud,
    choices,
    awsWishOf(target),
    spentTokens(target, draft, aws),
    signal,
  );
  checkUsable(endpoint);
  const kept = { ...draft, endpointId: endpoint.id };
  const ref = refOfService(model);
  if (ref === undefined) return { draft: kept };
  return { ref, draft: target.registeredIds.length === 0 ? kept : { ...kept, adding: true } };
}

/** One that Atlas does not know yet, in another region from which the service can be reached: a further one is not made. */
async function waitingElsewhere(
  target: CloudTarget,
  { region, serviceName }: Pick<AwsEndpointChoices, 'region' | 'serviceName'>,
  open: (region: string) => Promise<AwsCloud>,
  signal: AbortSignal,
): Promise<AwsVpcEndpoint | undefined> {
  if (target.remoteRegions.length === 0) return undefined;
  const regions = [target.region, ...target.remoteRegions].map((one) => toCloudRegion('AWS', one));
  const { seen } = await lookWhereAllowed(
    regions.filter((one) => one !== region),
    async (one) => await (await open(one)).findEndpoints(serviceName, signal),
  );
  return unregisteredEndpoints(seen.flat(), awsWishOf(target)).wanted[0];
}

async function register(ports: StepPorts, model: PageModel, signal: AbortSignal): Promise<StepOutcome> {
  const { subject } = model;
  const draft = draftWithFound(model);
  const target = targetOf(subject, draft);
  const registration = registrationOf(target, draft);
  const field = target.provider === 'GCP' ? 'endpointGroup' : 'endpointId';
  if (registration === undefined) throw new ProblemError(problem('SETUP_CHOICE_MISSING', '', { field }));
  const [complaint] = registrationProblems(target, draft);
  if (complaint !== undefined) throw new ProblemError(complaint);
  const setup = await setupPorts(ports);
  const done = without(withTokenOf(model, target, afterRegistration(draft)), 'adding');
  switch (subject.kind) {
    case 'service': {
      const service = needService(subject);
      await registerEndpoint(setup, service, registration, signal);
      const ref = refOfService(model);
      return { draft: { ...done, endpoint: registeredId(registration) }, ...(ref === undefined ? {} : { ref }) };
    }
    case 'serverless': {
      if (model.ref.kind !== 'serverless' || registration.provider === 'GCP') return {};
      const { projectId, instanceName } = model.ref;
      const { id } = needReservation(subject);
      await supplyCloudEndpoint(setup, { projectId, instanceName, id }, registration, signal);
      return { draft: { ...done, serverlessEndpoint: id } };
    }
    case 'federation': {
      if (registration.provider === 'GCP') return {};
      const comment = textIn(draft, 'comment');
      const dnsName = textIn(draft, 'dnsName');
      const { provider, id } = registration;
      await putFederationEndpoint(
        setup,
        {
          projectId: model.ref.projectId,
          provider,
          id,
          ...(comment === '' ? {} : { comment }),
          // Atlas takes a region only with a name, and a name only with a region (schema `PrivateNetworkEndpointIdEntry`).
          ...(dnsName === '' || target.region === '' ? {} : { dnsName, region: target.region }),
          ...(registration.provider === 'AZURE' ? { ipAddress: registration.ipAddress } : {}),
        },
        signal,
      );
      return { draft: { ...without(done, 'comment', 'dnsName'), endpoint: id } };
    }
  }
}

/** The endpoint that is registered has had its token: when it is removed and wanted again, AWS remembers that one. */
function withTokenOf({ draft, aws }: PageModel, target: CloudTarget, kept: Draft): Draft {
  if (target.provider !== 'AWS' || textIn(draft, 'vpc') === '') return kept;
  return withSpentToken(kept, clientTokenFor(target, draft, aws));
}

function needService({ service, provider, region }: ServiceSubject) {
  if (service !== undefined) return service;
  throw new ProblemError(problem('SETUP_GONE', toCloudRegion(provider, region)));
}

function needReservation({ endpoint, instance }: ServerlessSubject) {
  if (endpoint !== undefined) return endpoint;
  throw new ProblemError(problem('SETUP_GONE', instance?.name ?? ''));
}
