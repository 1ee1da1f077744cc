import * as vscode from 'vscode';
import { createEmitter, type Stop } from '../../core/emitter';
import type { TestReport } from '../../diagnostics/events';

/** Reports of connection tests as read-only Markdown documents of this window. */
export interface TestReports {
  dispose(): void;
  /** Keeps a report, `report` as it is and as the document `markdown`, and returns the document's address. */
  add(title: string, markdown: string, report: TestReport): vscode.Uri;
  readonly onDidAdd: (listener: () => void) => Stop;
  /** The reports that are kept, latest first. */
  kept(): readonly KeptReport[];
  /** The document of a report, redacted; undefined when it is not kept any more. */
  markdown(report: vscode.Uri): string | undefined;
  /** The latest one; undefined before the first test. */
  latest(): vscode.Uri | undefined;
  show(report: vscode.Uri): Promise<void>;
}

/** A report of this window. */
export interface KeptReport {
  /** The host that was tested. */
  readonly title: string;
  readonly address: vscode.Uri;
  readonly report: TestReport;
}

export const reportScheme = 'atlas-private-endpoints-report';

/** Documents that were kept longest go first. */
const keptReports = 20;

export function createTestReports(redact: (text: string) => string): TestReports {
  const texts = new Map<string, string>();
  const added = createEmitter<undefined>();
  let reports: readonly KeptReport[] = [];
  let count = 0;
  const registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? vscode.l10n.t('This report was of an earlier window. Run the test again.'),
  });
  return {
    onDidAdd: added.event,
    kept: () => reports,
    markdown: ({ path }) => texts.get(path),
    add: (title, markdown, report) => {
      count += 1;
      const name = title.replace(/[^\p{L}\p{N}. -]+/gu, '-').slice(0, 80);
      const path = `/${vscode.l10n.t('Connection test')} ${String(count)} ${name}.md`;
      texts.set(path, redact(markdown));
      const oldest = texts.keys().next().value;
      if (texts.size > keptReports && oldest !== undefined) texts.delete(oldest);
      const address = vscode.Uri.from({ scheme: reportScheme, path });
      reports = [{ title, address, report }, ...reports].slice(0, keptReports);
      added.fire(undefined);
      return address;
    },
    latest: () => reports[0]?.address,
    show: async (report) => {
      const document = await vscode.workspace.openTextDocument(report);
      await vscode.window.showTextDocument(document, { preview: true });
    },
    dispose: () => {
      registration.dispose();
    },
  };
}
