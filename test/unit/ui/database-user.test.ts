import assert from 'node:assert/strict';
import { problem, ProblemError, problemOf } from '../../../src/core/problem';
import { askNewUser, type NewUserWish } from '../../../src/ui/database-user/ask-new-user';
import { createOnce, generatePassword, requestOf } from '../../../src/ui/database-user/new-user';
import { databaseNameFault, usernameFault } from '../../../src/ui/database-user/roles';
import { back, type Prompts } from '../../../src/ui/prompts/prompts';
import { startSandboxStore, type SandboxStore } from './sandbox-store';

/** Answers questions in order: a pick by the beginning of its label, an input by its text. */
function prompts(...replies: readonly (string | typeof back | undefined)[]): Prompts & { readonly left: unknown[] } {
  const left = [...replies];
  return {
    left,
    pick: async ({ choices }) => {
      const reply = left.shift();
      if (typeof reply !== 'string') return reply;
      const found = (await choices).find(({ label }) => label.startsWith(reply));
      assert.ok(found, reply);
      return found.value;
    },
    input: ({ validate }) => {
      const reply = left.shift();
      if (typeof reply === 'string') assert.equal(validate?.(reply), undefined);
      return Promise.resolve(reply);
    },
    confirm: () => Promise.reject(new Error('no confirmation is expected')),
    file: () => Promise.reject(new Error('no file is expected')),
  };
}

const place = { cluster: 'Cluster0', taken: new Set(['taken']) };

describe('a new database user', () => {
  it('is asked for with the least privilege first', async () => {
    const asked = prompts('orders-app', 'Read and write one', 'orders', 'Only Cluster0', '1 week', 'Keep');
    assert.deepEqual(await askNewUser(asked, place), {
      username: 'orders-app',
      role: 'readWrite',
      database: 'orders',
      cluster: 'Cluster0',
      lifetimeHours: 168,
      fate: 'remember',
    } satisfies NewUserWish);
    assert.deepEqual(asked.left, []);
  });

  it('is not asked for a database that its role leaves no choice of, also after going back', async () => {
    const asked = prompts(
      'a',
      'Read and write one',
      'orders',
      back,
      back,
      'Read any',
      'All',
      back,
      'Only',
      'Until',
      'Show',
    );
    const wish = await askNewUser(asked, place);
    assert.equal(wish?.role, 'readAnyDatabase');
    assert.equal(wish.database, 'admin');
    assert.equal(wish.fate, 'show-once');
    assert.deepEqual(asked.left, []);
  });

  it('has what was typed in its boxes again after going back', async () => {
    const forth = ['orders-app', 'Read and write one', 'orders'] as const;
    const asked = prompts(...forth, back, back, back, ...forth, back, back, 'Read one', 'orders', undefined);
    const values: (string | undefined)[] = [];
    const spied: Prompts = {
      ...asked,
      input: (question) => {
        values.push(question.value);
        return asked.input(question);
      },
    };
    assert.equal(await askNewUser(spied, place), undefined);
    assert.deepEqual(asked.left, []);
    assert.deepEqual(values, ['', '', 'orders', 'orders-app', 'orders', 'orders', 'orders']);
  });

  it('is not created when a question is dismissed', async () => {
    assert.equal(await askNewUser(prompts('a', 'Read one', 'x', 'Only', undefined), place), undefined);
  });

  it('gets a name that is free and a database name that MongoDB takes', () => {
    assert.ok(usernameFault('taken', place.taken));
    assert.ok(usernameFault(' ', place.taken));
    assert.ok(usernameFault('a\u0007b', place.taken));
    assert.ok(usernameFault('a'.repeat(1025), place.taken));
    assert.equal(usernameFault('a@b/c:d', place.taken), undefined);
    for (const name of ['', 'a.b', 'a b', 'a/b', 'a$b', 'ä'.repeat(32)]) assert.ok(databaseNameFault(name), name);
    assert.equal(databaseNameFault('orders_2-x'), undefined);
  });

  it('gets a password of its own that needs no encoding', () => {
    const passwords = Array.from({ length: 50 }, generatePassword);
    assert.equal(new Set(passwords).size, 50);
    for (const password of passwords) {
      assert.ok(password.length >= 32);
      assert.equal(encodeURIComponent(password), password);
    }
  });
});

describe('creating a database user', () => {
  let sandbox: SandboxStore;
  let projectId: string;
  const wish: NewUserWish = {
    username: 'a@b/c',
    role: 'readWrite',
    database: 'orders',
    cluster: 'Cluster0',
    lifetimeHours: 24,
    fate: 'remember',
  };
  before(async () => {
    sandbox = await startSandboxStore();
    projectId = sandbox.project('storefront-sandbox').id;
  });
  after(() => sandbox.close());

  it('tells Atlas role, scope and end', async () => {
    const now = Date.now();
    await createOnce(sandbox.api, projectId, requestOf(wish, generatePassword(), now));
    const user = await sandbox.api.getDatabaseUser(projectId, 'admin', wish.username);
    assert.deepEqual(user.roles, [{ role: 'readWrite', database: 'orders' }]);
    assert.deepEqual(user.scopes, ['Cluster0']);
    const ends = Date.parse(user.deleteAfter ?? '');
    assert.ok(ends > now + 23 * 3_600_000 && ends < now + 24 * 3_600_000);
  });

  it('does not take over a user that is there already', async () => {
    await assert.rejects(createOnce(sandbox.api, projectId, requestOf(wish, generatePassword(), 0)), (error) => {
      assert.equal(problemOf(error)?.code, 'ATLAS_CONFLICT');
      return true;
    });
  });

  it('finds out what has become of a request whose reply was lost', async () => {
    const lost = new ProblemError(problem('ATLAS_TIMEOUT', 'reply lost'));
    const look: SandboxStore['api']['getDatabaseUser'] = (...args) => sandbox.api.getDatabaseUser(...args);
    const request = requestOf({ ...wish, username: 'after-a-lost-reply' }, generatePassword(), Date.now());
    await createOnce(
      {
        getDatabaseUser: look,
        createDatabaseUser: async (...args) => {
          await sandbox.api.createDatabaseUser(...args);
          throw lost;
        },
      },
      projectId,
      request,
    );
    await assert.rejects(
      createOnce({ getDatabaseUser: look, createDatabaseUser: () => Promise.reject(lost) }, projectId, {
        ...request,
        username: 'never-arrived',
      }),
      lost,
    );
  });
});
