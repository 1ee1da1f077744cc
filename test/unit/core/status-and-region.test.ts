import assert from 'node:assert/strict';
import { providers } from '../../../src/core/provider';
import {
  findRegion,
  regionLabel,
  regionsOf,
  toAtlasRegion,
  toCloudRegion,
  toRequestRegion,
} from '../../../src/core/region';
import {
  dataFederationEndpointStatus,
  endpointStatus,
  knownStatuses,
  serverlessEndpointStatus,
  serviceStatus,
} from '../../../src/core/status';
import { describeStatus } from '../../../src/messages/status-text';

describe('regions', () => {
  for (const provider of providers) {
    it(`of ${provider} lead both ways, each spelling to one region`, () => {
      const regions = regionsOf(provider);
      for (const { atlas, cloud } of regions) {
        assert.equal(toCloudRegion(provider, atlas), cloud);
        assert.equal(toAtlasRegion(provider, cloud), atlas);
      }
      assert.equal(new Set(regions.map(({ atlas }) => atlas)).size, regions.length);
      assert.equal(new Set(regions.map(({ cloud }) => cloud)).size, regions.length);
    });
  }

  it('follow no rule at Azure and Google Cloud', () => {
    assert.equal(toCloudRegion('AZURE', 'US_EAST_2'), 'eastus2');
    assert.equal(toCloudRegion('GCP', 'CENTRAL_US'), 'us-central1');
    assert.equal(toCloudRegion('GCP', 'CENTRAL_US_AW'), 'us-central1');
    assert.equal(toAtlasRegion('GCP', 'europe-west1'), 'WESTERN_EUROPE');
  });

  it('that are new follow the rule at AWS and are kept elsewhere', () => {
    assert.deepEqual(findRegion('AWS', 'xx-northwest-9'), {
      atlas: 'XX_NORTHWEST_9',
      cloud: 'xx-northwest-9',
      name: 'xx-northwest-9',
    });
    assert.equal(toCloudRegion('AZURE', 'MOON_1'), 'MOON_1');
    assert.equal(findRegion('AWS', 'constructor'), undefined);
    assert.equal(toRequestRegion('AWS', 'US_EAST_1'), 'us-east-1');
    assert.equal(regionLabel('AWS', 'US_EAST_1'), 'N. Virginia (us-east-1)');
  });
});

describe('statuses', () => {
  it("carry the seed's words and kinds", () => {
    assert.equal(serviceStatus('INITIATING').word, 'Creating private link');
    assert.equal(endpointStatus('AWS', 'NONE').word, 'Not configured');
    assert.equal(endpointStatus('AWS', 'PENDING_ACCEPTANCE').word, 'Pending acceptance');
    assert.deepEqual(
      ['AVAILABLE', 'PENDING', 'NONE', 'REJECTED', 'DELETING'].map((value) => endpointStatus('AWS', value).kind),
      ['available', 'moving', 'waiting', 'failed', 'leaving'],
    );
  });

  it('that Atlas invents later keep their word and move nothing', () => {
    for (const value of ['TELEPORTING', 'constructor', '']) {
      const meaning = endpointStatus('GCP', value);
      assert.deepEqual([meaning.word, meaning.kind, meaning.moves], [value, 'unknown', false]);
    }
  });

  it('all have an explanation, and a next action where they wait or failed', () => {
    const all = [
      ...knownStatuses.service.map(serviceStatus),
      ...providers.flatMap((provider) => knownStatuses.endpoint[provider].map((one) => endpointStatus(provider, one))),
      ...knownStatuses.serverless.map(serverlessEndpointStatus),
      ...knownStatuses.dataFederation.map(dataFederationEndpointStatus),
    ];
    for (const meaning of all) {
      const text = describeStatus(meaning);
      assert.notEqual(text.explanation, '');
      if (meaning.kind === 'waiting' || meaning.kind === 'failed') assert.ok(text.nextAction, meaning.value);
      if (meaning.kind === 'moving') assert.ok(meaning.moves, meaning.value);
    }
  });
});
