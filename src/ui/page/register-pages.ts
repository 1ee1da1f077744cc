import * as vscode from 'vscode';
import { isSandbox } from '../../accounts/account';
import type { Sandbox } from '../../accounts/sandbox-process';
import { problem, ProblemError } from '../../core/problem';
import { back } from '../prompts/prompts';
import { createDrafts } from './drafts';
import type { ServicePages, ServicePagesPorts } from './service-pages';

type RegisterPorts = Omit<ServicePagesPorts, 'extensionUri' | 'drafts' | 'awsProfiles' | 'openAws'> & {
  readonly sandbox: Sandbox;
};

/** The pages of this window, and the restorer of those that were open before a reload. Loads their code when needed. */
export function registerServicePages(
  { extensionUri, globalState }: vscode.ExtensionContext,
  ports: RegisterPorts,
): { readonly pages: () => Promise<ServicePages>; dispose(): void } {
  let loading: Promise<ServicePages> | undefined;
  const drafts = createDrafts(globalState, ports.clock);
  const open = async (): Promise<ServicePages> => {
    const { createServicePages } = await import('./service-pages');
    return createServicePages({
      ...ports,
      extensionUri,
      drafts,
      awsProfiles: async () => await (await import('../../cloud/aws/list-profiles')).listAwsProfiles(),
      openAws: (accountId, profile, region) => openAws(ports, accountId, profile, region),
    });
  };
  const pages = (): Promise<ServicePages> => (loading ??= open());
  const serializer = vscode.window.registerWebviewPanelSerializer('atlasPrivateEndpoints.page', {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      (await pages()).restore(panel, state);
    },
  });
  const stop = ports.accounts.onDidChange(({ removed }) => {
    for (const { id } of removed) drafts.forget(id);
  });
  return {
    pages,
    dispose: () => {
      stop();
      serializer.dispose();
      void loading?.then((loaded) => loaded.dispose());
    },
  };
}

/** The AWS account of a profile or of the usual chain; for the sandbox's Atlas always the sandbox's own. */
async function openAws(
  { accounts, prompts, sandbox }: RegisterPorts,
  accountId: string,
  profile: string | undefined,
  region: string,
) {
  const account = accounts.get(accountId);
  if (account === undefined) throw new ProblemError(problem('ACCOUNT_NONE', ''));
  const { openAwsCloud } = await import('../../cloud/aws/open-aws-cloud');
  if (isSandbox(account)) {
    const { ec2Endpoint, awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey } = await sandbox.details();
    const endpoints = { ec2: ec2Endpoint, sts: ec2Endpoint };
    return openAwsCloud({ region, endpoints, credentials: { accessKeyId, secretAccessKey } });
  }
  return openAwsCloud(
    { region, ...(profile === undefined ? {} : { profile }) },
    {
      askMfaCode: async (deviceSerial) => {
        const answer = await prompts.input({
          title: vscode.l10n.t('AWS Sign-In'),
          prompt: vscode.l10n.t('Code of the MFA device {0}', deviceSerial),
        });
        return answer === back ? undefined : answer;
      },
    },
  );
}
