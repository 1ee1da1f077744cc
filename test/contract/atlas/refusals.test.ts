import assert from 'node:assert/strict';
import { apiKeySignIn } from '../../../src/atlas/api-key';
import { createAtlasApi } from '../../../src/atlas/atlas-client';
import type { Fetch } from '../../../src/atlas/send';
import { serviceAccountSignIn } from '../../../src/atlas/service-account';
import { systemClock } from '../../../src/core/clock';
import { silentLogger } from '../../../src/core/logger';
import { problemOf, type Problem } from '../../../src/core/problem';
import { describeProblem } from '../../../src/messages/problem-text';
import { createAtlasStore } from '../../../src/store/atlas-store';
import { startAtlasUnderTest } from '../../builders/sandbox';

for (const kind of ['service account', 'API key'] as const) {
  describe(`refusals of Atlas and of what stands before it: ${kind}`, () => {
    const close: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const one of close.splice(0)) await one();
    });

    async function signedIn() {
      const sandbox = await startAtlasUnderTest();
      close.push(() => sandbox.close());
      const { baseUrl } = sandbox.atlas;
      const { publicKey, privateKey, clientId, clientSecret } = sandbox.world.credentials;
      const asked: string[] = [];
      const fetch: Fetch = (url, init) => {
        asked.push(new URL(url).pathname);
        return globalThis.fetch(url, init);
      };
      const clock = systemClock;
      const authorize =
        kind === 'API key'
          ? apiKeySignIn({ publicKey, privateKey })
          : serviceAccountSignIn({ baseUrl, clientId, clientSecret, fetch, clock });
      const api = createAtlasApi({ baseUrl, authorize, fetch, clock });
      const projectId = sandbox.project('storefront-sandbox').id;
      await api.getProject(projectId);
      asked.length = 0;
      return { sandbox, api, asked, projectId };
    }

    const refused = (promise: Promise<unknown>): Promise<Problem> =>
      promise.then(
        () => assert.fail('it resolved'),
        (error: unknown) => problemOf(error) ?? assert.fail(String(error)),
      );

    for (const withStatus of [401, 403]) {
      it(`a role that is missing is no wrong key, and costs one request each: ${withStatus}`, async () => {
        const { sandbox, api, asked, projectId } = await signedIn();
        sandbox.world.faults.set('atlas-read-only', true);
        if (withStatus === 403) sandbox.world.faults.set('atlas-forbidden-403', true);
        for (let time = 1; time <= 4; time += 1) {
          const found = await refused(api.createEndpointService(projectId, { provider: 'AWS', region: 'US_EAST_1' }));
          assert.equal(found.code, 'ATLAS_FORBIDDEN');
          assert.match(found.evidence ?? '', new RegExp(`^HTTP ${withStatus} USER_UNAUTHORIZED`));
          assert.match(describeProblem(found).fixes.join(' '), /Project Owner/);
          assert.equal(asked.length, time);
        }
        await api.getProject(projectId);
        assert.equal(asked.length, 5);
      });

      it(`a list of organizations that is refused leaves the projects in the tree: ${withStatus}`, async () => {
        const { sandbox, api } = await signedIn();
        const clock = systemClock;
        const apiOf = () => Promise.resolve(api);
        const store = createAtlasStore({ apiOf, clock, logger: silentLogger, storageOf: () => undefined });
        close.unshift(() => store.dispose());
        sandbox.world.faults.set('atlas-forbidden', true, 'listOrgs');
        if (withStatus === 403) sandbox.world.faults.set('atlas-forbidden-403', true);
        await store.refresh('a', { kind: 'directory' });
        const { value, problem } = store.known<'directory'>('a', { kind: 'directory' });
        assert.equal(problem, undefined);
        assert.equal(value?.projects.length, sandbox.world.atlas.projects.size);
        assert.ok(value.organizations.length > 0);
      });
    }

    it('a key that is not accepted is one, and is named as what it is', async () => {
      const { sandbox, api, projectId } = await signedIn();
      sandbox.world.faults.set('atlas-unauthorized', true);
      const found = await refused(api.getProject(projectId));
      assert.equal(found.code, 'ATLAS_SIGN_IN_REFUSED');
      assert.ok(describeProblem(found).title.includes(kind));
    });

    it('the page of a proxy is none of Atlas, and is not answered with a new sign-in', async () => {
      const { sandbox, api, asked, projectId } = await signedIn();
      sandbox.world.faults.set('proxy-401', true);
      const found = await refused(api.getProject(projectId));
      assert.equal(found.code, 'ATLAS_REPLY_UNREADABLE');
      const { detail, fixes } = describeProblem(found);
      assert.match(detail ?? '', /^Something other than Atlas answered/);
      assert.match(fixes.join(' '), /proxy/);
      assert.equal(asked.length, 1);
    });
  });
}
