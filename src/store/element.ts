import type { Deployment, FederatedDatabase, OnlineArchive } from '../core/deployment';
import type { DataFederationEndpoint, Endpoint, EndpointService, ServerlessEndpoint } from '../core/endpoint';
import type { Problem } from '../core/problem';
import type { Organization, Project } from '../core/project';
import type { Provider } from '../core/provider';

/** What the store knows something about and loads in one go. */
export type ElementRef = DirectoryRef | ProjectRef | ServiceRef | ServerlessRef | ArchivesRef;

/** All organizations and projects of an account. */
export interface DirectoryRef {
  readonly kind: 'directory';
}

/** What a project contains. */
export interface ProjectRef {
  readonly kind: 'project';
  readonly projectId: string;
}

/** The endpoints on an endpoint service. */
export interface ServiceRef {
  readonly kind: 'service';
  readonly projectId: string;
  readonly provider: Provider;
  readonly serviceId: string;
}

/** The endpoints of a serverless instance. */
export interface ServerlessRef {
  readonly kind: 'serverless';
  readonly projectId: string;
  readonly instanceName: string;
}

/** The Online Archives of all clusters of a project. */
export interface ArchivesRef {
  readonly kind: 'archives';
  readonly projectId: string;
}

export interface Directory {
  readonly organizations: readonly Organization[];
  readonly projects: readonly Project[];
  /** False while further pages are on their way. */
  readonly complete: boolean;
  /** Number of projects that Atlas announced, when it did. */
  readonly total?: number;
}

/** The lists of which a project consists; each is one call (endpoint services: one for each provider). */
export const projectParts = [
  'clusters',
  'flexClusters',
  'serverlessInstances',
  'AWS',
  'AZURE',
  'GCP',
  'regionalizedMode',
  'federatedDatabases',
  'dataFederationEndpoints',
] as const;

export type ProjectPart = (typeof projectParts)[number];

export interface ProjectContents {
  readonly clusters: readonly Deployment[];
  readonly flexClusters: readonly Deployment[];
  readonly serverlessInstances: readonly Deployment[];
  readonly services: Readonly<Record<Provider, readonly EndpointService[]>>;
  /** Absent when Atlas does not tell. */
  readonly regionalizedMode?: boolean;
  readonly federatedDatabases: readonly FederatedDatabase[];
  readonly dataFederationEndpoints: readonly DataFederationEndpoint[];
  /**
   * Parts that could not be read last time, what is here of them is older, or nothing; and those of which not every
   * element could (`ATLAS_LIST_INCOMPLETE`).
   */
  readonly missing: readonly { readonly part: ProjectPart; readonly problem: Problem }[];
}

export interface ServiceContents {
  readonly endpoints: readonly Endpoint[];
  readonly missing: readonly { readonly endpointId: string; readonly problem: Problem }[];
}

/** What is known of each kind of element. */
export interface ElementValues {
  readonly directory: Directory;
  readonly project: ProjectContents;
  readonly service: ServiceContents;
  readonly serverless: readonly ServerlessEndpoint[];
  readonly archives: readonly OnlineArchive[];
}

export type RefOf<K extends ElementRef['kind']> = Extract<ElementRef, { readonly kind: K }>;

/** The last known state of an element. A failed refresh leaves `value` and `asOf` as they were. */
export interface Known<T> {
  readonly value?: T;
  /** When `value` came from Atlas, milliseconds since the epoch. */
  readonly asOf?: number;
  /** Why the latest attempt failed, or that `value` is not all (`ATLAS_LIST_INCOMPLETE`); absent when neither. */
  readonly problem?: Problem;
  readonly loading: boolean;
}

/** A text that is equal for equal references; also the key in a stored snapshot. */
export function refKey(ref: ElementRef): string {
  switch (ref.kind) {
    case 'directory':
      return 'directory';
    case 'project':
      return `project/${ref.projectId}`;
    case 'service':
      return `service/${ref.projectId}/${ref.provider}/${ref.serviceId}`;
    case 'serverless':
      return `serverless/${ref.projectId}/${encodeURIComponent(ref.instanceName)}`;
    case 'archives':
      return `archives/${ref.projectId}`;
  }
}

export const emptyProject: ProjectContents = {
  clusters: [],
  flexClusters: [],
  serverlessInstances: [],
  services: { AWS: [], AZURE: [], GCP: [] },
  federatedDatabases: [],
  dataFederationEndpoints: [],
  missing: [],
};

/** Every deployment of a project, dedicated and shared clusters first. */
export function deploymentsOf(contents: ProjectContents): readonly Deployment[] {
  return [...contents.clusters, ...contents.flexClusters, ...contents.serverlessInstances];
}

/** Every endpoint service of a project over all providers. */
export function servicesOf(contents: ProjectContents): readonly EndpointService[] {
  return [...contents.services.AWS, ...contents.services.AZURE, ...contents.services.GCP];
}
