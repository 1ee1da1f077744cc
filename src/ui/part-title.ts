import { t } from '@vscode/l10n';
import { isIncomplete } from '../core/partly-read';
import type { Problem } from '../core/problem';
import type { ProjectContents, ProjectPart } from '../store/element';

/** What people call a part of a project; one that is not known by its own name. */
export function partTitle(part: string): string {
  const titles: Readonly<Record<string, string>> = {
    clusters: t('Clusters'),
    flexClusters: t('Flex clusters'),
    serverlessInstances: t('Serverless instances'),
    AWS: t('AWS endpoint services'),
    AZURE: t('Azure endpoint services'),
    GCP: t('Google Cloud endpoint services'),
    regionalizedMode: t('Regionalized private endpoints'),
    federatedDatabases: t('Federated databases'),
    dataFederationEndpoints: t('Data Federation endpoints'),
  };
  return titles[part] ?? part;
}

/** That a part was not read, or how much of it was not. */
export function notReadText(part: string, reason: Problem): string {
  if (!isIncomplete(reason)) return t('{0}: not read ({1})', partTitle(part), reason.code);
  const { count = '?', field } = reason.parameters;
  return field === undefined
    ? t('{0}: {1} could not be read ({2})', partTitle(part), count, reason.code)
    : t('{0}: {1} could not be read (field "{2}")', partTitle(part), count, field);
}

/** Titles of the parts among these that could not be read. */
export function unreadOf({ missing }: ProjectContents, parts: readonly ProjectPart[]): readonly string[] {
  return parts.filter((part) => missing.some((one) => one.part === part)).map(partTitle);
}
