import type { FocusTarget, PageRef, PageState, Running } from '../../../webview/protocol';
import type { Account } from '../../accounts/account';
import type { AccountStore } from '../../accounts/account-store';
import type { AtlasApi } from '../../core/atlas-api';
import type { AwsProfile } from '../../core/cloud';
import type { Clock } from '../../core/clock';
import type { Logger } from '../../core/logger';
import type { AtlasStore } from '../../store/atlas-store';
import type { TestReports } from '../report/report-documents';
import type { OpenedAws } from '../test-run/gather-evidence';
import type { Drafts } from './drafts';

/** What a page asks of the editor. */
export interface PageEditor {
  /** Everything the page shows is replaced by this. */
  show(state: PageState): void;
  progress(running: Running): void;
  announce(text: string, urgent: boolean): void;
  /** Why something that a person asked for is not done, seen and heard: commands come past buttons that say it. */
  refuse(reason: string): void;
  focus(target: FocusTarget): void;
  copy(text: string, what: string): Promise<void>;
  /** As a document that is not saved yet. */
  openText(language: string, text: string): Promise<void>;
  insert(text: string): Promise<void>;
  run(command: string, ...args: readonly unknown[]): Promise<void>;
  openInAtlas(ref: PageRef): Promise<void>;
  askText(question: {
    readonly title: string;
    readonly prompt: string;
    readonly value: string;
  }): Promise<string | undefined>;
  askChoice(question: {
    readonly title: string;
    readonly placeholder: string;
    readonly choices: readonly { readonly value: string; readonly label: string }[];
  }): Promise<string | undefined>;
  problem(error: unknown): void;
  close(): void;
}

/** What pages work with. */
export interface PagePorts {
  readonly accounts: Pick<AccountStore, 'get' | 'onDidChange'>;
  readonly store: AtlasStore;
  readonly apiOf: (accountId: string) => Promise<AtlasApi>;
  readonly reports: Pick<TestReports, 'kept' | 'onDidAdd'>;
  readonly drafts: Drafts;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The profiles of the AWS configuration files of this machine. */
  readonly listAwsProfiles: () => Promise<readonly AwsProfile[]>;
  /**
   * The AWS account of a profile, or of the usual chain when it is empty, and the sandbox's own for the sandbox. Whoever
   * opens it disposes of it.
   */
  readonly openAws: (account: Account, profile: string, region: string) => Promise<OpenedAws>;
}
