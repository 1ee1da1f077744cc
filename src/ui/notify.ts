import * as vscode from 'vscode';
import type { Logger } from '../core/logger';
import { isCancellation, problem, problemOf, type Problem, type ProblemCode } from '../core/problem';
import { sentence } from '../messages/sentence';
import { notificationText } from './notification-text';

/** A button of a notification. */
export interface NotifyAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** The one presenter of problems and results as notifications. */
export interface Notify {
  /** Shows a problem in words with what to do; at most one action beside "Show Log". Never waits for the person. */
  problem(reason: Problem, severity?: 'error' | 'warning', action?: NotifyAction): void;
  /** What a caught error is: shown as its problem, or as unforeseen; nothing for a cancellation. */
  error(error: unknown, subject: string): void;
  message(text: string, ...actions: readonly NotifyAction[]): void;
  warning(text: string, ...actions: readonly NotifyAction[]): void;
  /** Good news that needs no answer: the status bar, for five seconds. */
  done(text: string): void;
}

export function createNotify(logger: Logger, showLog: () => void, redact: (text: string) => string): Notify {
  const show = (
    how: (text: string, ...titles: string[]) => Thenable<string | undefined>,
    text: string,
    actions: readonly NotifyAction[],
  ): void => {
    void how(notificationText(redact(text)), ...actions.map(({ title }) => title)).then(async (chosen) => {
      const action = actions.find(({ title }) => title === chosen);
      try {
        await action?.run();
      } catch (error) {
        notify.error(error, action?.title ?? '');
      }
    });
  };
  const showProblem = async (
    reason: Problem,
    severity: 'error' | 'warning',
    action: NotifyAction | undefined,
  ): Promise<void> => {
    // The words for problems are a third of the extension, and most windows never need them.
    const { describeProblem } = await import('../messages/problem-text');
    const { title, detail, fixes } = describeProblem(reason);
    const text = [sentence(title), detail, ...fixes.slice(0, 2)].filter((part) => part !== undefined).join(' ');
    const how = severity === 'error' ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const repair = action ?? repairs[reason.code]?.(reason);
    const log = { title: vscode.l10n.t('Show Log'), run: showLog };
    show(how, text, repair === undefined ? [log] : [repair, log]);
  };
  const notify: Notify = {
    problem: (reason, severity = 'error', action) => {
      logger[severity === 'error' ? 'error' : 'warn'](problemLine(reason));
      void showProblem(reason, severity, action);
    },
    error: (error, subject) => {
      if (isCancellation(error)) return;
      const known = problemOf(error);
      if (known === undefined) logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      notify.problem(known ?? problem('UNEXPECTED', subject));
    },
    message: (text, ...actions) => show(vscode.window.showInformationMessage, text, actions),
    warning: (text, ...actions) => show(vscode.window.showWarningMessage, text, actions),
    done: (text) => {
      vscode.window.setStatusBarMessage(`$(check) ${redact(text)}`, 5_000);
    },
  };
  return notify;
}

/** The button that repairs what a problem is about, where one command does. */
const repairs: Readonly<Partial<Record<ProblemCode, (reason: Problem) => NotifyAction>>> = {
  ACCOUNT_NONE: () => commandAction(vscode.l10n.t('Sign In'), 'atlasPrivateEndpoints.signIn'),
  ACCOUNT_SECRET_MISSING: () => commandAction(vscode.l10n.t('Sign In'), 'atlasPrivateEndpoints.signIn'),
  REPORT_NONE: () => commandAction(vscode.l10n.t('Test Connection'), 'atlasPrivateEndpoints.testConnection'),
  WORKSPACE_UNTRUSTED: () => commandAction(vscode.l10n.t('Manage Trust'), 'workbench.trust.manage'),
  AWS_NOT_PERMITTED: ({ parameters: { policy = '' } }) => ({
    title: vscode.l10n.t('Copy Policy'),
    run: () => vscode.env.clipboard.writeText(policy),
  }),
  FOLDER_NONE: () => commandAction(vscode.l10n.t('Open Folder'), 'vscode.openFolder'),
  SETTING_INVALID: () =>
    commandAction(vscode.l10n.t('Open Settings'), 'workbench.action.openSettings', 'atlasPrivateEndpoints'),
};

function commandAction(title: string, command: string, ...args: readonly unknown[]): NotifyAction {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

/** A problem on one line of the log: code, subject, evidence, and what lies behind. */
export function problemLine(reason: Problem): string {
  const line = [reason.code, reason.subject, reason.evidence].filter((part) => part !== undefined).join(' | ');
  return reason.cause === undefined ? line : `${line} <- ${problemLine(reason.cause)}`;
}
