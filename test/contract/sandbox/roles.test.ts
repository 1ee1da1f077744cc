import assert from 'node:assert/strict';
import { openAtlas } from '../../../src/accounts/open-atlas';
import { operations, type Operation } from '../../../src/atlas/operations';
import type { AtlasApi } from '../../../src/core/atlas-api';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { problemOf } from '../../../src/core/problem';
import { describeProblem } from '../../../src/messages/problem-text';
import { rolesOfOperations } from '../../../src/sandbox/atlas/roles';
import { ensureService } from '../../../src/setup/endpoint-service';
import { loadDirectory, loadProject } from '../../../src/store/loaders';
import { startAtlasUnderTest, type AtlasUnderTest } from '../../builders/sandbox';
import { loadDescription } from '../openapi/description';

const { signal } = new AbortController();

/** What is done in a project, and the role that is named when that is refused. */
const deeds = {
  'look at it': {
    names: 'Project Read Only',
    act: async (api: AtlasApi, id: string) => {
      const { missing } = await loadProject(api, id, undefined, signal);
      assert.deepEqual(missing, []);
      await api.listDatabaseUsers(id);
      await api.listAccessList(id);
    },
  },
  'set up an endpoint service': {
    names: 'Project Owner',
    act: (api: AtlasApi, projectId: string) =>
      ensureService(
        { api, clock: systemClock, logger: silentLogger },
        { projectId, provider: 'AWS', region: 'AP_SOUTHEAST_2' },
      ),
  },
  'create a database user': {
    names: 'Project Database Access Admin',
    act: (api: AtlasApi, id: string) =>
      api.createDatabaseUser(id, {
        username: 'sandbox-user',
        authDatabase: 'admin',
        roles: [{ role: 'read', database: 'sandbox' }],
        scopes: [],
        password: 'sandbox-password-1',
      }),
  },
  'let an address in': {
    names: 'Project Network Access Manager',
    act: (api: AtlasApi, id: string) => api.addAccessListEntry(id, { entry: '192.0.2.7' }),
  },
} as const;

/** By role, as the API names it: what it lets somebody do. */
const allowed: Readonly<Record<string, readonly (keyof typeof deeds)[]>> = {
  ORG_OWNER: ['look at it', 'set up an endpoint service', 'create a database user', 'let an address in'],
  GROUP_OWNER: ['look at it', 'set up an endpoint service', 'create a database user', 'let an address in'],
  GROUP_DATABASE_ACCESS_ADMIN: ['look at it', 'create a database user'],
  GROUP_STREAM_PROCESSING_OWNER: ['look at it', 'create a database user'],
  GROUP_NETWORK_ACCESS_MANAGER: ['look at it', 'let an address in'],
  GROUP_READ_ONLY: ['look at it'],
  ORG_MEMBER: [],
};

describe('roles in the sandbox’s Atlas', () => {
  let sandbox: AtlasUnderTest;
  afterEach(() => sandbox.close());

  async function signIn(role: string) {
    sandbox = await startAtlasUnderTest();
    const { credentials, atlas } = sandbox.world;
    const isOrganization = role.startsWith('ORG_');
    atlas.roles.organization = isOrganization ? [role] : [];
    atlas.roles.project = isOrganization ? [] : [role];
    const { clientId, clientSecret } = credentials;
    return openAtlas(
      sandbox.atlas.baseUrl,
      { kind: 'service-account', clientId, clientSecret },
      { clock: systemClock, logger: silentLogger, onSecret: () => undefined },
    );
  }

  for (const [role, may] of Object.entries(allowed)) {
    it(`${role} may ${may.length === 0 ? 'do nothing in a project' : may.join(', ')}, and no more`, async () => {
      const api = await signIn(role);
      const { id } = sandbox.project('storefront-sandbox');
      for (const [name, { act, names }] of Object.entries(deeds)) {
        const outcome = await act(api, id).then(
          () => undefined,
          (error: unknown) => problemOf(error) ?? assert.fail(String(error)),
        );
        if (may.some((one) => one === name)) {
          assert.equal(outcome, undefined, `${name}: ${outcome?.evidence ?? ''}`);
          continue;
        }
        assert.equal(outcome?.code, 'ATLAS_FORBIDDEN', name);
        // A set-up looks first.
        const refused = name === 'set up an endpoint service' && may.length === 0 ? 'Project Read Only' : names;
        assert.ok(describeProblem(outcome).fixes.join(' ').includes(`"${refused}"`), name);
      }
    });
  }

  it('let a member of an organization see it and none of its projects', async () => {
    const { value } = await loadDirectory(await signIn('ORG_MEMBER'), () => undefined, signal);
    assert.deepEqual(value.projects, []);
    assert.equal(value.organizations.length, sandbox.world.atlas.organizations.size);
  });

  it('let a key of a project see projects and no organization', async () => {
    const { value } = await loadDirectory(await signIn('GROUP_READ_ONLY'), () => undefined, signal);
    assert.equal(value.projects.length, sandbox.world.atlas.projects.size);
    for (const { id, name } of value.organizations) assert.equal(name, id);
  });

  it('are not made up where the description names none', async () => {
    const api = await signIn('GROUP_OWNER');
    sandbox.world.faults.set('atlas-forbidden', true);
    const outcome = await api.checkSignIn().then(
      () => assert.fail('it resolved'),
      (error: unknown) => problemOf(error) ?? assert.fail(String(error)),
    );
    assert.deepEqual(describeProblem(outcome).fixes[0], 'Have a role that may do this assigned to the account.');
  });
});

describe('roles by operation against the official description', () => {
  const description = loadDescription();
  if ('absent' in description) {
    it(`are not checked: ${description.absent}`);
    return;
  }
  const described = Object.fromEntries(description.operations.map(({ operationId, roles }) => [operationId, roles]));

  it('are the sandbox’s', () => {
    assert.deepEqual(rolesOfOperations, described);
  });

  it('hold the one that the client names', () => {
    const named = Object.entries<Operation>(operations).map(([id, { role }]) => [id, role]);
    assert.deepEqual(
      named,
      named.map(([id = '']) => [id, described[id]?.[0]]),
    );
  });
});
