import { isIP } from 'node:net';
import * as vscode from 'vscode';
import type { Account } from '../accounts/account';
import { hostIn } from '../connection-string/credentials';
import type { AwsEvidence, AwsSecurityGroup } from '../core/cloud';
import { problem, ProblemError } from '../core/problem';
import type { TestReport } from '../diagnostics/events';
import { verdictSentence } from '../messages/test-text';
import { withProgress } from '../ui/progress';
import { back } from '../ui/prompts/prompts';
import type { KeptReport } from '../ui/report/report-documents';
import { gatherEvidence } from '../ui/test-run/gather-evidence';
import { askedHere } from '../ui/test-run/run-test';
import { accountOfString } from '../ui/test-run/owner-of-string';
import type { CommandServices } from './command-services';
import type { CommandTable } from './run-command';
import { keptReport } from './test';

export const awsCheckCommands = {
  checkAwsAccount: async (services, address) => {
    const kept = keptReport(services.reports, address);
    const { connectionString } = kept.report.context;
    const account = await accountOfString(services, hostIn(connectionString));
    if (account === undefined) throw new ProblemError(problem('ACCOUNT_NONE', ''));
    const profile = await askProfile(services, services.awsProfiles.of(account));
    if (profile === undefined) return undefined;
    services.awsProfiles.choose(account, profile);
    return await askAgain(services, kept, account);
  },
  allowInbound: async (services, address) => {
    const { t } = vscode.l10n;
    const title = t('Allow Ports 1024–65535');
    const kept = keptReport(services.reports, address);
    const account = await accountOfString(services, hostIn(kept.report.context.connectionString));
    const profile = account === undefined ? undefined : services.awsProfiles.of(account);
    if (account === undefined || profile === undefined) throw new ProblemError(problem('ACCOUNT_NONE', ''));
    const group = await askGroup(services, title, kept.evidence.cloud?.aws ?? []);
    if (group === undefined) return undefined;
    const aws = await services.openAws(account, profile, group.region);
    try {
      const vpcs = await aws.listVpcs();
      const cidr = await services.prompts.input({
        title,
        prompt: t('Addresses that the application connects from'),
        placeholder: '10.0.0.0/16',
        value: vpcs.find(({ id }) => id === group.vpcId)?.cidrs[0] ?? '',
        validate: (text) => blockComplaint(text.trim()),
      });
      if (cidr === undefined || cidr === back) return undefined;
      const sure = await services.prompts.confirm({
        message: t('Let {0} connect to every endpoint with the security group {1}?', cidr.trim(), group.id),
        detail: t('One inbound rule is added: TCP, ports 1024 through 65535. AWS account {0}.', group.accountId),
        action: t('Add Rule'),
      });
      if (!sure) return undefined;
      await withProgress(t('Changing the security group {0}', group.id), (_, signal) =>
        aws.allowInbound(group.id, { cidrs: [cidr.trim()], groupIds: [] }, signal),
      );
      // Said now: what is asked afterwards may fail, and the rule is there all the same.
      services.notify.done(t('Added a rule to the security group {0}', group.id));
    } finally {
      aws.dispose();
    }
    await askAgain(services, kept, account);
    return await vscode.commands.executeCommand(
      'atlasPrivateEndpoints.testConnection',
      kept.report.context.connectionString,
    );
  },
} satisfies CommandTable;

/** Gathers anew what others say, and judges the same test by it. */
async function askAgain(services: CommandServices, kept: KeptReport, account: Account): Promise<TestReport> {
  const { connectionString, clientAddresses } = kept.report.context;
  const evidence = await withProgress(vscode.l10n.t('Asking Atlas and the AWS account'), (_, signal) =>
    askedHere(services.clock, gatherEvidence(services, connectionString, account, clientAddresses, signal)),
  );
  const { judge } = await import('../diagnostics/verdict');
  const report = judge(kept.report, evidence, kept.report.verdict.outcome === 'cancelled');
  await services.reports.replace(kept.address, report, evidence);
  await services.reports.show(kept.address);
  services.notify.done(verdictSentence(report.verdict, kept.title));
  return report;
}

interface GroupInPlace extends AwsSecurityGroup {
  readonly region: string;
  readonly accountId: string;
}

/** One of the security groups of the endpoints; the only one is not asked for. */
async function askGroup(
  { prompts }: CommandServices,
  title: string,
  found: readonly AwsEvidence[],
): Promise<GroupInPlace | undefined> {
  const groups = found.flatMap(({ securityGroups, region, identity }) =>
    securityGroups.map((group): GroupInPlace => ({ ...group, region, accountId: identity.accountId })),
  );
  const [only, ...others] = groups;
  if (only === undefined) throw new ProblemError(problem('AWS_NOT_FOUND', '', { field: 'securityGroup' }));
  if (others.length === 0) return only;
  const answer = await prompts.pick({
    title,
    placeholder: vscode.l10n.t('Which security group of the interface endpoint?'),
    choices: groups.map((group) => ({ label: group.id, description: group.name, value: group })),
  });
  return answer === back ? undefined : answer;
}

function blockComplaint(text: string): string | undefined {
  const [address = '', bits = '', ...more] = text.split('/');
  const family = isIP(address);
  const fits = family !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128);
  if (!fits) return vscode.l10n.t('Write it as {0}.', '10.0.0.0/16');
  // The addresses of an interface endpoint are private: whoever connects has one as well.
  return Number(bits) === 0 ? vscode.l10n.t('That would be everybody. Name the block of the application.') : undefined;
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
