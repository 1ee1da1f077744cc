import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { AtlasStore } from '../../store/atlas-store';
import { servicesOf } from '../../store/element';
import { knownString, type KnownHost } from '../../store/known-strings';
import type { EndpointElement } from '../tree/elements';
import { evidenceRows } from './evidence-rows';
import type { KeptReport } from './report-documents';
import { reportHtml, type ReportLink } from './report-html';
import {
  checkAwsLink,
  explanationOf,
  remediesOf,
  reportCommands,
  signInLink,
  toolsOf,
  type LinkContext,
} from './report-links';

/** The commands that links of a report may run: those of the list that are there. */
export async function commandsOfReports(): Promise<readonly string[]> {
  const registered = new Set(await vscode.commands.getCommands(true));
  return reportCommands.filter((command) => registered.has(command));
}

/** A report as the document that is shown, with links for what the store knows of its host. */
export async function reportPage(kept: KeptReport, store: AtlasStore): Promise<string> {
  const { report, evidence, title } = kept;
  const context = contextOf(kept, store);
  const available = new Set(await commandsOfReports());
  const usable = (links: readonly ReportLink[]): readonly ReportLink[] =>
    links.filter(({ command }) => available.has(command));
  return reportHtml({
    host: title,
    report,
    tools: usable(toolsOf(context)),
    remedies: (problem) => usable(remediesOf(problem, context)),
    explanation: (problem) => usable([explanationOf(problem)])[0],
    evidence: evidenceRows(evidence, report),
    asked: evidence.asked,
    missing: (evidence.missing ?? []).map((one) => {
      const link = one.from === 'cloud' ? checkAwsLink(context) : signInLink();
      const helps = one.from === 'cloud' || one.reason === 'not-signed-in';
      return { evidence: one, ...(helps && available.has(link.command) ? { link } : {}) };
    }),
    language: vscode.env.language,
    nonce: randomBytes(18).toString('base64'),
  });
}

function contextOf({ address, report, evidence }: KeptReport, store: AtlasStore): LinkContext {
  const { connectionString } = report.context;
  const owner = knownString(store, connectionString);
  return {
    report: address.toString(),
    connectionString: connectionString.replace('<credentials>@', ''),
    owner,
    endpoint: endpointOf(owner, store),
    hasSecurityGroups: evidence.cloud?.aws?.some(({ securityGroups }) => securityGroups.length > 0) === true,
    onAws:
      owner?.endpoints.some(({ provider }) => provider === 'AWS') === true ||
      report.hops.some(({ facts }) => facts.some(({ name }) => name === 'vpcEndpoint')),
    awsChecked: evidence.cloud?.aws !== undefined,
  };
}

/** The row of the tree of the first endpoint that the host leads through. */
function endpointOf(owner: KnownHost | undefined, store: AtlasStore): EndpointElement | undefined {
  const [first] = owner?.endpoints ?? [];
  if (owner === undefined || first === undefined) return undefined;
  const { accountId, projectId } = owner;
  const contents = store.known<'project'>(accountId, { kind: 'project', projectId }).value;
  const service = (contents === undefined ? [] : servicesOf(contents)).find(({ endpointIds }) =>
    endpointIds.includes(first.endpointId),
  );
  if (service === undefined) return undefined;
  const { id: serviceId, provider } = service;
  const { endpointId } = first;
  return { kind: 'endpoint', id: `report/${endpointId}`, accountId, projectId, provider, serviceId, endpointId };
}
