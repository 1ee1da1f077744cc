import { t } from '@vscode/l10n';
import { hopIds, type HopId, type HopOutcome } from '../../core/hop';
import type { Problem } from '../../core/problem';
import type { HopResult, TestReport } from '../../diagnostics/events';
import type { Evidence, MissingEvidence } from '../../diagnostics/evidence';
import { withoutMisleading } from '../../diagnostics/report/misleading';
import { hopsInOrder } from '../../diagnostics/report/report-rows';
import { hopTone, verdictTone } from '../../diagnostics/report/tones';
import { weightOf } from '../../diagnostics/verdict';
import { describeProblem } from '../../messages/problem-text';
import {
  cancelledText,
  factTitle,
  failureText,
  hopTitle,
  milliseconds,
  outcomeWord,
  placeText,
  reportWords,
  verdictSentence,
} from '../../messages/test-text';
import type { EvidenceRow } from './evidence-rows';
import { askedText, missingText } from './missing-text';
import { reportStyle } from './report-style';

/** A link that runs a command of the editor. */
export interface ReportLink {
  readonly title: string;
  readonly command: string;
  readonly args: readonly unknown[];
}

/** Everything that the document of a report is made from. */
export interface ReportPage {
  /** The host that was tested. */
  readonly host: string;
  readonly report: TestReport;
  /** What can be done with the report itself. */
  readonly tools: readonly ReportLink[];
  /** What repairs a problem, most likely first. */
  readonly remedies: (problem: Problem) => readonly ReportLink[];
  /** Leads from a problem's code to what the documentation says. */
  readonly explanation: (problem: Problem) => ReportLink | undefined;
  /** What Atlas and the cloud account say. */
  readonly evidence: readonly EvidenceRow[];
  /** From where and when they were asked. */
  readonly asked: Evidence['asked'];
  /** What nobody could be asked about, and what would change that. */
  readonly missing: readonly { readonly evidence: MissingEvidence; readonly link?: ReportLink }[];
  /** BCP 47. */
  readonly language: string;
  /** For the one style sheet of the document. */
  readonly nonce: string;
}

/** Hops with this many results are folded away unless one of them failed. */
const mostOpenRows = 40;

/**
 * A finished test as an HTML document without scripts: where it ran and the verdict first, then every problem with what
 * to do, then the path. Whatever servers have answered is text in it, and never markup.
 */
export function reportHtml(page: ReportPage): string {
  const { report, host, nonce, language } = page;
  const title = verdictSentence(report.verdict, host);
  return `<!DOCTYPE html>
<html lang="${text(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${text(nonce)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${text(title)}</title>
<style nonce="${text(nonce)}">${reportStyle}</style>
</head>
<body>
<main>
${head(page, title)}
${problems(page)}
${path(report)}
${evidencePart(page)}
${missingPart(page)}
${hops(report)}
${place(report)}
</main>
</body>
</html>`;
}

function head({ report, tools }: ReportPage, title: string): string {
  const { context, verdict, durationMs } = report;
  const { hostname, kind } = context.where;
  return `<header>
<p class="place">${text(reportWords().ranOn)} <strong>${text(placeText(kind))}</strong> <code>${text(hostname)}</code></p>
<h1>${mark(verdictTone(verdict))}<span>${text(title)}</span></h1>
<p class="tested"><code>${text(context.connectionString)}</code></p>
<p class="summary">${text(summary(report))} <span class="time">${text(milliseconds(durationMs))}</span></p>
${verdict.outcome === 'reachable-not-signed-in' ? `<p>${text(t('The nodes answer. Whether user and password are accepted was not tried.'))}</p>` : ''}
${linkRow(tools, t('Report'))}
</header>`;
}

function summary({ verdict, hops: seen }: TestReport): string {
  if (verdict.outcome === 'cancelled') return cancelledText(seen);
  const errors = verdict.problems.filter(({ code }) => weightOf(code) === 'error').length;
  const warnings = verdict.problems.length - errors;
  const parts = [
    ...(verdict.failedHop === undefined ? [] : [t('First failing hop: {0}.', hopTitle(verdict.failedHop))]),
    ...(errors === 1 ? [t('One problem.')] : errors > 1 ? [t('{0} problems, in the order to fix them.', errors)] : []),
    ...(warnings === 1 ? [t('One warning.')] : warnings > 1 ? [t('{0} warnings.', warnings)] : []),
  ];
  return parts.length === 0 ? t('Nothing was found that stands in the way.') : parts.join(' ');
}

// ---------------------------------------------------------------- problems

function problems(page: ReportPage): string {
  const { problems: found } = page.report.verdict;
  if (found.length === 0) return '';
  return `<section aria-labelledby="problems">
<h2 id="problems">${text(t('What stands in the way'))}</h2>
<ol class="problems">
${found.map((problem) => `<li>${problemPart(page, problem)}</li>`).join('\n')}
</ol>
</section>`;
}

function problemPart({ remedies, explanation }: ReportPage, problem: Problem): string {
  const { title, detail, fixes } = describeProblem(problem);
  const words = reportWords();
  const isError = weightOf(problem.code) === 'error';
  const code = explanation(problem);
  return `<article class="${isError ? 'error' : 'warning'}">
<h3>${mark(isError ? 'failed' : 'warned', isError ? t('Problem') : t('Warning'))}<span>${text(title)}</span></h3>
${detail === undefined ? '' : `<p>${text(detail)}</p>`}
${fixes.length === 0 ? '' : `<h4>${text(words.whatToDo)}</h4>\n<ul>${fixes.map((fix) => `<li>${text(fix)}</li>`).join('')}</ul>`}
${linkRow(remedies(problem), words.whatToDo)}
<dl class="facts">
${problem.evidence === undefined ? '' : `<dt>${text(words.evidence)}</dt><dd><code>${text(problem.evidence)}</code></dd>`}
<dt>${text(words.code)}</dt><dd><code>${code === undefined ? text(problem.code) : anchor(code, 'inline')}</code></dd>
</dl>
</article>`;
}

// ---------------------------------------------------------------- hops

/** The path at a glance, one step a hop. */
function path(report: TestReport): string {
  const steps = hopIds.filter((hop) => hop !== 'srv' || report.hops.some((result) => result.hop === 'srv'));
  return `<section aria-labelledby="path">
<h2 id="path">${text(t('Path'))}</h2>
<ol class="path">
${steps.map((hop) => step(hop, report)).join('\n')}
</ol>
</section>`;
}

function step(hop: HopId, { hops: all, verdict }: TestReport): string {
  const results = all.filter((result) => result.hop === hop);
  const tone = hopTone(results);
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  const first = verdict.failedHop === hop;
  const word =
    results.length === 0
      ? t('not reached')
      : failed > 0 && results.length > 1
        ? t('{0} of {1} failed', failed, results.length)
        : outcomeWord(tone);
  const longest = Math.max(0, ...results.map(({ durationMs }) => durationMs));
  const time = results.length === 0 || tone === 'skipped' ? '' : milliseconds(longest);
  return `<li class="${tone}${first ? ' first' : ''}">${mark(tone)}<span class="name">${text(hopTitle(hop))}</span> <span class="word">${text(word)}</span> <span class="time">${text(time)}</span></li>`;
}

function hops(report: TestReport): string {
  const words = reportWords();
  const rows = hopsInOrder(report);
  const open = report.verdict.outcome === 'failed' || rows.length <= mostOpenRows;
  return `<details${open ? ' open' : ''}>
<summary><h2>${text(t('Every step'))}</h2></summary>
<div class="scroll" tabindex="0" role="region" aria-label="${text(t('Every step'))}">
<table>
<thead><tr><th scope="col">${text(words.hop)}</th><th scope="col">${text(words.subject)}</th><th scope="col">${text(words.time)}</th><th scope="col">${text(words.found)}</th></tr></thead>
<tbody>
${rows.map(row).join('\n')}
</tbody>
</table>
</div>
</details>`;
}

function row({ hop, subject, outcome, durationMs, facts, problem }: HopResult): string {
  const found = [
    ...(problem === undefined ? [] : [text(describeProblem(problem).title)]),
    ...facts.map(({ name, value }) =>
      name === 'failure' ? text(failureText(value)) : `${text(factTitle(name))} <code>${text(value)}</code>`,
    ),
  ].map((one) => `<div>${one}</div>`);
  return `<tr class="${outcome}"><th scope="row">${mark(outcome, outcomeWord(outcome))}${text(hopTitle(hop))}</th><td><code>${text(subject)}</code></td><td class="time">${text(milliseconds(durationMs))}</td><td>${found.join('')}</td></tr>`;
}

// ---------------------------------------------------------------- the rest

function evidencePart({ evidence, asked }: ReportPage): string {
  if (evidence.length === 0) return '';
  return `<section aria-labelledby="evidence">
<h2 id="evidence">${text(t('What Atlas and the cloud account say'))}</h2>
${asked === undefined ? '' : `<p class="place">${text(askedText(asked))}</p>`}
<ul class="evidence">
${evidence.map(evidenceRow).join('\n')}
</ul>
</section>`;
}

function evidenceRow({ tone, title, id, word, explanation, message }: EvidenceRow): string {
  const code = id === undefined ? '' : ` <code>${text(id)}</code>`;
  const more = [
    ...(explanation === undefined || explanation === '' ? [] : [`<div class="more">${text(explanation)}</div>`]),
    ...(message === undefined ? [] : [`<div class="more"><code>${text(message)}</code></div>`]),
  ];
  return `<li>${mark(tone)}<div><span class="name">${text(title)}</span>${code}: ${text(word)}${more.join('')}</div></li>`;
}

function missingPart({ missing }: ReportPage): string {
  if (missing.length === 0) return '';
  return `<section aria-labelledby="missing">
<h2 id="missing">${text(t('Not checked'))}</h2>
<ul>
${missing.map(({ evidence, link }) => `<li>${text(missingText(evidence))}${link === undefined ? '' : ` ${anchor(link, 'inline')}`}</li>`).join('\n')}
</ul>
</section>`;
}

function place({ context }: TestReport): string {
  const words = reportWords();
  const servers =
    context.dnsServers.length === 0
      ? text(words.systemServers)
      : context.dnsServers.map((server) => `<code>${text(server)}</code>`).join(', ');
  return `<section aria-labelledby="place">
<h2 id="place">${text(words.whereItRan)}</h2>
<dl class="facts">
<dt>${text(words.ranOn)}</dt><dd>${text(placeText(context.where.kind))} <code>${text(context.where.hostname)}</code></dd>
<dt>${text(words.dnsServers)}</dt><dd>${servers}</dd>
${context.socksProxy === undefined ? '' : `<dt>${text(words.proxy)}</dt><dd><code>${text(context.socksProxy)}</code></dd>`}
${context.clientAddresses === undefined ? '' : `<dt>${text(words.clientAddresses)}</dt><dd>${context.clientAddresses.map((one) => `<code>${text(one)}</code>`).join(', ')}</dd>`}
<dt>${text(words.started)}</dt><dd><time datetime="${text(context.startedAt)}">${text(context.startedAt)}</time></dd>
</dl>
</section>`;
}

function linkRow(links: readonly ReportLink[], label: string): string {
  if (links.length === 0) return '';
  const items = links.map((link, index) => anchor(link, index === 0 ? 'primary' : 'secondary'));
  return `<nav class="links" aria-label="${text(label)}">${items.join('\n')}</nav>`;
}

function anchor({ title, command, args }: ReportLink, kind: 'primary' | 'secondary' | 'inline'): string {
  // The editor decodes the arguments of such a link twice: a percent sign of theirs has to survive both.
  const query = args.length === 0 ? '' : `?${encodeURIComponent(JSON.stringify(args).replaceAll('%', '%25'))}`;
  return `<a class="${kind}" href="${text(`command:${command}${query}`)}">${text(title)}</a>`;
}

/** A shape for each outcome, so that nobody has to tell colours apart; `word` is read out where no text says it. */
function mark(tone: HopOutcome, word?: string): string {
  const shapes: Readonly<Record<HopOutcome, string>> = {
    passed: '<circle cx="8" cy="8" r="6.5"/><path d="M4.8 8.2l2.3 2.3 4.2-4.8"/>',
    warned: '<path d="M8 1.8L14.8 14H1.2z"/><path d="M8 6.2v3.6M8 11.6v.6"/>',
    failed: '<circle cx="8" cy="8" r="6.5"/><path d="M5.5 5.5l5 5M10.5 5.5l-5 5"/>',
    skipped: '<circle cx="8" cy="8" r="6.5"/><path d="M5 8h6"/>',
  };
  const label = word === undefined ? 'aria-hidden="true"' : `role="img" aria-label="${text(word)}"`;
  return `<svg class="mark ${tone}" viewBox="0 0 16 16" ${label}>${shapes[tone]}</svg>`;
}

function text(value: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return withoutMisleading(value).replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
