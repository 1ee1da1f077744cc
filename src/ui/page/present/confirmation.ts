import { t } from '@vscode/l10n';
import type { Confirmation } from '../../../../webview/protocol';
import { changesWithRegionalizedMode } from '../../../core/availability';
import type { PrivateEndpointStrings } from '../../../core/deployment';
import { toCloudRegion } from '../../../core/region';
import { textIn } from '../../../setup/draft';
import { isSameEndpoint } from '../../../setup/register';
import { deploymentsOf, type ProjectPart } from '../../../store/element';
import { unreadOf } from '../../part-title';
import { shortId } from '../../tree/drafts';
import type { PageModel, Question, RemovalQuestion, Subject } from '../model';
import { serviceRemovedBy } from '../subject';
import { askedBy, endsWish, unregisteredFor } from '../unregistered';
import { awsAccountFields } from './aws-fields';
import { cloudEndpointId } from './wait-step';

/** A cluster, serverless instance or federated database with the strings that lead through an endpoint. */
interface User {
  readonly name: string;
  readonly strings: readonly string[];
}

/** What may lead through an endpoint of each kind of page. */
const partsInUse: Readonly<Record<Subject['kind'], readonly ProjectPart[]>> = {
  service: ['clusters'],
  serverless: ['serverlessInstances'],
  federation: ['federatedDatabases'],
};

/** Option of a removal: the cloud side too. */
export const cloudOption = 'cloud';

/** The question before something dangerous: what will happen, which strings stop working, and what to type. */
export function presentConfirmation(model: PageModel): Confirmation | undefined {
  const { question } = model.ui;
  if (question === undefined) return undefined;
  const common = { id: questionId(question), cancel: t('Cancel'), options: [], strings: [], fieldGroups: [] };
  switch (question.kind) {
    case 'remove-endpoint':
      return removal(model, question, [question.endpointId]);
    case 'remove-service':
      return removal(
        model,
        question,
        model.subject.kind === 'service' ? (model.subject.service?.endpointIds ?? []) : [],
      );
    case 'enable-regionalized':
    case 'disable-regionalized': {
      const enables = question.kind === 'enable-regionalized';
      return {
        ...common,
        title: enables ? t('Enable regionalized private endpoints?') : t('Disable regionalized private endpoints?'),
        consequences: [
          ...again(question),
          t('Connection strings of multi-region and global sharded clusters change.'),
          t('Applications have to be given the new strings, which may mean downtime.'),
          enables
            ? t('The project can have sharded clusters only from then on, no replica sets.')
            : t('Each region can then have one endpoint only, or one region several.'),
        ],
        strings: changingStrings(model),
        confirm: enables ? t('Enable') : t('Disable'),
      };
    }
  }
}

function again({ isAgain }: Question): readonly string[] {
  return isAgain === true ? [t('Nothing was done yet: there is more to it now than when you were asked before.')] : [];
}

export function questionId(question: Question): string {
  return question.kind === 'remove-endpoint' ? `${question.kind}/${question.endpointId}` : question.kind;
}

function removal(model: PageModel, question: RemovalQuestion, endpointIds: readonly string[]): Confirmation {
  const { subject } = model;
  const users = usersOf(model, endpointIds);
  const unread = model.project.value === undefined ? [] : unreadOf(model.project.value, partsInUse[subject.kind]);
  const removesService = serviceRemovedBy(subject, question) !== undefined;
  // What was made for a service and never registered leads nowhere without it, and nothing leads there again.
  // It may be in another cloud than the one that the page follows.
  const asked = askedBy(model, question);
  const { ids: unregistered, commands } = unregisteredFor(model, question);
  const isThere = unregistered.length > 0 || hasCloudSide(asked, question);
  // Only AWS can be reached from here, and only with credentials that the person chose.
  const couldReach = isThere && isOnAws(asked);
  const hasCloud = couldReach && textIn(model.draft, 'profile') !== '';
  const fieldGroups = couldReach ? [awsAccountFields(model)] : [];
  const isRegistered = asked.kind === 'serverless' ? (cloudEndpointId(asked) ?? '') !== '' : endpointIds.length > 0;
  const typed = confirmationText(model, question, removesService || users.length > 0 || unread.length > 0);
  return {
    id: questionId(question),
    title:
      question.kind === 'remove-service'
        ? t('Remove the endpoint service?')
        : t('Remove the endpoint {0}?', shortId(endpointIds[0] ?? '')),
    consequences: [
      ...again(question),
      ...(hasCloud && isRegistered
        ? [t('In the AWS account, the interface endpoint is deleted, and a security group that was made for it.')]
        : []),
      ...(hasCloud && endsWish(model, question) ? [restText(unregistered)] : []),
      ...(endpointIds.length === 0
        ? []
        : [
            endpointIds.length === 1
              ? t('Atlas removes the endpoint.')
              : t('Atlas removes {0} endpoints, one after the other.', endpointIds.length),
          ]),
      ...(removesService
        ? [t('Atlas removes the endpoint service with its last endpoint. A new one has another name.')]
        : []),
      ...(hasCloud || unregistered.length === 0
        ? []
        : [t('What is not registered at Atlas stays in your own cloud account: {0}.', unregistered.join(', '))]),
      ...(hasCloud || !isRegistered
        ? []
        : [
            t(
              'The endpoint in your own cloud account stays. "Commands to Delete It" beside it tells how to delete it there.',
            ),
          ]),
      ...(users.length > 0 ? [t('Connections through these strings end.')] : []),
      ...(unread.length > 0
        ? [t('What else leads through it is not known, because it could not be read: {0}.', unread.join(', '))]
        : []),
      ...usesOf(model, users, asked, hasCloud),
    ],
    strings: users.flatMap(({ name, strings }) => strings.map((text) => ({ cluster: name, text }))),
    fieldGroups,
    ...(hasCloud || commands === undefined ? {} : { block: { ...commands, id: 'confirmation/commands' } }),
    // One endpoint in the account may serve Data Federation in several projects: then it is for the person to say.
    options: hasCloud
      ? [{ id: cloudOption, label: t('Delete it in the AWS account too'), value: subject.kind !== 'federation' }]
      : [],
    ...(typed === undefined ? {} : { typed: { prompt: t('Type "{0}" to confirm', typed), expected: typed } }),
    confirm: t('Remove'),
    cancel: t('Cancel'),
  };
}

/**
 * What else an endpoint for Data Federation serves: databases and archives of the project, and other projects, whose
 * strings are not here.
 */
function usesOf(
  { subject, uses }: PageModel,
  users: readonly User[],
  asked: PageModel['subject'],
  hasCloud: boolean,
): readonly string[] {
  if (subject.kind !== 'federation' || asked.kind !== 'federation') return [];
  const provider = asked.endpoint?.provider;
  const archived = (uses?.archives ?? []).filter((one) => one.provider === provider).map((one) => one.clusterName);
  const projects = uses?.projects ?? [];
  return [
    ...(users.length > 0 ? [t('Federated databases that are reached through it: {0}.', namesIn(users))] : []),
    ...(archived.length > 0
      ? [t('Clusters whose Online Archive is reached through it: {0}.', [...new Set(archived)].join(', '))]
      : []),
    ...(projects.length > 0
      ? [
          t(
            'It is registered in other projects, too: {0}. Without it in the cloud account, their connections end.',
            projects.join(', '),
          ),
        ]
      : []),
    ...(hasCloud && uses?.hasUnread === true
      ? [t('Whether projects that were not opened here use it in the cloud account is not known.')]
      : []),
  ];
}

function namesIn(users: readonly User[]): string {
  return users.map(({ name }) => name).join(', ');
}

function isOnAws(subject: Subject): boolean {
  return (subject.kind === 'service' ? subject.provider : (subject.endpoint?.provider ?? 'AWS')) === 'AWS';
}

function restText(unregistered: readonly string[]): string {
  return unregistered.length === 0
    ? t('In the AWS account, what an interrupted set-up may have left for this service is deleted.')
    : t(
        'In the AWS account, what is not registered at Atlas is deleted, and a security group that was made for it: {0}.',
        unregistered.join(', '),
      );
}

/** Whether something is, or may be, in the person's cloud: not for a reservation that had no service to lead to yet. */
function hasCloudSide(subject: Subject, { kind }: Question): boolean {
  if (kind === 'remove-service' || subject.kind !== 'serverless') return true;
  return (cloudEndpointId(subject) ?? '') !== '' || subject.endpoint?.endpointServiceName !== undefined;
}

/** What has to be typed before the last endpoint in use, or a service, goes; undefined where a click will do. */
export function confirmationText({ subject }: PageModel, question: Question, isSerious: boolean): string | undefined {
  if (!isSerious) return undefined;
  if (subject.kind === 'service' && subject.service !== undefined) {
    return toCloudRegion(subject.service.provider, subject.service.region);
  }
  return question.kind === 'remove-endpoint' ? question.endpointId.slice(-6) : undefined;
}

function usersOf({ project, subject }: PageModel, endpointIds: readonly string[]): readonly User[] {
  if (project.value === undefined) return [];
  if (subject.kind === 'federation') {
    return project.value.federatedDatabases.flatMap(({ name, privateEndpointHostnames }) => {
      const hostnames = privateEndpointHostnames.filter(({ endpointId }) => endpointIds.includes(endpointId));
      return hostnames.length === 0 ? [] : [{ name, strings: hostnames.map(({ hostname }) => hostname) }];
    });
  }
  const cloudIds =
    subject.kind === 'serverless'
      ? (subject.endpoints.value ?? [])
          .filter(({ id }) => endpointIds.includes(id))
          .flatMap(({ cloudProviderEndpointId: id }) => id ?? [])
      : endpointIds;
  return deploymentsOf(project.value).flatMap(({ name, strings }) => {
    const dying = strings.privateEndpoint.filter(({ endpoints }) =>
      endpoints.some(({ provider, endpointId }) => cloudIds.some((id) => isSameEndpoint(provider, id, endpointId))),
    );
    return dying.length === 0 ? [] : [{ name, strings: dying.flatMap(textsOf) }];
  });
}

/** Every form that an application may hold; the one with all hosts only where there is no other. */
function textsOf({ srv, standard, srvShardOptimized }: PrivateEndpointStrings): readonly string[] {
  return [srv ?? standard, srvShardOptimized].filter((text) => text !== undefined);
}

function changingStrings({ project }: PageModel): Confirmation['strings'] {
  return (project.value === undefined ? [] : deploymentsOf(project.value))
    .filter(changesWithRegionalizedMode)
    .flatMap(({ name, strings }) => strings.privateEndpoint.flatMap(textsOf).map((text) => ({ cluster: name, text })));
}
