import * as vscode from 'vscode';
import { secretsIn } from '../../connection-string/credentials';
import type { Clock } from '../../core/clock';
import type { AtlasStore } from '../../store/atlas-store';
import { factsLine, factsOf } from '../editor/string-facts';
import { resultWords } from '../editor/string-lenses';
import type { PlacedString } from '../editor/document-strings';
import { findingSentence, type StringChecks } from '../editor/string-checks';
import type { StringFinding } from '../../workspace/string-findings';
import { createStretches } from '../stretches';
import type { TestResults } from '../test-run/test-results';
import { escapeMarkdown } from '../tree/drafts';
import type { FoundString } from '../../workspace/find-strings';
import type { StringFiles } from './string-files';

export type StringElement =
  | { readonly kind: 'file'; readonly uri: vscode.Uri }
  | { readonly kind: 'string'; readonly uri: vscode.Uri; readonly placed: PlacedString };

export interface StringTreePorts {
  readonly files: StringFiles;
  readonly findings: WorkspaceFindings;
  readonly store: AtlasStore;
  readonly testResults: TestResults;
  readonly clock: Pick<Clock, 'now'>;
}

/** What is wrong with the strings of the workspace, worked out once for each as long as nothing else is known. */
export interface WorkspaceFindings {
  of(uri: vscode.Uri, found: FoundString): readonly StringFinding[];
  /** Something else is known now. */
  forget(): void;
}

export function createWorkspaceFindings(checks: Pick<StringChecks, 'findings'>): WorkspaceFindings {
  let known = new WeakMap<FoundString, readonly StringFinding[]>();
  return {
    of: (uri, found) => {
      const before = known.get(found);
      if (before !== undefined) return before;
      const findings = checks.findings({ uri, languageId: '' }, found);
      // What git says of a file with a password in it may be another thing the next time.
      if (secretsIn(found.value).length === 0) known.set(found, findings);
      return findings;
    },
    forget: () => {
      known = new WeakMap();
    },
  };
}

/** The rows of the view and how they look. */
export interface StringTree {
  children(element: StringElement | undefined): readonly StringElement[];
  item(element: StringElement): vscode.TreeItem;
  /** Adds what is shown when somebody points at the row: most rows are never pointed at. */
  describe(item: vscode.TreeItem, element: StringElement): vscode.TreeItem;
}

/** The rows of *Strings in Workspace*: files, and below each its strings with their state. */
export function createStringTree(ports: StringTreePorts): StringTree {
  return {
    children: (element) => {
      if (element === undefined) return ports.files.all().map(({ uri }) => ({ kind: 'file', uri }));
      if (element.kind === 'string') return [];
      return (ports.files.at(element.uri)?.strings ?? []).map((placed) => ({
        kind: 'string',
        uri: element.uri,
        placed,
      }));
    },
    item: (element) =>
      element.kind === 'file' ? fileItem(ports, element.uri) : stringItem(ports, element.uri, element.placed),
    describe: (item, element) => {
      if (element.kind === 'string') item.tooltip = stringTooltip(ports, element.uri, element.placed.found);
      return item;
    },
  };
}

function fileItem({ files, findings }: StringTreePorts, uri: vscode.Uri): vscode.TreeItem {
  const { t } = vscode.l10n;
  const item = new vscode.TreeItem(uri, vscode.TreeItemCollapsibleState.Expanded);
  item.id = uri.toString();
  item.iconPath = vscode.ThemeIcon.File;
  item.tooltip = vscode.workspace.asRelativePath(uri, true);
  const strings = files.at(uri)?.strings ?? [];
  const count = strings.filter(({ found }) => isSerious(findings.of(uri, found))).length;
  const folder = vscode.workspace.asRelativePath(uri, true).split('/').slice(0, -1).join('/');
  item.description = count === 0 ? folder : `${folder} · ${countWords(count)}`;
  item.contextValue = ';type=file;';
  const name = uri.path.split('/').at(-1) ?? uri.path;
  const label = [
    name,
    folder,
    t('{0} connection strings', strings.length),
    ...(count === 0 ? [] : [countWords(count)]),
  ];
  item.accessibilityInformation = { label: label.join(', ') };
  return item;
}

function stringItem(ports: StringTreePorts, uri: vscode.Uri, { found, range }: PlacedString): vscode.TreeItem {
  const { t } = vscode.l10n;
  const [first] = ports.findings.of(uri, found);
  const facts = factsLine(factsOf(ports.store, found.value));
  const item = new vscode.TreeItem(facts);
  item.id = `${uri.toString()}#${String(range.start.line)}:${String(range.start.character)}`;
  const words = [t('line {0}', range.start.line + 1), first && findingSentence(first), testedWords(ports, found)];
  item.description = words.filter((word) => word !== undefined).join(' · ');
  item.iconPath = iconOf(first?.severity, ports.testResults.of(found.value)?.report.verdict.outcome);
  item.accessibilityInformation = { label: [facts, item.description].join(', ') };
  item.contextValue = `;type=string;${found.isTemplate ? '' : 'testable;'}`;
  item.command = {
    title: t('Open'),
    command: 'vscode.open',
    arguments: [uri, { selection: new vscode.Range(range.start, range.start), preview: true }],
  };
  return item;
}

function stringTooltip(ports: StringTreePorts, uri: vscode.Uri, found: FoundString): vscode.MarkdownString {
  const tested = testedWords(ports, found);
  return new vscode.MarkdownString(
    [
      `**${escapeMarkdown(factsLine(factsOf(ports.store, found.value)))}**`,
      ...ports.findings.of(uri, found).map((finding) => escapeMarkdown(findingSentence(finding))),
      ...(tested === undefined ? [] : [escapeMarkdown(tested)]),
    ].join('\n\n'),
  );
}

/** How its last test ended, if there was one. */
function testedWords({ testResults, clock }: StringTreePorts, found: FoundString): string | undefined {
  const result = testResults.of(found.value);
  return result === undefined ? undefined : withoutIcons(resultWords(result, clock.now()));
}

/** An icon for the state; the description has it in words. */
function iconOf(severity: StringFinding['severity'] | undefined, outcome: string | undefined): vscode.ThemeIcon {
  if (severity === 'error') return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (outcome === 'failed') return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
  if (severity === 'warning') return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (outcome !== undefined) return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  return new vscode.ThemeIcon(severity === 'information' ? 'info' : 'plug');
}

function withoutIcons(text: string): string {
  return text.replace(/\$\([\w-]+\)\s*/g, '');
}

function isSerious(findings: readonly StringFinding[]): boolean {
  return findings.some(({ severity }) => severity !== 'information');
}

function countWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 with problems') : vscode.l10n.t('{0} with problems', count);
}

/** Milliseconds that counting works at a stretch. */
const stretchMs = 4;

/**
 * How many strings of the workspace have an error or a warning, or failed their last test. Lets others run meanwhile;
 * undefined when `signal` was aborted.
 */
export async function countProblems(
  { files, findings, testResults }: StringTreePorts,
  signal: AbortSignal,
): Promise<number | undefined> {
  let count = 0;
  const stretches = createStretches(stretchMs);
  for (const { uri, strings } of files.all()) {
    for (const { found } of strings) {
      while (stretches.isTired()) await stretches.rest();
      if (signal.aborted) return undefined;
      const isFailed = testResults.of(found.value)?.report.verdict.outcome === 'failed';
      if (isFailed || isSerious(findings.of(uri, found))) count += 1;
    }
  }
  return count;
}
