import type { Uri } from 'vscode';
import type { Account, AccountCredentials } from '../accounts/account';
import type { AccountStore } from '../accounts/account-store';
import type { Sandbox } from '../accounts/sandbox-process';
import type { CliProfileResult } from '../atlas/cli-profile';
import type { AtlasApi } from '../core/atlas-api';
import type { Clock } from '../core/clock';
import type { AwsProfile } from '../core/cloud';
import type { NetworkRoute } from '../core/network';
import type { AtlasStore } from '../store/atlas-store';
import type { ScriptRunner } from '../ui/elsewhere/script-runner';
import type { Log } from '../ui/log';
import type { Notify } from '../ui/notify';
import type { RegisteredPages } from '../ui/page/register-pages';
import type { Prompts } from '../ui/prompts/prompts';
import type { TestReports } from '../ui/report/report-documents';
import type { AwsProfiles } from '../ui/test-run/aws-profiles';
import type { OpenedAws } from '../ui/test-run/gather-evidence';
import type { TestResults } from '../ui/test-run/test-results';
import type { AtlasTree } from '../ui/tree/tree-provider';
import type { TreeElement } from '../ui/tree/elements';
import type { StringsView } from '../ui/workspace-strings/register-view';
import type { RecentChoices } from '../ui/prompts/recent-choices';

/** What commands work with. Built by the composition root. */
export interface CommandServices {
  readonly log: Log;
  readonly notify: Notify;
  /** Replaced by tests through the same object. */
  readonly prompts: Prompts;
  readonly accounts: AccountStore;
  readonly sandbox: Sandbox;
  readonly store: AtlasStore;
  readonly tree: AtlasTree;
  readonly reports: TestReports;
  readonly testResults: TestResults;
  /** The view *Strings in Workspace*. */
  readonly strings: Pick<StringsView, 'files'>;
  readonly recent: RecentChoices;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  /** How the network of an account's endpoints is reached, when the account itself says: the sandbox does. */
  readonly routeOf: (account: Account) => Promise<NetworkRoute | undefined>;
  /**
   * Checks credentials against Atlas before they are stored, and answers with a name for the account where Atlas
   * tells one. Rejects with an `ATLAS_…` problem.
   */
  readonly checkCredentials: (
    baseUrl: string,
    credentials: AccountCredentials,
    signal: AbortSignal,
  ) => Promise<{ readonly label?: string }>;
  /** What the Atlas CLI on this machine is signed in with, and why profiles of it cannot be used. */
  readonly cliProfiles: () => Promise<readonly CliProfileResult[]>;
  /** Credentials of an AWS profile, or of the usual chain. */
  readonly awsCredentials: (
    profile: string | undefined,
  ) => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
  /** The profiles of the AWS configuration files of this machine. */
  readonly listAwsProfiles: () => Promise<readonly AwsProfile[]>;
  readonly awsProfiles: AwsProfiles;
  /**
   * The AWS account of a profile, or of the usual chain when it is empty, and the sandbox's own for the sandbox. Whoever
   * opens it disposes of it.
   */
  readonly openAws: (account: Account, profile: string, region: string) => Promise<OpenedAws>;
  /** `dist/helper.js`, the test as one file for other machines. */
  readonly helperFile: string;
  /** `docs/findings.md` of this extension. */
  readonly findingsPage: Uri;
  /** Folder of this extension for scripts that run tests on other machines; may not exist yet. */
  readonly scriptFolder: string;
  readonly scripts: ScriptRunner;
  /** The pages about set-ups; their code is loaded when one is first opened. */
  readonly pages: RegisteredPages['pages'];
  /** Shows the page about something. */
  readonly openPage: RegisteredPages['open'];
  readonly clock: Clock;
  readonly selection: () => TreeElement | undefined;
  /** Tells the redactor a secret at its birth. */
  readonly onSecret: (secret: string) => void;
}
