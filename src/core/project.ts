import type { Readable } from './partly-read';

/** An Atlas organization. */
export interface Organization {
  readonly id: string;
  readonly name: string;
}

/** An Atlas project, the API's *group*. */
export interface Project {
  readonly id: string;
  readonly name: string;
  readonly organizationId: string;
  /** Number of clusters that Atlas counts in it, for the tree, without asking for them. */
  readonly clusterCount: number;
}

/** One page of a list: what could be read of it, and how many there are in all where Atlas says so. */
export interface Page<T> extends Readable<T> {
  readonly total?: number;
}

/** A role of whoever is signed in: each is for one project or one organization (schema `CloudAccessRoleAssignment`). */
export interface AssignedRole {
  /** The API's name. */
  readonly name: string;
  readonly projectId?: string;
  readonly organizationId?: string;
}
