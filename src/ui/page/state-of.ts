import type { Detail, Field, PageState, TextBlock } from '../../../webview/protocol';
import { hasForm } from '../../cloud/input-forms';
import { textIn } from '../../setup/draft';
import { pageFindings, rolesIn } from './checks';
import { cloudRegionOf, withoutMissing } from './choices';
import { targetOf } from './cloud-target';
import { endpointRegions } from './endpoint-region';
import { federationUses } from './federation-uses';
import type { AwsView, PageModel, Subject, UiState } from './model';
import { projectOf, type Page } from './page';
import { goneNoticeId } from './present/gone';
import { presentPage } from './present/page-state';
import { cloudEndpointId, presentWaiting, sinceKey } from './present/wait-step';
import { following, subjectOf } from './subject';

/** Everything that is known now and that the page is drawn from. Starts to read from AWS what is missing. */
export function modelOf(page: Page): PageModel {
  const { ref, ports } = page;
  const { store, accounts, clock, reports } = ports;
  const subject = subjectOf(ref, page.draft, store);
  const project = store.known<'project'>(ref.accountId, projectOf(page));
  const aws = awsOf(page, subject);
  const draft = withoutMissing(page.draft, targetOf(subject, page.draft), aws);
  const { question } = page;
  const uses = question?.kind === 'remove-endpoint' ? federationUses(page, question.endpointId) : undefined;
  const directory = store.known<'directory'>(ref.accountId, { kind: 'directory' }).value;
  const own = directory?.projects.find(({ id }) => id === ref.projectId);
  const roles = rolesIn(page.roles, ref.projectId, own?.organizationId);
  return {
    ref,
    account: accounts.get(ref.accountId),
    projectName: own?.name ?? ref.projectId,
    now: clock.now(),
    project,
    subject,
    draft,
    ...(aws === undefined ? {} : { aws }),
    findings: pageFindings({ ref, subject, draft, contents: project.value, aws, roles }),
    ui: uiOf(page),
    ...(uses === undefined ? {} : { uses }),
    reports: reports.kept(),
  };
}

/** What is known of the AWS account, where something of the page is in it. */
function awsOf({ aws, draft }: Page, subject: Subject): AwsView | undefined {
  const target = targetOf(subject, draft);
  const profile = textIn(draft, 'profile');
  if (target.provider !== 'AWS') {
    const other = subject.kind === 'federation' && subject.endpoints.find(({ provider }) => provider === 'AWS');
    if (other === false || other === undefined) return undefined;
    // Not the endpoint that the page follows: who it is that would delete it is all that shows.
    const [region = ''] = endpointRegions(following(subject, other.id), draft);
    return aws.view({ profile, region, vpcId: '' });
  }
  const id = cloudEndpointId(subject);
  return aws.view({
    profile,
    region: target.region === '' ? '' : cloudRegionOf(target, draft),
    // An id that is being entered is not asked about before it is whole.
    vpcId: hasForm('aws-vpc-id', textIn(draft, 'vpc')) ? textIn(draft, 'vpc') : '',
    ...(target.serviceName === undefined ? {} : { serviceName: target.serviceName }),
    // Whoever set it up, in whichever of them, may have chosen it on another machine.
    otherRegions: target.remoteRegions.length === 0 ? [] : endpointRegions(subject, draft),
    ...(id === undefined || id === '' ? {} : { endpoint: { id, regions: endpointRegions(subject, draft) } }),
  });
}

function uiOf({
  openCommands,
  openElsewhere,
  shell,
  stepProblems,
  fieldProblems,
  since,
  worked,
  running,
  question,
  removed,
  unfinished,
  last,
}: Page): UiState {
  return {
    openCommands,
    openElsewhere,
    shell,
    stepProblems,
    fieldProblems,
    since,
    worked,
    ...(running === undefined ? {} : { running }),
    ...(question === undefined ? {} : { question }),
    ...(removed === undefined ? {} : { removed }),
    ...(unfinished === undefined ? {} : { unfinished }),
    wasGone: last?.notices.some(({ id }) => id === goneNoticeId) === true,
  };
}

/** A new state, and since when each side has been as it is. */
export function stateOf(page: Page): PageState {
  const model = modelOf(page);
  for (const { id, status } of presentWaiting(model).sides) {
    const key = sinceKey(id, status);
    if (!page.since.has(key)) page.since.set(key, model.now);
  }
  page.revision += 1;
  page.last = presentPage(model, page.revision);
  return page.last;
}

/** What the person sees. */
export function shownBy(page: Page): PageState {
  return page.last ?? stateOf(page);
}

/** A text that shows, by its id: of commands, or what the remedy of a problem hands over. */
export function blockIn(state: PageState, id: string): TextBlock | undefined {
  const { steps, notices, status, confirmation } = state;
  const blocks = [
    ...steps.flatMap(({ commands }) => commands?.blocks ?? []),
    ...fieldsIn(state).map(({ block }) => block),
    confirmation?.block,
    ...[
      ...notices,
      ...steps.flatMap(({ findings, problem }) => [...findings, ...(problem === undefined ? [] : [problem])]),
      ...(status?.cloud ?? []),
      ...(status?.limits ?? []),
    ].map(({ block }) => block),
  ];
  return blocks.find((block) => block?.id === id);
}

/** A value that shows, by its id. */
export function detailIn({ steps, status }: PageState, id: string): Detail | undefined {
  const details = [
    ...steps.flatMap((step) => step.details),
    ...(status?.service?.details ?? []),
    ...(status?.endpoints ?? []).flatMap((endpoint) => endpoint.details),
  ];
  return details.find((one) => one.id === id);
}

/** The fields that show. */
export function fieldsIn({ steps, status, confirmation }: PageState): readonly Field[] {
  return [
    ...steps.flatMap(({ fieldGroups, elsewhere }) => [
      ...fieldGroups.flatMap(({ fields }) => fields),
      ...(elsewhere?.open === true ? elsewhere.fields : []),
    ]),
    ...[...(status?.fieldGroups ?? []), ...(confirmation?.fieldGroups ?? [])].flatMap(({ fields }) => fields),
  ];
}
