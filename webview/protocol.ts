/**
 * What the extension and the service page say to each other: types only, so that either side imports nothing of the
 * other. Every text in a {@link PageState} is in the display language already and is plain text, never markup: names,
 * ids and messages in it come from Atlas and the clouds and may hold anything. Nothing in it is a secret.
 *
 * The page renders the latest state and keeps nothing that matters: a state always replaces the one before. The page
 * answers with ids that stood in the state; the extension looks each up in what it knows and ignores the rest.
 */

/**
 * What a page is about; kept by the page with `setState` as the latest state has it (a service that is created turns its
 * page into one about it), so that the editor can restore it. Holds no secret.
 */
export type PageRef =
  | {
      readonly kind: 'service';
      readonly accountId: string;
      readonly projectId: string;
      readonly provider: ProviderName;
      readonly serviceId: string;
    }
  /** A service that does not exist yet. */
  | { readonly kind: 'new-service'; readonly accountId: string; readonly projectId: string }
  | {
      readonly kind: 'serverless';
      readonly accountId: string;
      readonly projectId: string;
      readonly instanceName: string;
    }
  /** Endpoints of the project for Data Federation and Online Archive. */
  | { readonly kind: 'federation'; readonly accountId: string; readonly projectId: string };

export type ProviderName = 'AWS' | 'AZURE' | 'GCP';

/** What the page puts into `setState`. */
export interface RestorableState {
  readonly page: PageRef;
  /** The step that was open. */
  readonly step?: StepId;
}

/** The inert JSON block `<script type="application/json" id="bootstrap">` in the page's document. */
export interface Bootstrap {
  readonly restorable: RestorableState;
  /** Contents for `@vscode/l10n`'s `config`, for the page's own fixed words; absent in English. */
  readonly l10n?: Readonly<Record<string, string | { readonly message: string; readonly comment: readonly string[] }>>;
  /** What is known at once; absent when Atlas has to be asked first: the page then shows that it is loading. */
  readonly state?: PageState;
}

// ---------------------------------------------------------------- state

/** Everything that the page shows. */
export interface PageState {
  /** Increases by one with each state of a page. */
  readonly revision: number;
  readonly page: PageRef;
  readonly header: PageHeader;
  /** About the whole page: what could not be read, how old it is, restricted mode, a role that may not write. */
  readonly notices: readonly Finding[];
  /** In order; empty on a page that only lists (nothing to set up). */
  readonly steps: readonly StepState[];
  /** Which step the person is at: opened at first, `aria-current="step"`. Absent when all is done. */
  readonly currentStep?: StepId;
  /** What exists, with what it means; absent before anything exists. */
  readonly status?: StatusSection;
  /** A question that must be answered before a dangerous action goes on; shown in place, not modal. */
  readonly confirmation?: Confirmation;
  /** What is being done right now. While it is there, other actions are disabled. */
  readonly running?: Running;
  /** Actions about the whole page, in order: refresh, open in Atlas, export, … */
  readonly actions: readonly ActionButton[];
}

export interface PageHeader {
  /** `Endpoint service · AWS us-east-1`. */
  readonly title: string;
  /** Account and project: `Sandbox / Acme Shop`. */
  readonly breadcrumb: string;
  /** A proper name: `AWS PrivateLink`. */
  readonly feature?: string;
  /** `N. Virginia (us-east-1)`. */
  readonly region?: string;
  /** Both statuses where both exist: the service's first. */
  readonly statuses: readonly StatusView[];
  /** When Atlas was last asked with success; milliseconds since the epoch. */
  readonly asOf?: number;
  /** A question to Atlas is under way. */
  readonly loading: boolean;
  /** The simulated Atlas: shown as a badge, so that nobody takes it for real. */
  readonly sandbox: boolean;
}

/** How something looks: never by colour alone, always with the word beside it. */
export type Tone = 'available' | 'moving' | 'waiting' | 'failed' | 'leaving' | 'unknown';

/** A status with its meaning. */
export interface StatusView {
  /** Whose it is: `Endpoint service`, `Interface endpoint`, `At AWS`. */
  readonly subject: string;
  /** Atlas's word: `Available`. */
  readonly word: string;
  readonly tone: Tone;
  /** Name of a codicon, without `codicon-`. */
  readonly icon: string;
  readonly explanation: string;
  readonly nextAction?: string;
  /** The API's own value, for the curious: `PENDING_ACCEPTANCE`. */
  readonly value: string;
  /** Atlas's own sentence about a failure. */
  readonly message?: string;
}

export type Severity = 'blocking' | 'warning' | 'advice' | 'passed';

/** Something that was checked, or went wrong: what, why, and what to do. */
export interface Finding {
  /** Stable within a state. */
  readonly id: string;
  readonly severity: Severity;
  /** The severity in words, for screen readers and narrow columns. */
  readonly severityText: string;
  readonly title: string;
  readonly detail?: string;
  /** Imperative sentences, most likely remedy first. */
  readonly fixes: readonly string[];
  /** What a remedy hands over, such as a policy. */
  readonly block?: TextBlock;
  /** Stable problem code, small and copyable. */
  readonly code?: string;
  /** As it was received. */
  readonly evidence?: string;
  /** Buttons that repair it or lead there. */
  readonly actions: readonly ActionButton[];
}

// ---------------------------------------------------------------- steps

export type StepId = 'check' | 'service' | 'cloud' | 'register' | 'wait' | 'use';

/**
 * `done`: nothing left to do · `current`: the person's turn · `waiting`: goes on by itself · `blocked`: a finding stands
 * in the way · `failed`: tried, see `problem` · `todo`: later.
 */
export type StepStatus = 'done' | 'current' | 'waiting' | 'blocked' | 'failed' | 'todo';

export interface StepState {
  readonly id: StepId;
  /** From 1. */
  readonly number: number;
  readonly title: string;
  readonly status: StepStatus;
  readonly statusText: string;
  /** One sentence: what the step is for, or what came of it. */
  readonly summary: string;
  readonly findings: readonly Finding[];
  /** What there is to choose, in groups with a legend. */
  readonly fieldGroups: readonly FieldGroup[];
  /** *Do it*; absent where it cannot be done from here (the cloud side of Azure and Google Cloud). */
  readonly doIt?: ActionButton;
  /** Why there is no *Do it*, where a person would look for it. */
  readonly whyNotHere?: string;
  /** *Show commands*; absent where there are none. */
  readonly commands?: CommandSection;
  /** *I did it elsewhere*. */
  readonly elsewhere?: ElsewhereSection;
  /** What came of the step, to look up and copy. */
  readonly details: readonly Detail[];
  /** Steps that go on by themselves. */
  readonly waiting?: Waiting;
  /** Why the last try failed, where it belongs to no single field. */
  readonly problem?: Finding;
  /** Step `use`: strings per cluster. */
  readonly strings?: readonly ClusterStrings[];
}

export interface FieldGroup {
  readonly id: string;
  readonly legend: string;
  /** Advice about the group, such as two availability zones or more. */
  readonly hint?: string;
  readonly fields: readonly Field[];
}

interface FieldBase {
  readonly id: FieldId;
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the value, with the remedy; shown at the field with `aria-invalid`. */
  readonly problem?: string;
  /** What the remedy hands over, such as a policy. */
  readonly block?: TextBlock;
  /** Worth knowing about the value, not in the way: "covers ports 1024 to 65535". */
  readonly note?: string;
  readonly required: boolean;
  readonly disabled: boolean;
  /** Choices are being read. */
  readonly loading?: boolean;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
  /** Shown, but not to be taken: why. */
  readonly unavailable?: string;
  /** Options with the same group stand together under this heading (availability zones, "sensible first"). */
  readonly group?: string;
  readonly tone?: Severity;
}

export type Field =
  | (FieldBase & {
      readonly kind: 'text';
      readonly value: string;
      readonly placeholder?: string;
      /** Rows of a text area; absent: one line. */
      readonly rows?: number;
      /** Ids, addresses, JSON: fixed width, no spell check. */
      readonly code: boolean;
    })
  | (FieldBase & { readonly kind: 'select'; readonly value: string; readonly options: readonly FieldOption[] })
  | (FieldBase & { readonly kind: 'radio'; readonly value: string; readonly options: readonly FieldOption[] })
  | (FieldBase & { readonly kind: 'checkbox'; readonly value: boolean })
  | (FieldBase & {
      readonly kind: 'checklist';
      readonly values: readonly string[];
      readonly options: readonly FieldOption[];
    });

/** Everything that a person may choose or enter on the page. */
export type FieldId =
  | 'provider'
  | 'region'
  | 'portMapping'
  | 'remoteRegions'
  | 'profile'
  | 'cloudRegion'
  | 'vpc'
  | 'subnets'
  | 'securityGroupMode'
  | 'securityGroups'
  | 'newGroupName'
  | 'newGroupSources'
  | 'tags'
  | 'azureSubscription'
  | 'azureResourceGroup'
  | 'azureLocation'
  | 'azureVirtualNetwork'
  | 'azureNetworkGroup'
  | 'azureServiceId'
  | 'azureSubnet'
  | 'azureEndpointName'
  | 'gcpProject'
  | 'gcpNetwork'
  | 'gcpNetworkProject'
  | 'gcpSubnet'
  | 'gcpGroupName'
  | 'gcpGlobalAccess'
  | 'pasted'
  | 'endpointId'
  | 'endpointAddress'
  | 'endpointGroup'
  | 'endpointProject'
  | 'endpointAddresses'
  | 'comment'
  | 'dnsName'
  | 'federationProvider'
  | 'federationRegion'
  | 'serverlessEndpoint'
  | 'endpoint';

export type Shell = 'posix' | 'powershell';

export interface CommandSection {
  readonly open: boolean;
  /** Sentence above the commands: where to run them, what to fill in. */
  readonly intro?: string;
  /** Which shell the commands are quoted for. */
  readonly shell: Shell;
  /** Empty while `open` is false. In the order in which they are recommended. */
  readonly blocks: readonly CommandBlock[];
  /** Why there are none yet, such as "Choose a VPC first". */
  readonly missing?: string;
}

export interface CommandBlock extends TextBlock {
  /** A proper name: `AWS CLI`, `Terraform`, `Bicep`. Blocks of one tool stand together (a tab). */
  readonly tool: string;
  /** False: a file's content, the same for every shell. */
  readonly perShell: boolean;
}

/** A text on lines of its own, to copy or to open in an editor. */
export interface TextBlock {
  /** Stable within a state; `copy` and `open-command` answer with it. */
  readonly id: string;
  readonly title: string;
  /** Language id of the editor, for *Open in Editor*: `shellscript`, `powershell`, `terraform`, `bicep`, `yaml`, `json`. */
  readonly language: string;
  readonly text: string;
  readonly note?: string;
}

/** *I did it elsewhere*: what was made somewhere else is entered or pasted here. */
export interface ElsewhereSection {
  readonly open: boolean;
  readonly intro: string;
  readonly fields: readonly Field[];
  readonly submit: ActionButton;
}

/** A value to look up and copy. */
export interface Detail {
  /** Stable within a state; `copy` answers with it. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly code: boolean;
  readonly copyable: boolean;
}

export interface Waiting {
  /** Each side by itself: the endpoint service, the endpoint at Atlas, the endpoint at the cloud, the clusters. */
  readonly sides: readonly WaitingSide[];
  /** What everything waits for now, in one sentence. */
  readonly summary: string;
  /** When it was last asked, and when it will be asked again; milliseconds since the epoch. */
  readonly lastAsked?: number;
  readonly nextAsk?: number;
}

export interface WaitingSide {
  readonly id: string;
  readonly status: StatusView;
  /** Since when it has stood there, as far as this window knows; milliseconds since the epoch. */
  readonly since?: number;
  readonly waitingFor?: string;
  readonly advice?: string;
}

// ---------------------------------------------------------------- strings

export interface ClusterStrings {
  readonly id: string;
  readonly name: string;
  /** `M30 · sharded · us-east-1`. */
  readonly description: string;
  readonly state: StatusView;
  /** Through this page's endpoints first, then the other networks. */
  readonly targets: readonly StringTargetView[];
  /** Why there is no private endpoint string, and what to do. */
  readonly whyNone?: string;
  readonly lastTest?: TestResultView;
}

export interface StringTargetView {
  readonly id: string;
  readonly label: string;
  readonly description: string;
  /** Which network it suits. */
  readonly detail: string;
  /** Leads through an endpoint of this page. */
  readonly here: boolean;
  readonly strings: readonly StringView[];
}

export interface StringView {
  /** `copy`, `insert` and `test` answer with it. */
  readonly id: string;
  readonly form: string;
  readonly detail: string;
  readonly recommended: boolean;
  /** Without user and password. */
  readonly text: string;
}

// ---------------------------------------------------------------- status

/** The status page: what exists and how it stands. */
export interface StatusSection {
  readonly service?: EntityView;
  readonly endpoints: readonly EndpointView[];
  readonly path?: PathView;
  readonly availability?: AvailabilityView;
  readonly targets: readonly TargetsView[];
  /** Limits and preconditions of the seed, with how this project stands. */
  readonly limits: readonly Finding[];
  /** Which cloud account is asked, and deleted in, where the steps do not offer it. */
  readonly fieldGroups: readonly FieldGroup[];
  /** What the cloud account says, where it was asked. */
  readonly cloud: readonly Finding[];
  /** Latest first. */
  readonly tests: readonly TestResultView[];
  readonly regionalized?: RegionalizedView;
}

export interface EntityView {
  readonly id: string;
  readonly title: string;
  readonly status: StatusView;
  readonly details: readonly Detail[];
  readonly actions: readonly ActionButton[];
}

export interface EndpointView extends EntityView {
  /** At the cloud, where that was asked. */
  readonly cloudStatus?: StatusView;
  /** The same id in short, for headings. */
  readonly shortId: string;
}

/** The way from the application to the nodes, as a picture; coloured by the last test. */
export interface PathView {
  /** Columns from left to right. */
  readonly columns: readonly PathColumn[];
  readonly links: readonly PathLink[];
  /** The same in sentences, for screen readers. */
  readonly description: string;
  /** Which test coloured it; milliseconds since the epoch. Absent: not tested in this window. */
  readonly testedAt?: number;
  readonly testedFrom?: string;
}

export interface PathColumn {
  readonly title: string;
  readonly boxes: readonly PathBox[];
}

export type PathKind = 'application' | 'dns' | 'subnet' | 'endpoint' | 'service' | 'node';
export type PathTone = 'passed' | 'warned' | 'failed' | 'untested';

export interface PathBox {
  readonly id: string;
  readonly kind: PathKind;
  readonly label: string;
  /** Zone, address, port range. */
  readonly detail?: string;
  readonly tone: PathTone;
  readonly toneText: string;
  /** Why, when it is not well. */
  readonly problem?: string;
}

export interface PathLink {
  readonly from: string;
  readonly to: string;
  readonly tone: PathTone;
  readonly label?: string;
}

/** High availability: where the endpoint has an address. */
export interface AvailabilityView {
  readonly verdict: Finding;
  readonly zones: readonly {
    readonly zone: string;
    readonly subnets: readonly { readonly id: string; readonly cidr?: string; readonly addresses: readonly string[] }[];
    readonly covered: boolean;
    readonly coveredText: string;
  }[];
}

/** Addressable targets of one region (50 of them are possible, 100 on request). */
export interface TargetsView {
  readonly region: string;
  readonly used: number;
  readonly limit: number;
  readonly text: string;
  readonly severity: Severity;
  /** What was counted. */
  readonly parts: readonly { readonly label: string; readonly count: number }[];
}

export interface TestResultView {
  readonly id: string;
  readonly title: string;
  readonly outcome: PathTone;
  readonly outcomeText: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly from: string;
  readonly findings: readonly Finding[];
  /** Show and copy the report. */
  readonly actions: readonly ActionButton[];
}

export interface RegionalizedView {
  readonly enabled: boolean;
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly actions: readonly ActionButton[];
}

// ---------------------------------------------------------------- actions

export interface ActionButton {
  readonly action: ActionId;
  /** What it is about, where the action alone does not say: an endpoint's id, a report's id. */
  readonly subject?: string;
  readonly label: string;
  /** Name of a codicon. */
  readonly icon?: string;
  /** `primary` at most once per step. */
  readonly look: 'primary' | 'secondary' | 'danger' | 'link';
  /** Why it cannot be used now; absent: it can. Shown as text, not only as a disabled button. */
  readonly disabled?: string;
}

export type ActionId =
  | 'do'
  | 'submit-elsewhere'
  | 'refresh'
  | 'open-in-atlas'
  | 'show-removal-commands'
  | 'add-endpoint'
  | 'remove-endpoint'
  | 'remove-service'
  | 'edit-comment'
  | 'edit-remote-regions'
  | 'enable-regionalized'
  | 'disable-regionalized'
  | 'export-terraform'
  | 'show-atlas-cli'
  | 'create-database-user'
  | 'show-report'
  | 'copy-report'
  | 'open-page'
  | 'open-documentation'
  | 'sign-in'
  | 'use-service'
  | 'retry'
  | 'start-over'
  /** Closes the page. */
  | 'close';

/** Asked in place before something dangerous. */
export interface Confirmation {
  readonly id: string;
  readonly title: string;
  /** What will happen, in order: interface endpoints, then the service, in Atlas and in the cloud account. */
  readonly consequences: readonly string[];
  /** Connection strings that stop working or change. */
  readonly strings: readonly { readonly cluster: string; readonly text: string }[];
  /** What deletes what stays otherwise. */
  readonly block?: TextBlock;
  /** In whose name something can be deleted in the cloud account. */
  readonly fieldGroups: readonly FieldGroup[];
  /** What else the person may choose: delete in the cloud account too. */
  readonly options: readonly { readonly id: string; readonly label: string; readonly value: boolean }[];
  /** The text that has to be typed; absent: a click will do. */
  readonly typed?: { readonly prompt: string; readonly expected: string };
  readonly confirm: string;
  readonly cancel: string;
}

/** Something under way, with what is done and what comes. */
export interface Running {
  readonly step?: StepId;
  readonly title: string;
  readonly lines: readonly {
    readonly text: string;
    readonly status: 'done' | 'running' | 'todo' | 'failed';
    readonly statusText: string;
  }[];
  readonly cancellable: boolean;
}

// ---------------------------------------------------------------- messages

/** From the page. Checked by `src/ui/page/read-message.ts` before anything looks at it. */
export type ToExtension =
  /** The page's script runs and listens. Nothing is posted before. */
  | { readonly type: 'ready' }
  /** A value was chosen or entered. */
  | { readonly type: 'set'; readonly field: FieldId; readonly value: string | boolean | readonly string[] }
  /** *Do it*. */
  | { readonly type: 'do'; readonly step: StepId }
  | { readonly type: 'show-commands'; readonly step: StepId; readonly open: boolean }
  | { readonly type: 'choose-shell'; readonly shell: Shell }
  /** *I did it elsewhere*: open or close. */
  | { readonly type: 'show-elsewhere'; readonly step: StepId; readonly open: boolean }
  | { readonly type: 'submit-elsewhere'; readonly step: StepId }
  /** Any other button, as it stood in the state. */
  | { readonly type: 'action'; readonly action: ActionId; readonly subject?: string }
  /** By id of a detail, command block or string: never by text. */
  | { readonly type: 'copy'; readonly what: 'detail' | 'command' | 'string'; readonly id: string }
  /** A command block as an untitled document. */
  | { readonly type: 'open-command'; readonly id: string }
  | { readonly type: 'insert'; readonly string: string }
  | { readonly type: 'test'; readonly string: string }
  | {
      readonly type: 'confirm';
      readonly confirmation: string;
      readonly typed: string;
      readonly options: readonly string[];
    }
  | { readonly type: 'dismiss'; readonly confirmation: string }
  /** Cancels what is running. */
  | { readonly type: 'cancel' }
  /** The page's script failed: for the log. */
  | { readonly type: 'page-error'; readonly message: string };

/** To the page. */
export type ToPage =
  | { readonly type: 'state'; readonly state: PageState }
  /** Between two states: what is running has come on. */
  | { readonly type: 'progress'; readonly running: Running }
  /** For the live region: said once, not shown. */
  | { readonly type: 'announce'; readonly text: string; readonly urgent: boolean }
  /** Puts the focus where the person has to look next. */
  | { readonly type: 'focus'; readonly target: FocusTarget };

export type FocusTarget =
  | { readonly kind: 'field'; readonly field: FieldId }
  | { readonly kind: 'step'; readonly step: StepId }
  | { readonly kind: 'confirmation' }
  /** What went wrong, among the notices. */
  | { readonly kind: 'unfinished' };
