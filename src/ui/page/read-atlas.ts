import { problemOf } from '../../core/problem';
import { projectOf, type Page } from './page';
import { pageKey } from './page-ref';
import { elementOf, subjectOf } from './subject';

/** Reads what the page needs and is not known yet. Never rejects. */
export async function loadPage(page: Page): Promise<void> {
  const { ref, ports } = page;
  const { accountId, projectId } = ref;
  if (ports.accounts.get(accountId) === undefined) return;
  void readRoles(page);
  const parts = [
    ports.store.ensure(accountId, { kind: 'directory' }),
    ports.store.ensure(accountId, { kind: 'project', projectId }),
  ];
  if (ref.kind === 'serverless') {
    parts.push(ports.store.ensure(accountId, { kind: 'serverless', projectId, instanceName: ref.instanceName }));
  }
  await Promise.all(parts);
  page.update();
  await refreshOld(page);
}

/** What is older is asked again when somebody looks at it; milliseconds. */
const fresh = 15_000;

/** Asks again when what is known is not from just now: another window, or Atlas itself, may have changed it since. */
export async function refreshOld(page: Page): Promise<void> {
  const { ports, ref } = page;
  const { asOf } = ports.store.known<'project'>(ref.accountId, projectOf(page));
  const isSignedIn = ports.accounts.get(ref.accountId) !== undefined;
  if (asOf !== undefined && ports.clock.now() - asOf > fresh && isSignedIn) await refresh(page);
  else page.update();
}

/** What the account may do, for the checks; not knowing it is no failure. */
export async function readRoles(page: Page): Promise<void> {
  const { ports, ref } = page;
  try {
    const { roles } = await (await ports.apiOf(ref.accountId)).checkSignIn();
    // A service account need not tell its roles: nothing is known then.
    page.roles = roles.length === 0 ? undefined : roles;
    page.update();
  } catch (error) {
    ports.logger.debug(`Set-up: roles not read: ${problemOf(error)?.code ?? 'failed'}`);
  }
}

/** Asks Atlas, and the AWS account where it is in use, again about everything that the page shows. */
export async function refresh(page: Page): Promise<void> {
  page.aws.forget('endpoints');
  await refreshAtlas(page);
}

/** Asks Atlas again about everything that the page shows. */
export async function refreshAtlas(page: Page): Promise<void> {
  const { ref, ports } = page;
  await ports.store.refreshChanged(ref.accountId, projectOf(page));
  if (page.ref.kind === 'serverless') {
    const { accountId, projectId, instanceName } = page.ref;
    await ports.store.refreshChanged(accountId, { kind: 'serverless', projectId, instanceName });
  }
  const followed = followedBy(page);
  if (followed !== undefined) await readEndpoint(page, followed.endpointId);
}

/** What was cut off may have been done in part: how it stands is asked then. Not by a page that is closed. */
export async function lookAfterwards(page: Page): Promise<void> {
  if (page.isClosed()) return;
  await refresh(page);
  page.update();
}

/** A service lists only the ids of its endpoints: the one that the page follows is read by itself, with one call. */
export async function readFollowed(page: Page): Promise<void> {
  const followed = followedBy(page);
  if (followed === undefined || followed.isKnown) return;
  const key = `${pageKey(page.ref)}/${followed.endpointId}`;
  if (page.followed.has(key)) return;
  page.followed.add(key);
  await readEndpoint(page, followed.endpointId);
}

/** Reads one endpoint of the service that the page is about. */
export async function readEndpoint({ ref, draft, ports }: Page, endpointId: string): Promise<void> {
  const element = elementOf(subjectOf(ref, draft, ports.store));
  if (element !== undefined) await ports.store.refreshEndpoints(ref.accountId, element, [endpointId]);
}

function followedBy({
  ref,
  draft,
  ports,
}: Page): { readonly endpointId: string; readonly isKnown: boolean } | undefined {
  if (ref.kind !== 'service') return undefined;
  const subject = subjectOf(ref, draft, ports.store);
  if (subject.kind !== 'service' || subject.endpointId === undefined) return undefined;
  return { endpointId: subject.endpointId, isKnown: subject.endpoint !== undefined };
}
