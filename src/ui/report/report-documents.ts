import * as vscode from 'vscode';
import type { Redactor } from '../../connection-string/redact';
import { createEmitter, type Stop } from '../../core/emitter';
import type { TestReport } from '../../diagnostics/events';
import type { Evidence } from '../../diagnostics/evidence';
import { finishedFirst } from './finished-first';

/** Reports of connection tests of this window: a document to look at, and the same as Markdown. */
export interface TestReports {
  dispose(): void;
  /** Keeps a report and returns its address. `evidence` is what Atlas and the cloud account said meanwhile. */
  add(title: string, report: TestReport, evidence?: Evidence): Promise<vscode.Uri>;
  /** Puts another judgement of the same test in its place, also where it is shown. */
  replace(address: vscode.Uri, report: TestReport, evidence: Evidence): Promise<void>;
  readonly onDidAdd: (listener: () => void) => Stop;
  /** The reports that are kept: latest first, and cancelled ones behind all others. */
  kept(): readonly KeptReport[];
  /** A report by its address, or by the text of it; undefined when it is not kept any more. */
  get(address: vscode.Uri | string): KeptReport | undefined;
  /** The report as Markdown, redacted; undefined when it is not kept any more. */
  markdown(report: vscode.Uri): string | undefined;
  /** Shows it as a document with links that repair, in place of an earlier one about the same host. */
  show(report: vscode.Uri): Promise<void>;
  /** Shows the Markdown as a read-only text. */
  showText(report: vscode.Uri): Promise<void>;
}

/** A report of this window. */
export interface KeptReport {
  /** The host that was tested. */
  readonly title: string;
  readonly address: vscode.Uri;
  readonly report: TestReport;
  readonly evidence: Evidence;
}

export interface ReportPorts {
  readonly redactor: Pick<Redactor, 'redact' | 'redactName'>;
  /** The document of a report, which is redacted already. */
  readonly html: (kept: KeptReport) => Promise<string>;
  /** The commands that its links may run. */
  readonly commands: () => Promise<readonly string[]>;
}

export const reportScheme = 'atlas-private-endpoints-report';

export const reportViewType = 'atlasPrivateEndpoints.report';

/** Documents that were kept longest go first. */
const keptReports = 20;

export function createTestReports(ports: ReportPorts): TestReports {
  const added = createEmitter<undefined>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const panels = new Map<string, vscode.WebviewPanel>();
  const texts = new Map<string, string>();
  let reports: readonly KeptReport[] = [];
  let count = 0;
  const registration = vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) =>
      texts.get(uri.path) ?? vscode.l10n.t('This report was of an earlier window. Run the test again.'),
  });
  const get = (address: vscode.Uri | string): KeptReport | undefined => {
    const wanted = address.toString();
    return reports.find((kept) => kept.address.toString() === wanted);
  };
  const make = async (
    title: string,
    address: vscode.Uri,
    found: TestReport,
    evidence: Evidence,
  ): Promise<KeptReport> => {
    const [{ redactReport }, { reportMarkdown }, { evidenceMarkdown }] = await Promise.all([
      import('../../diagnostics/report/redact-report'),
      import('../../diagnostics/report/report-markdown'),
      import('./evidence-markdown'),
    ]);
    const report = redactReport(found, ports.redactor);
    texts.set(
      address.path,
      ports.redactor.redactName(reportMarkdown(report, title) + evidenceMarkdown(evidence, report)),
    );
    return { title, address, report, evidence };
  };
  return {
    onDidAdd: added.event,
    kept: () => finishedFirst(reports),
    get,
    markdown: ({ path }) => texts.get(path),
    add: async (title, found, evidence = {}) => {
      count += 1;
      const name = title.replace(/[^\p{L}\p{N}. -]+/gu, '-').slice(0, 80);
      const path = `/${vscode.l10n.t('Connection test')} ${String(count)} ${name}.md`;
      const kept = await make(title, vscode.Uri.from({ scheme: reportScheme, path }), found, evidence);
      const all = [kept, ...reports];
      for (const { address } of all.slice(keptReports)) texts.delete(address.path);
      reports = all.slice(0, keptReports);
      added.fire(undefined);
      return kept.address;
    },
    replace: async (address, found, evidence) => {
      const before = get(address);
      if (before === undefined) return;
      const kept = await make(before.title, before.address, found, evidence);
      reports = reports.map((one) => (one === before ? kept : one));
      changed.fire(address);
      added.fire(undefined);
      const panel = panels.get(kept.title);
      if (panel !== undefined) panel.webview.html = await ports.html(kept);
    },
    show: async (address) => {
      const kept = get(address);
      if (kept === undefined) {
        await showText(address);
        return;
      }
      const html = await ports.html(kept);
      const shown = panels.get(kept.title);
      if (shown !== undefined) {
        shown.webview.html = html;
        shown.reveal(undefined, false);
        return;
      }
      const panel = vscode.window.createWebviewPanel(
        reportViewType,
        vscode.l10n.t('Test of {0}', kept.title),
        { viewColumn: vscode.ViewColumn.Active },
        {
          // Nothing in a report runs; its links may call these commands and no others.
          enableScripts: false,
          enableForms: false,
          enableCommandUris: await ports.commands(),
          enableFindWidget: true,
          localResourceRoots: [],
        },
      );
      panels.set(kept.title, panel);
      panel.onDidDispose(() => {
        if (panels.get(kept.title) === panel) panels.delete(kept.title);
      });
      panel.webview.html = html;
    },
    showText,
    dispose: () => {
      registration.dispose();
      changed.dispose();
      for (const panel of panels.values()) panel.dispose();
    },
  };
}

async function showText(address: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(address);
  await vscode.window.showTextDocument(document, { preview: true });
}
