import type { PageRef, RestorableState, StepId } from '../../../webview/protocol';
import { isProvider } from '../../core/provider';
import { stepIds } from '../../setup/steps';

/** A text that is equal for pages about the same thing; also the key of the page's draft. */
export function pageKey(ref: PageRef): string {
  switch (ref.kind) {
    case 'service':
      return `${ref.accountId}/${ref.projectId}/service/${ref.provider}/${ref.serviceId}`;
    case 'new-service':
      return `${ref.accountId}/${ref.projectId}/new-service`;
    case 'serverless':
      return `${ref.accountId}/${ref.projectId}/serverless/${encodeURIComponent(ref.instanceName)}`;
    case 'federation':
      return `${ref.accountId}/${ref.projectId}/federation`;
  }
}

/**
 * What a page was about, from what the editor kept of it over a reload; undefined when it is none of ours: another
 * version may have written it.
 */
export function readRestorable(value: unknown): RestorableState | undefined {
  if (!isRecord(value)) return undefined;
  const page = readRef(value.page);
  if (page === undefined) return undefined;
  const { step } = value;
  return isStep(step) ? { page, step } : { page };
}

function readRef(value: unknown): PageRef | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, accountId, projectId, provider, serviceId, instanceName } = value;
  if (!isId(accountId) || !isId(projectId)) return undefined;
  switch (kind) {
    case 'service':
      if (!isProvider(provider) || !isId(serviceId)) return undefined;
      return { kind, accountId, projectId, provider, serviceId };
    case 'new-service':
    case 'federation':
      return { kind, accountId, projectId };
    case 'serverless':
      return isId(instanceName) ? { kind, accountId, projectId, instanceName } : undefined;
    default:
      return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= 200;
}

function isStep(value: unknown): value is StepId {
  return (stepIds as readonly unknown[]).includes(value);
}
