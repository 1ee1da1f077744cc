import * as vscode from 'vscode';
import { notificationText } from './notification-text';

/** Runs something with a cancellable notification; its Cancel button aborts the signal. */
export async function withProgress<T>(
  title: string,
  run: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: notificationText(title), cancellable: true },
    async (progress, token) => {
      const abort = new AbortController();
      const watch = token.onCancellationRequested(() => abort.abort());
      try {
        return await run((message) => progress.report({ message: notificationText(message) }), abort.signal);
      } finally {
        watch.dispose();
      }
    },
  );
}
