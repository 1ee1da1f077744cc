import * as vscode from 'vscode';
import { hostIn } from '../connection-string/credentials';
import { problem, ProblemError } from '../core/problem';
import { verdictSentence } from '../messages/test-text';
import { withProgress } from '../ui/progress';
import { back } from '../ui/prompts/prompts';
import type { KeptReport } from '../ui/report/report-documents';
import { gatherEvidence } from '../ui/test-run/gather-evidence';
import { accountOfString } from '../ui/test-run/owner-of-string';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';

export const awsCheckCommands = {
  checkAwsAccount: async (services, address) => {
    const kept = keptReport(services, address);
    const { connectionString } = kept.report.context;
    const account = await accountOfString(services, hostIn(connectionString));
    if (account === undefined) throw new ProblemError(problem('ACCOUNT_NONE', ''));
    const profile = await askProfile(services, services.awsProfiles.of(account));
    if (profile === undefined) return undefined;
    services.awsProfiles.choose(account, profile);
    const evidence = await withProgress(vscode.l10n.t('Asking Atlas and the AWS account'), (_, signal) =>
      gatherEvidence(services, connectionString, account, signal),
    );
    const { judge } = await import('../diagnostics/verdict');
    const report = judge(kept.report, evidence, kept.report.verdict.outcome === 'cancelled');
    await services.reports.replace(kept.address, report, evidence);
    await services.reports.show(kept.address);
    services.notify.done(verdictSentence(report.verdict, kept.title));
    return report;
  },
} satisfies CommandTable;

/** The report of an address, else the latest. Throws `REPORT_NONE`. */
function keptReport({ reports }: CommandServices, address: unknown): KeptReport {
  const kept = typeof address === 'string' ? reports.get(address) : reports.kept()[0];
  if (kept === undefined) throw new ProblemError(problem('REPORT_NONE', ''));
  return kept;
}

/** The name of a profile, or empty for the usual chain; undefined when the person gave up. */
async function askProfile(
  { prompts, listAwsProfiles }: CommandServices,
  current: string | undefined,
): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const answer = await prompts.pick<string>({
    title: t('Check the AWS Account'),
    placeholder: t(
      'With which credentials? Security groups, subnets and network ACLs are read, and nothing is changed.',
    ),
    choices: listAwsProfiles().then((profiles) => [
      { label: t('The usual chain'), detail: t('Environment, default profile, instance role'), value: '' },
      ...profiles.map(({ name, region }) => ({
        label: name,
        ...(region === undefined ? {} : { description: region }),
        value: name,
      })),
    ]),
    active: (value) => value === current,
  });
  return answer === back ? undefined : answer;
}
