import * as vscode from 'vscode';

/** Reports of connection tests as read-only Markdown documents of this window. */
export interface TestReports {
  dispose(): void;
  /** Keeps a report and returns its address. */
  add(title: string, markdown: string): vscode.Uri;
  /** The latest one; undefined before the first test. */
  latest(): vscode.Uri | undefined;
  show(report: vscode.Uri): Promise<void>;
}

export const reportScheme = 'atlas-private-endpoints-report';

/** Documents that were kept longest go first. */
const keptReports = 20;

export function createTestReports(redact: (text: string) => string): TestReports {
  const texts = new Map<string, string>();
  let count = 0;
  let latest: vscode.Uri | undefined;
  const registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? vscode.l10n.t('This report was of an earlier window. Run the test again.'),
  });
  return {
    add: (title, markdown) => {
      count += 1;
      const name = title.replace(/[^\p{L}\p{N}. -]+/gu, '-').slice(0, 80);
      const path = `/${vscode.l10n.t('Connection test')} ${String(count)} ${name}.md`;
      texts.set(path, redact(markdown));
      const oldest = texts.keys().next().value;
      if (texts.size > keptReports && oldest !== undefined) texts.delete(oldest);
      latest = vscode.Uri.from({ scheme: reportScheme, path });
      return latest;
    },
    latest: () => latest,
    show: async (report) => {
      const document = await vscode.workspace.openTextDocument(report);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose: () => {
      registration.dispose();
    },
  };
}
