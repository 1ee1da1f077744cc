import type { FieldId, PageRef, Running, Shell, StepId } from '../../../webview/protocol';
import type { Account } from '../../accounts/account';
import type { SetUpFinding } from '../../core/availability';
import type {
  AwsIdentity,
  AwsProfile,
  AwsSecurityGroup,
  AwsSubnet,
  AwsVpc,
  AwsVpcEndpoint,
  AwsEvidence,
} from '../../core/cloud';
import type { FederationProvider } from '../../core/data-federation';
import type { Deployment } from '../../core/deployment';
import type { DataFederationEndpoint, Endpoint, EndpointService, ServerlessEndpoint } from '../../core/endpoint';
import type { Problem } from '../../core/problem';
import type { Provider } from '../../core/provider';
import type { Draft } from '../../setup/draft';
import type { Known, ProjectContents } from '../../store/element';
import type { KeptReport } from '../report/report-documents';
import type { FederationUses } from './federation-uses';
import type { Unregistered } from './unregistered';

/** Something that is read when it is first needed. */
export interface Loadable<T> {
  readonly value?: T;
  /** Why it could not be read. */
  readonly problem?: Problem;
  readonly loading: boolean;
}

/** An interface endpoint in the AWS account, with the region that it is in, AWS's spelling. */
export interface FoundEndpoint extends AwsVpcEndpoint {
  readonly region: string;
}

/** What was read from the AWS account that the person chose; everything absent until it is needed. */
export interface AwsView {
  /** Where the lists are of, AWS's spelling. */
  readonly region?: string;
  readonly profiles?: Loadable<readonly AwsProfile[]>;
  readonly identity?: Loadable<AwsIdentity>;
  readonly vpcs?: Loadable<readonly AwsVpc[]>;
  readonly subnets?: Loadable<readonly AwsSubnet[]>;
  readonly groups?: Loadable<readonly AwsSecurityGroup[]>;
  /** Endpoints to the service, in whatever VPC, in each region that it can be reached from. */
  readonly found?: Loadable<readonly FoundEndpoint[]>;
  /** Regions in which they could not be looked for. */
  readonly unseen?: readonly string[];
  /** About the endpoint that the page follows. */
  readonly evidence?: Loadable<AwsEvidence>;
}

/** What a page is about, as it stands at Atlas. */
export type Subject = ServiceSubject | ServerlessSubject | FederationSubject;

export interface ServiceSubject {
  readonly kind: 'service';
  readonly provider: Provider;
  /** Atlas's spelling; empty when there is none to propose. */
  readonly region: string;
  readonly service?: EndpointService;
  /** The endpoint that the steps are about; absent while a new one is set up. */
  readonly endpointId?: string;
  /** What is known of it; it is read by itself. */
  readonly endpoint?: Endpoint;
  /** Endpoints of the service that happen to be known. */
  readonly known: readonly Endpoint[];
  /** Ids of the endpoints on the project's other services at the provider. */
  readonly otherIds?: readonly string[];
}

export interface ServerlessSubject {
  readonly kind: 'serverless';
  readonly instance?: Deployment;
  readonly endpoints: Known<readonly ServerlessEndpoint[]>;
  /** The one that the steps are about; absent while there is no reservation to use. */
  readonly endpoint?: ServerlessEndpoint;
}

export interface FederationSubject {
  readonly kind: 'federation';
  readonly projectId: string;
  /** Where the project's federated databases are, Atlas's spelling: those that no endpoint leads to first. */
  readonly places: readonly { readonly provider: FederationProvider; readonly region: string }[];
  readonly endpoints: readonly DataFederationEndpoint[];
  readonly endpoint?: DataFederationEndpoint;
}

/** What the person has opened, and what has happened on this page since. */
export interface UiState {
  readonly openCommands: ReadonlySet<StepId>;
  readonly openElsewhere: ReadonlySet<StepId>;
  readonly shell: Shell;
  readonly running?: Running;
  readonly question?: Question;
  readonly stepProblems: ReadonlyMap<StepId, Problem>;
  readonly fieldProblems: ReadonlyMap<FieldId, Problem>;
  /** Since when something has had its status, as far as this page has seen; by subject and status. */
  readonly since: ReadonlyMap<string, number>;
  /** Something was done on this page: its last step is worth showing when all are done. */
  readonly worked: boolean;
  /** Until something else is done. */
  readonly removed?: Removed;
  /** The same. */
  readonly unfinished?: Unfinished;
  /** What showed last said that the service of the page is gone: so it is while Atlas is asked again. */
  readonly wasGone: boolean;
}

/** It was confirmed when there was less to it than there is by now, and is asked once more. */
interface AskedAgain {
  readonly isAgain?: true;
}

/** Something that is to be removed. */
export type RemovalQuestion = AskedAgain &
  ({ readonly kind: 'remove-endpoint'; readonly endpointId: string } | { readonly kind: 'remove-service' });

/** What has to be confirmed before it is done. */
export type Question =
  | RemovalQuestion
  | (AskedAgain & ({ readonly kind: 'enable-regionalized' } | { readonly kind: 'disable-regionalized' }));

/** Work that belongs to no step and did not come to its end. */
export interface Unfinished {
  /** What it was. */
  readonly title: string;
  /** Why; absent: the person has cancelled it. */
  readonly problem?: Problem;
  /** Its parts that were done by then, in words. */
  readonly done: readonly string[];
}

/** What was removed from this page. */
export interface Removed {
  readonly what: 'service' | 'endpoint';
  /** As people know it: its region, or an id in short. */
  readonly name: string;
  /** Where the service was that is gone with it; absent where it stays, or where there is none. */
  readonly service?: { readonly provider: Provider; readonly region: string };
  /** What was made for it in the person's cloud is still there. */
  readonly cloudStays: boolean;
  /** What of that Atlas did not know, and what deletes it. */
  readonly unregistered: Unregistered;
  /** Security groups that were made for it, and that something else uses still. */
  readonly groupsInUse: readonly string[];
  /** AWS regions that may have something that was not registered, and that could not be looked into. */
  readonly unseen: readonly string[];
  /** Endpoints that were to be deleted in the AWS account as well, and that it does not have. */
  readonly notFound?: NotFoundInAws;
}

/** Where endpoints were looked for in vain: whose they are is not known. */
export interface NotFoundInAws {
  readonly accountId: string;
  /** Absent: the usual chain of credentials. */
  readonly profile?: string;
  /** AWS's spelling. */
  readonly regions: readonly string[];
  readonly endpointIds: readonly string[];
}

/** Everything that a page is drawn from. */
export interface PageModel {
  readonly ref: PageRef;
  /** Absent: signed out. */
  readonly account: Account | undefined;
  readonly projectName: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly project: Known<ProjectContents>;
  readonly subject: Subject;
  readonly draft: Draft;
  /** Absent where there is no AWS in it. */
  readonly aws?: AwsView;
  /** What the checks before a set-up found. */
  readonly findings: readonly SetUpFinding[];
  readonly ui: UiState;
  /** Of the endpoint for Data Federation that is to be removed. */
  readonly uses?: FederationUses;
  /** Tests of this window: latest first, and cancelled ones behind all others. */
  readonly reports: readonly KeptReport[];
}
