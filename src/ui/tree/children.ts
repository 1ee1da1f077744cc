import { notReadText } from '../part-title';
import { t } from '@vscode/l10n';
import type { Account } from '../../accounts/account';
import type { Problem } from '../../core/problem';
import type { Project } from '../../core/project';
import { providers } from '../../core/provider';
import { deploymentsOf, type ElementRef, type ElementValues, type Known, type RefOf } from '../../store/element';
import { refOf, type BranchElement, type TreeElement } from './elements';

/** What the tree is drawn from. */
export interface TreeState {
  readonly accounts: () => readonly Account[];
  known<K extends ElementRef['kind']>(accountId: string, ref: RefOf<K>): Known<ElementValues[K]>;
  /** Text that projects are limited to; empty for all. */
  readonly filter: string;
  /** How many rows of the level below an element are shown. */
  readonly shownBelow: (id: string) => number;
}

/** Rows of a level that are shown before "Load More", and at each use of it. */
export const pageOfRows = 500;

/** A row before it has an identity of its own. */
type Draft<E extends TreeElement = TreeElement> = E extends TreeElement
  ? Omit<E, 'id' | 'parent' | 'accountId'>
  : never;

/** Gives equal rows the same element object for as long as the tree lives. */
export interface ElementTable {
  get(id: string): TreeElement | undefined;
  /** The element with this id, made from `draft` when it is new. */
  place(id: string, accountId: string, parent: TreeElement | undefined, draft: Draft): TreeElement;
  /** Drops every row of an account. */
  forget(accountId: string): void;
}

export function createElementTable(): ElementTable {
  const elements = new Map<string, TreeElement>();
  return {
    get: (id) => elements.get(id),
    place: (id, accountId, parent, draft) => {
      const existing = elements.get(id);
      if (existing !== undefined) return existing;
      const element = { ...draft, id, accountId, ...(parent === undefined ? {} : { parent }) } as TreeElement;
      elements.set(id, element);
      return element;
    },
    forget: (accountId) => {
      for (const [id, element] of elements) if (element.accountId === accountId) elements.delete(id);
    },
  };
}

/**
 * Which state the whole view is in. Where there is nothing to browse the tree is empty on purpose: the editor then
 * shows the welcome view of the state.
 */
export function viewStateOf(
  state: Pick<TreeState, 'accounts' | 'known'>,
): 'noAccount' | 'ready' | 'noProjects' | 'offline' {
  const accounts = state.accounts();
  if (accounts.length === 0) return 'noAccount';
  const directories = accounts.map(({ id }) => state.known<'directory'>(id, { kind: 'directory' }));
  if (directories.every(({ value, problem }) => value === undefined && problem !== undefined && isOffline(problem))) {
    return 'offline';
  }
  const nothing = directories.every(
    ({ value }) => value?.complete === true && value.organizations.length === 0 && value.projects.length === 0,
  );
  return nothing ? 'noProjects' : 'ready';
}

/**
 * Nothing answers: no address, no connection, a proxy that does not let it through (ATLAS_UNREACHABLE), or silence, as
 * behind a firewall that drops packets and a VPN that is off (ATLAS_TIMEOUT). Where something else answers in Atlas's
 * place, a portal or a wrong base URL, the account's row says what that is.
 */
function isOffline({ code }: Problem): boolean {
  return code === 'ATLAS_UNREACHABLE' || code === 'ATLAS_TIMEOUT';
}

/** The rows below `parent` (undefined: the top level), from what the store knows now; asks for nothing. */
export function childrenOf(
  state: TreeState,
  table: ElementTable,
  parent: TreeElement | undefined,
): readonly TreeElement[] {
  if (parent === undefined) {
    if (viewStateOf(state) !== 'ready') return [];
    return state
      .accounts()
      .map((account) => table.place(`account/${account.id}`, account.id, undefined, { kind: 'account' }));
  }
  const rows = createRows(table, parent);
  const ref = refOf(parent);
  // A branch shares its project's outcome: the project's own row below it would say it twice.
  if (ref !== undefined && parent.kind !== 'branch') addRetry(rows, state, parent.accountId, ref);
  switch (parent.kind) {
    case 'account':
      addOrganizations(rows, state, parent.accountId);
      break;
    case 'organization':
      addProjects(rows, state, parent.accountId, parent.organizationId);
      break;
    case 'project':
      if (state.known<'project'>(parent.accountId, { kind: 'project', projectId: parent.projectId }).value) {
        for (const branch of ['clusters', 'services', 'federation'] as const) {
          rows.add(branch, { kind: 'branch', projectId: parent.projectId, branch });
        }
      }
      break;
    case 'branch':
      addBranch(rows, state, parent);
      break;
    case 'deployment':
      if (parent.deploymentKind === 'serverless') {
        const { projectId, name: instanceName } = parent;
        const known = state.known<'serverless'>(parent.accountId, { kind: 'serverless', projectId, instanceName });
        for (const { id: endpointId } of known.value ?? []) {
          rows.add(`endpoint/${endpointId}`, { kind: 'serverless-endpoint', projectId, instanceName, endpointId });
        }
        if (known.value?.length === 0 && known.problem === undefined) rows.note('none', t('No private endpoint yet'));
      }
      break;
    case 'service': {
      const { projectId, provider, serviceId } = parent;
      const known = state.known<'service'>(parent.accountId, { kind: 'service', projectId, provider, serviceId });
      for (const { id: endpointId } of known.value?.endpoints ?? []) {
        rows.add(`endpoint/${endpointId}`, { kind: 'endpoint', projectId, provider, serviceId, endpointId });
      }
      for (const { endpointId, problem } of known.value?.missing ?? []) {
        rows.note(`missing/${endpointId}`, t('{0}: not read ({1})', endpointId, problem.code), 'warning');
      }
      if (known.value?.endpoints.length === 0 && known.value.missing.length === 0) {
        rows.note('none', parent.provider === 'AWS' ? t('No interface endpoint yet') : t('No private endpoint yet'));
      }
      break;
    }
    case 'endpoint':
    case 'serverless-endpoint':
    case 'federated-database':
    case 'federation-endpoint':
    case 'archive':
    case 'more':
    case 'retry':
    case 'note':
      break;
  }
  return rows.shown(state.shownBelow(parent.id));
}

/** True for rows that can be opened. */
export function isExpandable(element: TreeElement): boolean {
  switch (element.kind) {
    case 'account':
    case 'organization':
    case 'project':
    case 'branch':
    case 'service':
      return true;
    case 'deployment':
      return element.deploymentKind === 'serverless';
    case 'endpoint':
    case 'serverless-endpoint':
    case 'federated-database':
    case 'federation-endpoint':
    case 'archive':
    case 'more':
    case 'retry':
    case 'note':
      return false;
  }
}

interface Rows {
  add(key: string, draft: Draft): void;
  note(key: string, text: string, icon?: string): void;
  shown(limit: number): readonly TreeElement[];
}

function createRows(table: ElementTable, parent: TreeElement): Rows {
  const rows: TreeElement[] = [];
  const ids = new Set<string>();
  const add = (key: string, draft: Draft): void => {
    const id = `${parent.id}/${key}`;
    // The editor drops a whole level in which an id is there twice.
    if (ids.has(id)) return;
    ids.add(id);
    rows.push(table.place(id, parent.accountId, parent, draft));
  };
  return {
    add,
    // The text is part of the identity: a note whose text changes is another note.
    note: (key, text, icon = 'info') => add(`note/${key}/${text}`, { kind: 'note', text, icon }),
    shown: (limit) => {
      if (rows.length <= limit) return rows;
      const more = table.place(`${parent.id}/more/${String(limit)}/${String(rows.length)}`, parent.accountId, parent, {
        kind: 'more',
        of: t('{0} of {1} shown', limit, rows.length),
      });
      return [...rows.slice(0, limit), more];
    },
  };
}

function addRetry(rows: Rows, state: TreeState, accountId: string, ref: ElementRef): void {
  const known = state.known(accountId, ref as RefOf<'directory'>);
  if (known.problem !== undefined) rows.add('retry', { kind: 'retry', ref });
}

function addOrganizations(rows: Rows, state: TreeState, accountId: string): void {
  const known = state.known<'directory'>(accountId, { kind: 'directory' });
  const directory = known.value;
  if (directory === undefined) return;
  const matching = directory.projects.filter((project) => matches(state, accountId, project));
  const withProjects = new Set(matching.map(({ organizationId }) => organizationId));
  const shown = directory.organizations.filter(({ id }) => state.filter === '' || withProjects.has(id));
  for (const { id: organizationId } of byName(shown)) {
    rows.add(`organization/${organizationId}`, { kind: 'organization', organizationId });
  }
  if (!directory.complete) {
    const read = directory.projects.length;
    const text =
      // The total is an estimate.
      directory.total === undefined || directory.total < read
        ? t('{0} projects so far…', read)
        : t('{0} of {1} projects so far…', read, directory.total);
    rows.note('progress', text, 'loading~spin');
  } else if (directory.organizations.length === 0) {
    rows.note('none', t('This account sees no organization and no project.'));
  } else if (shown.length === 0) {
    rows.note('filtered', t('No project matches the filter: {0}', state.filter), 'filter');
  }
}

function addProjects(rows: Rows, state: TreeState, accountId: string, organizationId: string): void {
  const directory = state.known<'directory'>(accountId, { kind: 'directory' }).value;
  const projects = (directory?.projects ?? []).filter(
    (project) => project.organizationId === organizationId && matches(state, accountId, project),
  );
  for (const { id: projectId } of byName(projects)) rows.add(`project/${projectId}`, { kind: 'project', projectId });
  if (projects.length === 0 && directory?.complete === true) rows.note('none', t('No project in this organization'));
}

/** A project matches by its name, its id, or a cluster of it that is known already. */
function matches(state: TreeState, accountId: string, project: Project): boolean {
  const wanted = state.filter.toLocaleLowerCase();
  if (wanted === '') return true;
  if (project.id === wanted || project.name.toLocaleLowerCase().includes(wanted)) return true;
  const contents = state.known<'project'>(accountId, { kind: 'project', projectId: project.id }).value;
  return (
    contents !== undefined && deploymentsOf(contents).some(({ name }) => name.toLocaleLowerCase().includes(wanted))
  );
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => compareTexts(a.name, b.name));
}

/** The first one takes milliseconds to make: not before there is something to sort. */
let collator: Intl.Collator | undefined;

function compareTexts(one: string, other: string): number {
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return collator.compare(one, other);
}

function addBranch(rows: Rows, state: TreeState, { accountId, projectId, branch }: BranchElement): void {
  const contents = state.known<'project'>(accountId, { kind: 'project', projectId }).value;
  if (contents === undefined) return;
  const partNames: Readonly<Record<BranchElement['branch'], readonly string[]>> = {
    clusters: ['clusters', 'flexClusters', 'serverlessInstances'],
    services: ['AWS', 'AZURE', 'GCP', 'regionalizedMode'],
    federation: ['federatedDatabases', 'dataFederationEndpoints'],
  };
  const missing = contents.missing.filter(({ part }) => partNames[branch].includes(part));
  for (const { part, problem } of missing) rows.note(`missing/${part}`, notReadText(part, problem), 'warning');
  // There may be some that cannot be read.
  const isWhole = missing.length === 0;
  switch (branch) {
    case 'clusters': {
      for (const { kind, name } of byName(deploymentsOf(contents))) {
        rows.add(`deployment/${kind}/${name}`, { kind: 'deployment', projectId, deploymentKind: kind, name });
      }
      if (isWhole && deploymentsOf(contents).length === 0) rows.note('none', t('No cluster in this project'));
      break;
    }
    case 'services': {
      for (const provider of providers) {
        const sorted = [...contents.services[provider]].sort((a, b) => compareTexts(a.region, b.region));
        for (const { id: serviceId } of sorted) {
          rows.add(`service/${provider}/${serviceId}`, { kind: 'service', projectId, provider, serviceId });
        }
      }
      const count = providers.reduce((sum, provider) => sum + contents.services[provider].length, 0);
      if (isWhole && count === 0) rows.note('none', t('No endpoint service yet'));
      if (contents.regionalizedMode === true) {
        rows.note('mode', t('Regionalized private endpoints are on'), 'globe');
      }
      break;
    }
    case 'federation':
      addFederation(rows, state, { accountId, projectId, isWhole });
      break;
  }
}

function addFederation(
  rows: Rows,
  state: TreeState,
  { accountId, projectId, isWhole }: Pick<BranchElement, 'accountId' | 'projectId'> & { readonly isWhole: boolean },
): void {
  const contents = state.known<'project'>(accountId, { kind: 'project', projectId }).value;
  const ref = { kind: 'archives', projectId } as const;
  const archives = state.known<'archives'>(accountId, ref);
  addRetry(rows, state, accountId, ref);
  for (const { id: endpointId } of contents?.dataFederationEndpoints ?? []) {
    rows.add(`endpoint/${endpointId}`, { kind: 'federation-endpoint', projectId, endpointId });
  }
  for (const { name } of byName(contents?.federatedDatabases ?? [])) {
    rows.add(`database/${name}`, { kind: 'federated-database', projectId, name });
  }
  for (const { id: archiveId } of archives.value ?? []) {
    rows.add(`archive/${archiveId}`, { kind: 'archive', projectId, archiveId });
  }
  const endpoints = contents?.dataFederationEndpoints.length ?? 0;
  if (isWhole && endpoints === 0) rows.note('none', t('No private endpoint yet'));
}
