import type { DeploymentKind } from '../../core/deployment';
import type { Provider } from '../../core/provider';
import type { ElementRef } from '../../store/element';

interface Fields {
  /** Stable over refreshes and windows: made of Atlas's own ids. */
  readonly id: string;
  readonly accountId: string;
  readonly parent?: TreeElement;
}

interface InProject extends Fields {
  readonly projectId: string;
}

export interface AccountElement extends Fields {
  readonly kind: 'account';
}
export interface OrganizationElement extends Fields {
  readonly kind: 'organization';
  readonly organizationId: string;
}
export interface ProjectElement extends InProject {
  readonly kind: 'project';
}
export type Branch = 'clusters' | 'services' | 'federation';
export interface BranchElement extends InProject {
  readonly kind: 'branch';
  readonly branch: Branch;
}
export interface DeploymentElement extends InProject {
  readonly kind: 'deployment';
  readonly deploymentKind: DeploymentKind;
  readonly name: string;
}
export interface ServiceElement extends InProject {
  readonly kind: 'service';
  readonly provider: Provider;
  readonly serviceId: string;
}
export interface EndpointElement extends InProject {
  readonly kind: 'endpoint';
  readonly provider: Provider;
  readonly serviceId: string;
  readonly endpointId: string;
}
export interface ServerlessEndpointElement extends InProject {
  readonly kind: 'serverless-endpoint';
  readonly instanceName: string;
  readonly endpointId: string;
}
export interface FederatedDatabaseElement extends InProject {
  readonly kind: 'federated-database';
  readonly name: string;
}
export interface FederationEndpointElement extends InProject {
  readonly kind: 'federation-endpoint';
  readonly endpointId: string;
}
export interface ArchiveElement extends InProject {
  readonly kind: 'archive';
  readonly archiveId: string;
}
/** Shows further rows of a long level. */
export interface MoreElement extends Fields {
  readonly kind: 'more';
  readonly of: string;
}
/** Stands for a failed attempt: says why, and tries again. */
export interface RetryElement extends Fields {
  readonly kind: 'retry';
  readonly ref: ElementRef;
}
/** A row that only says something. */
export interface NoteElement extends Fields {
  readonly kind: 'note';
  readonly text: string;
  readonly icon: string;
}

/**
 * Identity of one row. What a row looks like is worked out from the store when it is drawn, so that one element
 * object lasts as long as the tree: the editor refreshes rows by identity.
 */
export type TreeElement =
  | AccountElement
  | OrganizationElement
  | ProjectElement
  | BranchElement
  | DeploymentElement
  | ServiceElement
  | EndpointElement
  | ServerlessEndpointElement
  | FederatedDatabaseElement
  | FederationEndpointElement
  | ArchiveElement
  | MoreElement
  | RetryElement
  | NoteElement;

/** What the store has to load before an element's children are known; undefined when its parent has it all. */
export function refOf(element: TreeElement): ElementRef | undefined {
  switch (element.kind) {
    case 'account':
      return { kind: 'directory' };
    case 'project':
      return { kind: 'project', projectId: element.projectId };
    case 'branch':
      return element.branch === 'federation'
        ? { kind: 'archives', projectId: element.projectId }
        : { kind: 'project', projectId: element.projectId };
    case 'deployment':
      return element.deploymentKind === 'serverless'
        ? { kind: 'serverless', projectId: element.projectId, instanceName: element.name }
        : undefined;
    case 'service':
      return {
        kind: 'service',
        projectId: element.projectId,
        provider: element.provider,
        serviceId: element.serviceId,
      };
    case 'organization':
    case 'endpoint':
    case 'serverless-endpoint':
    case 'federated-database':
    case 'federation-endpoint':
    case 'archive':
    case 'more':
    case 'retry':
    case 'note':
      return undefined;
  }
}

/** The text that "Copy ID" copies; undefined for rows that stand for nothing in Atlas. */
export function atlasIdOf(element: TreeElement): string | undefined {
  switch (element.kind) {
    case 'organization':
      return element.organizationId;
    case 'project':
    case 'branch':
      return element.projectId;
    case 'service':
      return element.serviceId;
    case 'endpoint':
    case 'serverless-endpoint':
    case 'federation-endpoint':
      return element.endpointId;
    case 'deployment':
    case 'federated-database':
      return element.name;
    case 'archive':
      return element.archiveId;
    case 'account':
    case 'more':
    case 'retry':
    case 'note':
      return undefined;
  }
}
