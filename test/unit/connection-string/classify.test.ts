import assert from 'node:assert/strict';
import { classify, type ConnectionStringForm, type StringNetwork } from '../../../src/connection-string/classify';
import { parseConnectionString } from '../../../src/connection-string/parse';

const cases: readonly (readonly [string, StringNetwork, ConnectionStringForm])[] = [
  ['mongodb+srv://cluster0-pl-0-k45tj.mongodb.net', 'private-endpoint', 'seedlist'],
  ['mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net', 'private-endpoint', 'seedlist'],
  ['mongodb+srv://Cluster0-PL-12.ab1cd.MongoDB.net.', 'private-endpoint', 'seedlist'],
  ['mongodb+srv://cluster0-pl-0-lb.ab1cd.mongodb.net', 'private-endpoint', 'optimized'],
  ['mongodb+srv://cluster0-pl-0-lb-ab1cd.mongodb.net', 'private-endpoint', 'optimized'],
  ['mongodb+srv://serverless0-pe-0.ab1cd.mongodb.net', 'private-endpoint', 'seedlist'],
  ['mongodb+srv://cluster0-pl-0.ab1cd.mongodbgov.net', 'private-endpoint', 'seedlist'],
  [
    'mongodb://pl-0-us-east-1-k45tj.mongodb.net:1024,pl-0-us-east-1-k45tj.mongodb.net:1025/?ssl=true',
    'private-endpoint',
    'standard',
  ],
  ['mongodb://pl-0-us-east-1.ab1cd.mongodb.net:1024/?loadBalanced=true', 'private-endpoint', 'standard'],
  ['mongodb+srv://cluster0-pri.ab1cd.mongodb.net', 'peering', 'seedlist'],
  ['mongodb+srv://cluster0-pri-ab1cd.mongodb.net', 'peering', 'seedlist'],
  ['mongodb://cluster0-shard-00-00-pri-ab1cd.mongodb.net:27017/', 'peering', 'standard'],
  ['mongodb+srv://cluster0.ab1cd.mongodb.net', 'public', 'seedlist'],
  ['mongodb+srv://cluster0-ab1cd.mongodb.net', 'public', 'seedlist'],
  ['mongodb+srv://apl-0.ab1cd.mongodb.net', 'public', 'seedlist'],
  ['mongodb+srv://shop-pl-west.ab1cd.mongodb.net', 'public', 'seedlist'],
  ['mongodb://cluster0-shard-00-00.ab1cd.mongodb.net:27017/', 'public', 'standard'],
  ['mongodb://archive-ab1cd.a.query.mongodb.net/', 'data-federation', 'standard'],
  ['mongodb://vpce-0f1e-archive-ab1cd.a.query.mongodb.net/', 'data-federation', 'standard'],
  ['mongodb://localhost', 'not-atlas', 'standard'],
  ['mongodb+srv://cluster0-pl-0.ab1cd.mongodb.net.example.com', 'not-atlas', 'seedlist'],
  ['mongodb://mongodb.net', 'not-atlas', 'standard'],
  // The weakest of hosts that disagree.
  ['mongodb://pl-0-us-east-1.ab1cd.mongodb.net:1024,cluster0-shard-00-00.ab1cd.mongodb.net', 'public', 'standard'],
];

describe('kind of a connection string', () => {
  for (const [text, network, form] of cases) {
    it(`${text}: ${network}, ${form}`, () => {
      const parsed = parseConnectionString(text);
      assert.ok(parsed.ok);
      assert.deepEqual(classify(parsed.value), { network, form });
    });
  }
});
