import { t } from '@vscode/l10n';
import type {
  ActionButton,
  AvailabilityView,
  Detail,
  EndpointView,
  Finding,
  StatusSection,
  StatusView,
} from '../../../../webview/protocol';
import type { AwsEvidence } from '../../../core/cloud';
import type { DataFederationEndpoint, Endpoint, ServerlessEndpoint } from '../../../core/endpoint';
import { regionLabel } from '../../../core/region';
import { groupsText, surroundingsOf, whoIsLetIn } from '../../../messages/security-group-text';
import { shortList } from '../../../messages/short-list';
import { deploymentsOf } from '../../../store/element';
import { leadsThrough } from '../../strings/string-targets';
import { lastPart } from '../../tree/drafts';
import { endpointRegions } from '../endpoint-region';
import type { PageModel, ServiceSubject, Subject } from '../model';
import { awsAccountFields } from './aws-fields';
import { regionalizedOf, targetsOf } from './limits';
import { isGone } from './gone';
import { presentPath } from './path';
import { serviceDetails } from './service-fields';
import { relevantTests } from './strings';
import { testResult } from './tests';
import {
  awsStateView,
  button,
  detail,
  endpointStatusView,
  endpointWord,
  findingOf,
  plainFinding,
  present,
  statusView,
} from './views';

/**
 * What exists, with what it means and what to do; undefined before anything exists. `offersAws`: the steps ask for AWS
 * credentials already.
 */
export function presentStatus(model: PageModel, offersAws: boolean): StatusSection | undefined {
  const section = sectionOf(model);
  if (section === undefined || offersAws || !isInAws(model.subject)) return section;
  return { ...section, fieldGroups: [awsAccountFields(model)] };
}

/** Whether something of the page is, or may be, in the person's AWS account. */
function isInAws(subject: Subject): boolean {
  switch (subject.kind) {
    case 'service':
      return subject.service?.provider === 'AWS';
    case 'serverless':
      return (subject.endpoints.value ?? []).some(({ provider }) => provider === 'AWS');
    case 'federation':
      return subject.endpoints.some(({ provider }) => provider === 'AWS');
  }
}

function sectionOf(model: PageModel): StatusSection | undefined {
  const { subject } = model;
  switch (subject.kind) {
    case 'service':
      return subject.service === undefined ? projectStatus(model) : serviceStatus(model, subject);
    case 'serverless': {
      const endpoints = subject.endpoints.value ?? [];
      if (endpoints.length === 0) return undefined;
      return { ...nothing, endpoints: endpoints.map((one) => serverlessView(model, one)), ...aroundOf(model) };
    }
    case 'federation':
      if (subject.endpoints.length === 0) return undefined;
      return { ...nothing, endpoints: subject.endpoints.map((one) => federationView(model, one)), ...aroundOf(model) };
  }
}

const nothing = { endpoints: [], targets: [], limits: [], fieldGroups: [], cloud: [], tests: [] } as const;

function aroundOf(model: PageModel): Pick<StatusSection, 'cloud' | 'tests'> {
  return { cloud: cloudFindings(model), tests: testsOf(model) };
}

/** Before there is a service: what the project has switched on, which may have to be changed first. */
function projectStatus(model: PageModel): StatusSection | undefined {
  const regionalized = isGone(model) ? undefined : regionalizedOf(model);
  return regionalized === undefined ? undefined : { ...nothing, regionalized };
}

function serviceStatus(model: PageModel, subject: ServiceSubject): StatusSection {
  const { service } = subject;
  if (service === undefined) return nothing;
  const { provider, id, status, errorMessage } = service;
  const path = presentPath(model);
  const availability = availabilityOf(model);
  const regionalized = regionalizedOf(model);
  return {
    service: {
      id,
      title: t('Endpoint service at Atlas'),
      status: statusView('service', provider, status, t('Endpoint service'), errorMessage),
      details: serviceDetails(service),
      actions: present([
        provider === 'AWS'
          ? button('edit-remote-regions', t('Change Other Regions…'), 'secondary', { icon: 'edit' })
          : undefined,
        button('show-atlas-cli', t('Show Atlas CLI'), 'secondary', { icon: 'terminal' }),
      ]),
    },
    endpoints: service.endpointIds.map((endpointId) => endpointView(model, subject, endpointId)),
    ...(path === undefined ? {} : { path }),
    ...(availability === undefined ? {} : { availability }),
    targets: targetsOf(model),
    limits: model.findings.map(({ severity, problem }, index) =>
      findingOf(`limit/${String(index)}`, severity, problem),
    ),
    fieldGroups: [],
    ...aroundOf(model),
    ...(regionalized === undefined ? {} : { regionalized }),
  };
}

function testsOf(model: PageModel) {
  return relevantTests(model).slice(0, 5).map(testResult);
}

function removal(subject: string): readonly ActionButton[] {
  return [
    button('show-removal-commands', t('Commands to Delete It'), 'secondary', { subject, icon: 'terminal' }),
    button('remove-endpoint', t('Remove Endpoint…'), 'danger', { subject, icon: 'trash' }),
  ];
}

function endpointView(model: PageModel, subject: ServiceSubject, endpointId: string): EndpointView {
  const { provider } = subject;
  const endpoint = subject.known.find(({ id }) => id === endpointId);
  return {
    id: endpointId,
    shortId: lastPart(endpointId),
    title: endpointWord(provider),
    status: endpoint === undefined ? unread(model, endpointId) : endpointStatusView(endpoint, endpointWord(provider)),
    ...cloudStatusOf(model, endpointId),
    details: present([
      detail(`endpoint/${endpointId}`, endpointWord(provider), endpointId),
      ...(endpoint === undefined ? [] : ofEndpoint(endpoint)),
    ]),
    actions: [
      endpoint === undefined
        ? button('retry', t('Read Its Status'), 'secondary', { subject: endpointId, icon: 'refresh' })
        : button('open-page', t('Show Its Steps'), 'secondary', { subject: endpointId, icon: 'list-ordered' }),
      ...removal(endpointId),
    ],
  };
}

/** As the AWS account describes it. */
function cloudStatusOf({ aws }: PageModel, endpointId: string | undefined): Pick<EndpointView, 'cloudStatus'> {
  const found = aws?.found?.value?.find(({ id }) => id === endpointId);
  return found === undefined ? {} : { cloudStatus: awsStateView(found.state, found.lastError) };
}

/** A service tells only the ids of its endpoints: what a cluster's strings tell costs no call for each of them. */
function unread({ project }: PageModel, endpointId: string): StatusView {
  const users =
    project.value === undefined ? [] : deploymentsOf(project.value).filter((one) => leadsThrough(one, endpointId));
  const subject = t('Endpoint');
  if (users.length > 0) {
    const explanation = t('Connection strings lead through it: {0}', shortList(users.map(({ name }) => name)));
    return { subject, word: t('In use'), tone: 'available', icon: 'pass-filled', explanation, value: 'IN_USE' };
  }
  const explanation = t('Atlas tells the status of each endpoint by itself.');
  return { subject, word: t('Not read'), tone: 'unknown', icon: 'question', explanation, value: 'NOT_READ' };
}

function ofEndpoint(endpoint: Endpoint): readonly (Detail | undefined)[] {
  const { id } = endpoint;
  switch (endpoint.provider) {
    case 'AWS':
      return [];
    case 'AZURE':
      return [
        detail(`address/${id}`, t('Private IP address'), endpoint.ipAddress),
        detail(`connection/${id}`, t('Name of the connection'), endpoint.connectionName),
      ];
    case 'GCP':
      return [
        detail(`project/${id}`, t('Google Cloud project ID'), endpoint.gcpProjectId),
        detail(
          `addresses/${id}`,
          t('Forwarding rules and addresses'),
          endpoint.addresses
            .map(({ name, ipAddress, status }) => [name, ipAddress, status].filter(Boolean).join(' '))
            .join('\n'),
        ),
      ];
  }
}

function serverlessView(model: PageModel, endpoint: ServerlessEndpoint): EndpointView {
  const { id, provider, status, errorMessage, cloudProviderEndpointId, comment } = endpoint;
  return {
    id,
    shortId: lastPart(
      cloudProviderEndpointId === undefined || cloudProviderEndpointId === '' ? id : cloudProviderEndpointId,
    ),
    title: endpointWord(provider),
    status: statusView('serverless-endpoint', provider, status, endpointWord(provider), errorMessage),
    ...cloudStatusOf(model, cloudProviderEndpointId),
    details: present([
      detail(`endpoint/${id}`, t('Endpoint ID at Atlas'), id),
      detail(`cloud/${id}`, t('Endpoint ID at the cloud'), cloudProviderEndpointId),
      detail(`service/${id}`, t('Endpoint service name'), endpoint.endpointServiceName),
      detail(`resource/${id}`, t('Private Link service resource ID'), endpoint.privateLinkServiceResourceId),
      detail(`address/${id}`, t('Private IP address'), endpoint.privateEndpointIpAddress),
      detail(`comment/${id}`, t('Comment'), comment, false),
    ]),
    actions: [
      button('open-page', t('Show Its Steps'), 'secondary', { subject: id, icon: 'list-ordered' }),
      button('edit-comment', t('Edit Comment…'), 'secondary', { subject: id, icon: 'edit' }),
      ...removal(id),
    ],
  };
}

function federationView(model: PageModel, endpoint: DataFederationEndpoint): EndpointView {
  const { id, provider, status, errorMessage, comment, region } = endpoint;
  return {
    id,
    shortId: lastPart(id),
    title: endpointWord(provider),
    status: statusView('federation-endpoint', provider, status, endpointWord(provider), errorMessage),
    ...cloudStatusOf(model, id),
    details: present([
      detail(`endpoint/${id}`, endpointWord(provider), id),
      detail(`region/${id}`, t('Region'), region === undefined ? undefined : regionLabel(provider, region), false),
      detail(`dns/${id}`, t('DNS name'), endpoint.dnsName),
      detail(`address/${id}`, t('IP address'), endpoint.ipAddress),
      detail(`comment/${id}`, t('Comment'), comment, false),
    ]),
    actions: [
      button('open-page', t('Show Its Steps'), 'secondary', { subject: id, icon: 'list-ordered' }),
      button('edit-comment', t('Edit Comment…'), 'secondary', { subject: id, icon: 'edit' }),
      ...removal(id),
    ],
  };
}

/** Zones in which the endpoint has an address (seed: High Availability). */
function availabilityOf({ aws, subject }: PageModel): AvailabilityView | undefined {
  if (subject.kind !== 'service' || subject.provider !== 'AWS') return undefined;
  const evidence = aws?.evidence?.value;
  if (evidence?.endpoint === undefined) return undefined;
  const zones = [...new Set(evidence.subnets.map(({ subnet }) => subnet.zone))].sort();
  const covered = (zone: string): boolean =>
    evidence.subnets.some(({ subnet, privateIp }) => subnet.zone === zone && privateIp !== undefined);
  const count = zones.filter(covered).length;
  return {
    verdict: availabilityVerdict(count),
    zones: zones.map((zone) => ({
      zone,
      subnets: evidence.subnets
        .filter(({ subnet }) => subnet.zone === zone)
        .map(({ subnet, privateIp }) => ({
          id: subnet.id,
          cidr: subnet.cidr,
          addresses: privateIp === undefined ? [] : [privateIp],
        })),
      covered: covered(zone),
      coveredText: covered(zone) ? t('has an address') : t('has no address'),
    })),
  };
}

function availabilityVerdict(count: number): Finding {
  if (count === 0) {
    return plainFinding(
      'availability',
      'blocking',
      t('The interface endpoint has no address in any availability zone.'),
      t('Add at least one subnet to it.'),
    );
  }
  return count === 1
    ? plainFinding(
        'availability',
        'advice',
        t('The interface endpoint is in one availability zone only.'),
        t('Add a subnet in another zone: connections then survive the outage of one.'),
      )
    : plainFinding('availability', 'passed', t('The interface endpoint is in {0} availability zones.', count));
}

/** Security groups of the endpoint and DNS of its VPC, as the AWS account has them. */
function cloudFindings({ aws, subject, draft }: PageModel): readonly Finding[] {
  const { evidence } = aws ?? {};
  if (evidence?.problem !== undefined) return [findingOf('aws', 'warning', evidence.problem)];
  const value = evidence?.value;
  if (value === undefined) return [];
  if (value.endpoint === undefined) {
    if (value.notPermitted.includes('ec2:DescribeVpcEndpoints')) {
      return [
        plainFinding(
          'aws-endpoint',
          'advice',
          t('Whether the interface endpoint is in this AWS account is not known.'),
          t(
            'These credentials may not look for it, since a permission is missing: {0}. Account {1}, region {2}.',
            value.notPermitted.join(', '),
            value.identity.accountId,
            value.region,
          ),
        ),
      ];
    }
    return [
      plainFinding(
        'aws-endpoint',
        'warning',
        t('The interface endpoint is not in this AWS account and region.'),
        t(
          'Account {0}, region {1}. Choose other credentials, or look whether it was deleted.',
          value.identity.accountId,
          endpointRegions(subject, draft).join(', '),
        ),
      ),
    ];
  }
  return [...groupFindings(value), ...dnsFindings(value), ...notPermitted(value)];
}

/** All groups in one: AWS adds up what they let in. */
function groupFindings({ securityGroups, ...around }: AwsEvidence): readonly Finding[] {
  if (securityGroups.length === 0) return [];
  const { severity, text } = whoIsLetIn(
    securityGroups.flatMap(({ inbound }) => inbound),
    surroundingsOf(around),
  );
  const names = securityGroups.map(({ id, name }) => (name === '' ? id : name));
  if (names.length === 1) return [plainFinding('aws-groups', severity, t('Security group {0}: {1}', ...names, text))];
  return [
    plainFinding(
      'aws-groups',
      severity,
      t('Security groups {0}: {1}', shortList(names), text),
      t('AWS adds up what they let in. {0}', groupsText(securityGroups)),
    ),
  ];
}

function dnsFindings({ vpcDns }: AwsEvidence): readonly Finding[] {
  if (vpcDns === undefined || (vpcDns.support && vpcDns.hostnames)) return [];
  return [
    plainFinding(
      'aws-dns',
      'warning',
      t('DNS is not fully switched on in the VPC.'),
      t(
        'Switch on DNS resolution and DNS hostnames in the settings of the VPC, or names of the endpoint do not resolve in it.',
      ),
    ),
  ];
}

function notPermitted({ notPermitted: actions }: AwsEvidence): readonly Finding[] {
  if (actions.length === 0) return [];
  return [
    plainFinding(
      'aws-not-permitted',
      'advice',
      t('Not checked, since a permission is missing: {0}', actions.join(', ')),
    ),
  ];
}
