// npm run findings
//
// Writes docs/findings.md: every finding of a connection test with its cause and remedies. A test holds it to the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import type { Problem, ProblemCode } from '../src/core/problem';
import { findingsBesideThePath } from '../src/diagnostics/findings/beside-the-path';
import type { Finding } from '../src/diagnostics/findings/finding';
import { findingsOnTheWire } from '../src/diagnostics/findings/on-the-wire';
import { hopTitle } from '../src/messages/test-text';
import { describeProblem } from '../src/messages/problem-text';
import { root } from './root';

export const findingsFile = join(root, 'docs/findings.md');

const introduction = `# What a connection test finds

<!-- Written by npm run findings. -->

Each finding has a code that stays the same: reports, the helper's JSON and JUnit output, and this page name it. A finding
is told only with its evidence; what fails without one is \`UNKNOWN_AT_HOP\`, with the raw facts. Several at once stand in
the order in which to fix them. What stands in _‹›_ is filled in from what the test saw.
`;

/** The page as it should be. */
export async function findingsPage(): Promise<string> {
  const sections = [
    { title: 'On the wire', findings: findingsOnTheWire },
    { title: 'Beside the path: what Atlas and the cloud account say', findings: findingsBesideThePath },
  ];
  const written = new Set<ProblemCode>();
  const parts = sections.map(({ title, findings }) => {
    const fresh = findings.filter(({ code }) => !written.has(code) && written.add(code));
    return `## ${title}\n\n${fresh.map((finding) => section(finding)).join('\n')}`;
  });
  const options = await resolveConfig(findingsFile);
  return await format(`${introduction}\n${parts.join('\n')}`, { ...options, filepath: findingsFile });
}

function section({ code, hop, weight }: Finding): string {
  const { title, detail, fixes } = describeProblem(example(code));
  const kind = weight === 'error' ? 'Problem' : 'Warning';
  return [
    `### ${code}\n`,
    `${kind} at: ${hopTitle(hop)}. **${escaped(title)}**${detail === undefined ? '' : ` ${escaped(detail)}`}\n`,
    ...fixes.map((fix) => `- ${escaped(fix)}`),
    '',
  ].join('\n');
}

/** A problem whose parameters say their names. */
function example(code: ProblemCode): Problem {
  const parameters = new Proxy<Record<string, string>>({}, { get: (_, name) => `‹${String(name)}›` });
  return { code, subject: '‹subject›', parameters };
}

function escaped(text: string): string {
  return text.replaceAll(/[*_<>|]/g, String.raw`\$&`);
}

if (process.argv[1] === import.meta.filename) writeFileSync(findingsFile, await findingsPage());
