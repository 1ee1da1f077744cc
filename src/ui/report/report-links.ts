import { t } from '@vscode/l10n';
import type { Problem, ProblemCode } from '../../core/problem';
import type { DiagnosticProblemCode } from '../../core/problem-codes/diagnostics';
import type { KnownHost } from '../../store/known-strings';
import type { EndpointElement, TreeElement } from '../tree/elements';
import type { ReportLink } from './report-html';

/** Something that a link of a report does. */
export type Remedy =
  | 'open-in-atlas'
  | 'new-string'
  | 'dns-servers'
  | 'socks-proxy'
  | 'ca-file'
  | 'hop-timeout'
  | 'from-another-machine'
  | 'check-aws'
  | 'allow-inbound'
  | 'endpoint-page'
  | 'create-user'
  | 'test-again'
  | 'show-log';

/** What a link needs to know of the report that it stands in. */
export interface LinkContext {
  /** Address of the report, as a text. */
  readonly report: string;
  /** The string that was tested, without credentials. */
  readonly connectionString: string;
  /** What Atlas said that the host is. */
  readonly owner: KnownHost | undefined;
  /** The endpoint that it leads through. */
  readonly endpoint: EndpointElement | undefined;
  /** Security groups of the endpoint that were read. */
  readonly hasSecurityGroups: boolean;
  /** AWS is in it: the endpoint is an interface endpoint there. */
  readonly onAws: boolean;
  /** The AWS account was looked at already. */
  readonly awsChecked: boolean;
}

const names: readonly Remedy[] = ['new-string', 'open-in-atlas'];
const servers: readonly Remedy[] = ['dns-servers', 'test-again'];
const road: readonly Remedy[] = ['check-aws', 'from-another-machine', 'socks-proxy'];
const proxy: readonly Remedy[] = ['socks-proxy', 'test-again'];
const atlas: readonly Remedy[] = ['open-in-atlas', 'test-again'];

/** Most likely first. Beside them every code has a part of the documentation: `explanationOf`. */
const remediesOfFinding: Readonly<Record<DiagnosticProblemCode, readonly Remedy[]>> = {
  PROXY_INVALID: ['socks-proxy'],
  CA_FILE_UNREADABLE: ['ca-file'],
  UNKNOWN_AT_HOP: ['show-log', 'test-again'],
  STRING_SOCKET_PATH: ['new-string'],
  TIER_UNSUPPORTED: ['open-in-atlas'],
  CLUSTER_PAUSED: atlas,
  CLUSTER_UPDATING: ['test-again', 'open-in-atlas'],
  SERVICE_INITIATING: ['test-again', 'open-in-atlas'],
  SERVICE_WAITING_FOR_USER: ['open-in-atlas'],
  SERVICE_FAILED: ['open-in-atlas'],
  SERVICE_DELETING: ['open-in-atlas'],
  ENDPOINT_NO_DNS: ['open-in-atlas'],
  ENDPOINT_NOT_CONFIGURED: atlas,
  ENDPOINT_PENDING_ACCEPTANCE: atlas,
  ENDPOINT_PENDING: ['test-again', 'open-in-atlas'],
  ENDPOINT_FAILED: ['open-in-atlas'],
  ENDPOINT_DELETING: ['new-string', 'open-in-atlas'],
  ENDPOINT_NOT_IN_ACCOUNT: ['check-aws', 'open-in-atlas'],
  REGION_WITHOUT_ENDPOINT: ['open-in-atlas'],
  STRING_STALE: ['new-string'],
  STRING_PORTS_PINNED: ['new-string'],
  STRING_OTHER_ENDPOINT: ['new-string', 'from-another-machine'],
  STRING_PUBLIC: ['new-string'],
  STRING_PEERING: ['new-string'],
  VPC_DNS_OFF: ['dns-servers', 'test-again'],
  SG_INBOUND: ['allow-inbound', 'test-again'],
  SG_OUTBOUND: ['test-again', 'from-another-machine'],
  NACL: ['test-again', 'endpoint-page'],
  ONE_ZONE: ['endpoint-page', 'test-again'],
  TARGETS_EXCEEDED: ['open-in-atlas'],
  RESOLVER_EDITOR_BROKEN: ['new-string'],
  RESOLVER_UNREACHABLE: servers,
  RESOLVER_REFUSED: servers,
  RESOLVER_NO_SRV: ['dns-servers', 'new-string'],
  RESOLVER_TRUNCATED: servers,
  DNS_GARBAGE: servers,
  RESOLVERS_DISAGREE: servers,
  NAME_NOT_FOUND_HERE: servers,
  SYSTEM_ADDRESSES: ['test-again'],
  SRV_NXDOMAIN: names,
  SRV_FOREIGN_DOMAIN: servers,
  SRV_TOO_MANY: servers,
  SRV_INVALID: servers,
  TXT_INVALID: servers,
  RESOLVER_NO_TXT: ['dns-servers', 'new-string'],
  TARGET_NXDOMAIN: names,
  TARGET_REBIND_FILTERED: servers,
  TARGET_NO_ADDRESS: ['dns-servers', 'test-again', 'open-in-atlas'],
  CNAME_LOOP: servers,
  ADDRESS_PUBLIC: ['new-string', 'dns-servers'],
  ADDRESS_BLOCKED: servers,
  ADDRESS_WRONG: ['open-in-atlas', 'dns-servers'],
  ADDRESS_OVERLAP: ['from-another-machine', 'socks-proxy'],
  PROXY_UNREACHABLE: proxy,
  PROXY_SILENT: proxy,
  PROXY_NOT_SOCKS: proxy,
  PROXY_SIGN_IN: proxy,
  PROXY_REFUSED: proxy,
  PROXY_DNS: proxy,
  PROXY_FAILED: proxy,
  ADDRESS_UNROUTABLE: ['from-another-machine', 'socks-proxy', 'check-aws'],
  TCP_TIMEOUT_ALL: road,
  TCP_TIMEOUT_SOME_PORTS: ['allow-inbound', 'check-aws'],
  TCP_TIMEOUT_ONE_ZONE: ['check-aws', 'from-another-machine'],
  TCP_REFUSED: ['open-in-atlas', 'new-string'],
  TCP_RESET: ['from-another-machine', 'socks-proxy'],
  TLS_STALL: ['from-another-machine', 'test-again'],
  TLS_CLOSED: ['from-another-machine', 'test-again'],
  NOT_TLS: ['new-string', 'from-another-machine'],
  TLS_INTERCEPTED: ['ca-file', 'from-another-machine'],
  TLS_NAME: ['new-string'],
  TLS_EXPIRED: ['from-another-machine', 'test-again'],
  TLS_CLOCK: ['from-another-machine', 'test-again'],
  TLS_REFUSED: ['from-another-machine', 'test-again'],
  HELLO_STALL: atlas,
  HELLO_CLOSED: atlas,
  HELLO_UNREADABLE: ['new-string'],
  HELLO_REFUSED: atlas,
  HELLO_WRONG_SET: ['new-string'],
  HELLO_PUBLIC_HOSTS: ['new-string'],
  HELLO_NOT_BALANCED: ['new-string'],
  NO_PRIMARY: atlas,
  AUTH_FAILED: ['create-user', 'test-again'],
  AUTH_MECHANISM: ['test-again', 'create-user'],
  AUTH_AWS: ['test-again'],
  AUTH_CERTIFICATE_FILE: ['test-again'],
  AUTH_TIMEOUT: ['hop-timeout', 'test-again'],
  AUTH_NOT_ALLOWED: ['open-in-atlas'],
  DRIVER_DISAGREES: ['test-again', 'show-log'],
};

const remediesOfCode: Readonly<Partial<Record<ProblemCode, readonly Remedy[]>>> = {
  ...remediesOfFinding,
  // Of strings, which findings share with the checks of files.
  STRING_OPTION_MISSING: ['new-string'],
};

/** What repairs a problem, as far as it can be done from here. */
export function remediesOf({ code }: Problem, context: LinkContext): readonly ReportLink[] {
  return (remediesOfCode[code] ?? []).flatMap((remedy) => linkOf(remedy, context) ?? []);
}

/** To what the documentation says about a problem; every finding has a part of it. */
export function explanationOf({ code }: Problem): ReportLink {
  return { title: code, command: commands.explainFinding, args: [code] };
}

/** What can be done with the report itself. */
export function toolsOf(context: LinkContext): readonly ReportLink[] {
  const { report, connectionString, endpoint } = context;
  return [
    again(connectionString),
    { title: t('Copy Report'), command: commands.copyReport, args: [report] },
    elsewhere(connectionString),
    ...(endpoint === undefined ? [] : [pageOf(endpoint)]),
    { title: t('Open as Text'), command: commands.showReportText, args: [report] },
  ];
}

/** Signs in, so that the next test can ask Atlas. */
export function signInLink(): ReportLink {
  return { title: t('Sign In'), command: commands.signIn, args: [] };
}

/** Looks into the AWS account and judges the test again. */
export function checkAwsLink({ report }: Pick<LinkContext, 'report'>): ReportLink {
  return { title: t('Check the AWS Account…'), command: commands.checkAwsAccount, args: [report] };
}

const commands = {
  testConnection: 'atlasPrivateEndpoints.testConnection',
  testElsewhere: 'atlasPrivateEndpoints.testFromAnotherMachine',
  copyReport: 'atlasPrivateEndpoints.copyReport',
  showReportText: 'atlasPrivateEndpoints.showReportText',
  explainFinding: 'atlasPrivateEndpoints.explainFinding',
  checkAwsAccount: 'atlasPrivateEndpoints.checkAwsAccount',
  allowInbound: 'atlasPrivateEndpoints.allowInbound',
  openPage: 'atlasPrivateEndpoints.openPage',
  openInAtlas: 'atlasPrivateEndpoints.openInAtlas',
  copyConnectionString: 'atlasPrivateEndpoints.copyConnectionString',
  createDatabaseUser: 'atlasPrivateEndpoints.createDatabaseUser',
  signIn: 'atlasPrivateEndpoints.signIn',
  showLog: 'atlasPrivateEndpoints.showLog',
  openSettings: 'workbench.action.openSettings',
} as const;

/** The only commands that a report may run, whatever stands in it. */
export const reportCommands: readonly string[] = Object.values(commands);

function pageOf(endpoint: EndpointElement): ReportLink {
  return { title: t('Open the Endpoint’s Page'), command: commands.openPage, args: [endpoint] };
}

function again(connectionString: string): ReportLink {
  return { title: t('Test Again'), command: commands.testConnection, args: [connectionString] };
}

function elsewhere(connectionString: string): ReportLink {
  return { title: t('Test from Another Machine…'), command: commands.testElsewhere, args: [connectionString] };
}

function linkOf(remedy: Remedy, context: LinkContext): ReportLink | undefined {
  const { owner, report, connectionString } = context;
  switch (remedy) {
    case 'open-in-atlas': {
      const element = elementOf(owner);
      return element && { title: t('Open in Atlas'), command: commands.openInAtlas, args: [element] };
    }
    case 'new-string': {
      const element = elementOf(owner);
      const args = element === undefined ? [] : [element];
      return { title: t('Copy the Current String…'), command: commands.copyConnectionString, args };
    }
    case 'create-user': {
      const element = elementOf(owner);
      return element && { title: t('Create Database User…'), command: commands.createDatabaseUser, args: [element] };
    }
    case 'dns-servers':
      return setting(t('Change the DNS Servers of Tests'), 'test.dnsServers');
    case 'socks-proxy':
      return setting(t('Use a SOCKS5 Proxy'), 'test.socksProxy');
    case 'ca-file':
      return setting(t('Trust Another Certificate Authority'), 'test.caFile');
    case 'hop-timeout':
      return setting(t('Wait Longer'), 'test.hopTimeoutSeconds');
    case 'from-another-machine':
      return elsewhere(connectionString);
    case 'check-aws':
      return context.onAws && !context.awsChecked ? checkAwsLink(context) : undefined;
    case 'allow-inbound':
      return context.hasSecurityGroups
        ? { title: t('Allow Ports 1024–65535…'), command: commands.allowInbound, args: [report] }
        : undefined;
    case 'endpoint-page':
      return context.endpoint && pageOf(context.endpoint);
    case 'test-again':
      return again(connectionString);
    case 'show-log':
      return { title: t('Show Log'), command: commands.showLog, args: [] };
  }
}

function setting(title: string, name: string): ReportLink {
  return { title, command: commands.openSettings, args: [`atlasPrivateEndpoints.${name}`] };
}

/** The row of the tree that the host belongs to, as commands take it. */
function elementOf(owner: KnownHost | undefined): TreeElement | undefined {
  if (owner === undefined) return undefined;
  const { accountId, projectId, deployment, federatedDatabase } = owner;
  const place = { accountId, projectId };
  if (deployment !== undefined) {
    const { name, kind: deploymentKind } = deployment;
    return { kind: 'deployment', id: `report/${projectId}/${name}`, name, deploymentKind, ...place };
  }
  if (federatedDatabase !== undefined) {
    const { name } = federatedDatabase;
    return { kind: 'federated-database', id: `report/${projectId}/${name}`, name, ...place };
  }
  return { kind: 'project', id: `report/${projectId}`, ...place };
}
