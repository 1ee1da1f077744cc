import { t } from '@vscode/l10n';
import type { Account } from '../../accounts/account';
import type { Deployment } from '../../core/deployment';
import { isCancellation, problemOf } from '../../core/problem';
import type { Project } from '../../core/project';
import { describeProblem } from '../../messages/problem-text';
import { deploymentsOf, type ProjectContents } from '../../store/element';
import { loadFresh } from '../../store/load-fresh';
import { accountData, bounded, type Found, type ToolPorts } from './tool-answer';

/** A project of an account with what it contains. */
export interface Place {
  readonly account: Account;
  readonly project: Project;
  readonly contents: ProjectContents;
  /** When Atlas said so, milliseconds since the epoch. */
  readonly asOf: number | undefined;
}

/** Every project of every account that can be read, and why the others cannot. */
export async function listProjects(ports: ToolPorts): Promise<{
  readonly projects: readonly { readonly account: Account; readonly project: Project }[];
  readonly unreadable: readonly { readonly account: string; readonly reason: string }[];
}> {
  const results = await Promise.all(
    ports.accounts.list().map(async (account) => {
      try {
        const { value } = await loadFresh(ports.store, account.id, { kind: 'directory' }, ports.clock);
        return { account, projects: value.projects };
      } catch (error) {
        if (isCancellation(error)) throw error;
        const reason = problemOf(error);
        return { account, reason: reason === undefined ? t('unknown reason') : describeProblem(reason).title };
      }
    }),
  );
  return {
    projects: results.flatMap(({ account, projects }) => (projects ?? []).map((project) => ({ account, project }))),
    unreadable: results.flatMap(({ account, reason }) =>
      reason === undefined ? [] : [{ account: account.label, reason }],
    ),
  };
}

/** The project with this id or name, upper or lower case alike, and what it contains. Throws problems of Atlas. */
export async function findPlace(ports: ToolPorts, wanted: string): Promise<Found<Place>> {
  const { projects, unreadable } = await listProjects(ports);
  const key = wanted.trim().toLowerCase();
  const named = projects.filter(({ project: { id, name } }) => id === wanted.trim() || name.toLowerCase() === key);
  // Two accounts may see one project: it is the same by either.
  const exact = [...new Map(named.toReversed().map((one) => [one.project.id, one])).values()].toReversed();
  const [only] = exact;
  if (only === undefined || exact.length > 1) {
    const list = exact.length > 1 ? exact : projects.filter(({ project: { name } }) => isLike(name, key));
    const { items, leftOut } = bounded(isEmpty(list) ? projects : list);
    return {
      answer: {
        sentence:
          exact.length > 1
            ? t('Several projects are called {0}. Give the id of one of them.', wanted)
            : t('No project that can be read is called {0}.', wanted),
        data: {
          projects: items.map(({ account, project: { id, name } }) => ({ id, name, ...accountData(account) })),
          ...(leftOut === undefined ? {} : { leftOut }),
          ...(isEmpty(unreadable) ? {} : { unreadable }),
        },
      },
    };
  }
  const ref = { kind: 'project', projectId: only.project.id } as const;
  const { value, asOf } = await loadFresh(ports.store, only.account.id, ref, ports.clock);
  return { found: { ...only, contents: value, asOf } };
}

/** The deployment of a project by its name. */
export function findDeployment({ project, contents }: Place, wanted: string): Found<Deployment> {
  const all = deploymentsOf(contents);
  const key = wanted.trim().toLowerCase();
  const found = all.find(({ name }) => name.toLowerCase() === key);
  if (found !== undefined) return { found };
  return {
    answer: {
      sentence: t('{0} has no cluster called {1}.', project.name, wanted),
      data: { clusters: bounded(all.map(({ name }) => name)).items },
    },
  };
}

function isLike(name: string, key: string): boolean {
  return key !== '' && name.toLowerCase().includes(key);
}

function isEmpty(list: readonly unknown[]): boolean {
  return list.length === 0;
}
