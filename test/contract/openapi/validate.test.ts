import assert from 'node:assert/strict';
import { loadDescription } from './description';
import { createValidator, type Validator } from './validate';

const group = '32b6e34b3d91647abb20e7b8';
const json = 'application/vnd.atlas.2023-01-01+json';
const services = `/api/atlas/v2/groups/${group}/privateEndpoint`;
const description = loadDescription();

if ('absent' in description) it(`the check against the official description is not tried: ${description.absent}`);
else {
  describe('the check against the official description', () => {
    let validator: Validator;
    before(() => {
      validator = createValidator(description);
    });
    const create = (body: unknown, headers: Record<string, string> = {}): readonly string[] =>
      validator.validateRequest({
        method: 'POST',
        path: `${services}/endpointService`,
        headers: { accept: json, 'content-type': json, ...headers },
        body: JSON.stringify(body),
      });
    const answer = (body: unknown, status = 200): readonly string[] =>
      validator.validateResponse({
        method: 'GET',
        path: `${services}/AWS/endpointService/${group}`,
        status,
        contentType: json,
        body: JSON.stringify(body),
      });

    it('accepts a described request', () => {
      assert.deepEqual(create({ providerName: 'AWS', region: 'us-east-1' }), []);
    });

    it('finds a missing, a mistyped and an undescribed property', () => {
      assert.match(create({ providerName: 'AWS' }).join(), /region/);
      assert.match(create({ providerName: 'AWS', region: 1 }).join(), /string/);
      assert.match(create({ providerName: 'AWS', region: 'us-east-1', regoin: 'x' }).join(), /regoin/);
    });

    it('finds a wrong media type, query parameter and path', () => {
      assert.match(create({ providerName: 'AWS', region: 'r' }, { accept: 'application/json' }).join(), /Accept/);
      const request = { method: 'GET', headers: { accept: json } };
      assert.match(validator.validateRequest({ ...request, path: '/api/atlas/v2/groups?page=1' }).join(), /page/);
      assert.match(validator.validateRequest({ ...request, path: '/api/atlas/v2/groups/nonsense' }).join(), /groupId/);
      assert.match(validator.validateRequest({ ...request, path: '/api/atlas/v2/teapots' }).join(), /no operation/);
    });

    it('accepts what Atlas really answers where that differs from the description', () => {
      const service = {
        id: group,
        cloudProvider: 'AWS',
        regionName: 'US_EAST_1',
        status: 'INITIATING',
        errorMessage: null,
        endpointServiceName: null,
        interfaceEndpoints: ['vpce-0123456789abcdef0'],
      };
      assert.deepEqual(answer(service), []);
      assert.match(answer({ ...service, interfaceEndpoints: undefined }).join(), /interfaceEndpoints/);
      assert.match(answer({ ...service, status: 'NEW' }).join(), /status/);
    });

    it('checks errors too', () => {
      assert.deepEqual(
        answer({ error: 404, errorCode: 'RESOURCE_NOT_FOUND', reason: 'Not Found', parameters: [] }, 404),
        [],
      );
      assert.match(answer({ error: 404 }, 404).join(), /errorCode/);
      assert.match(answer({}, 418).join(), /418/);
    });
  });
}
