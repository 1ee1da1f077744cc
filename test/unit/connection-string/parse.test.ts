import assert from 'node:assert/strict';
import fc from 'fast-check';
import { optionOf, parseConnectionString, type ConnectionString } from '../../../src/connection-string/parse';
import { renderConnectionString, type StringParts } from '../../../src/connection-string/render';
import { stringFaults } from '../../../src/core/problem-codes/connection-string';
import { describeProblem } from '../../../src/messages/problem-text';
import { accepted, refused } from './specification-cases';
import { assertGrowsWithLength } from '../growth';

function parsed(text: string): ConnectionString {
  const result = parseConnectionString(text);
  assert.ok(result.ok, `${text}: ${result.ok ? '' : JSON.stringify(result.problem)}`);
  return result.value;
}

/** What a string says, without places in the text. */
function meaning(string: ConnectionString): StringParts {
  return {
    scheme: string.scheme,
    ...(string.username === undefined ? {} : { username: string.username }),
    ...(string.password === undefined ? {} : { password: string.password }),
    hosts: string.hosts.map(({ host, port }) => ({ host, ...(port === undefined ? {} : { port }) })),
    ...(string.database === undefined ? {} : { database: string.database }),
    options: string.options.map(({ name, value }) => ({ name, value })),
  };
}

describe('parser of connection strings', () => {
  for (const { text, says } of accepted) {
    it(`accepts ${text}`, () => {
      const { hosts, options, ...rest } = meaning(parsed(text));
      assert.deepEqual(
        {
          ...rest,
          hosts: hosts.map(({ host, port }) => (port === undefined ? host : `${host} ${port}`)),
          options: options.map(({ name, value }) => `${name}=${value}`),
        },
        { options: [], ...says },
      );
    });
  }

  for (const { text, reason, at } of refused) {
    it(`refuses ${JSON.stringify(text)}: ${reason}`, () => {
      const result = parseConnectionString(text);
      assert.ok(!result.ok);
      assert.equal(result.problem.code, 'STRING_MALFORMED');
      assert.deepEqual(result.problem.parameters, { reason, position: String(at) });
    });
  }

  it('knows every fault, and has other words for each', () => {
    const reasons = new Set(refused.map(({ reason }) => reason));
    assert.deepEqual(
      [...stringFaults].filter((fault) => !reasons.has(fault)),
      [],
    );
    const texts = stringFaults.map((reason) => {
      const text = describeProblem({ code: 'STRING_MALFORMED', subject: '', parameters: { reason, position: '4' } });
      assert.ok(text.fixes.length > 0);
      return text.detail;
    });
    assert.equal(new Set(texts).size, stringFaults.length);
  });

  it('says where each piece stands', () => {
    const text = 'mongodb://us%40er:p%2Fw@a.example:1024,[::1]:1025/db?tls=true&appName=x%20y';
    const string = parsed(text);
    const at = (span: { start: number; end: number } | undefined) => text.slice(span?.start, span?.end);
    assert.equal(at(string.credentialsSpan), 'us%40er:p%2Fw');
    assert.equal(at(string.usernameSpan), 'us%40er');
    assert.equal(at(string.passwordSpan), 'p%2Fw');
    assert.equal(at(string.hostsSpan), 'a.example:1024,[::1]:1025');
    assert.deepEqual(
      string.hosts.map(({ span }) => at(span)),
      ['a.example:1024', '[::1]:1025'],
    );
    assert.deepEqual(
      string.options.map(({ span }) => at(span)),
      ['tls=true', 'appName=x%20y'],
    );
  });

  it('finds an option in any case, the last one when it repeats', () => {
    const string = parsed('mongodb://h/?ReplicaSet=a&replicaset=b&x=');
    assert.equal(optionOf(string, 'replicaSet'), 'b');
    assert.equal(optionOf(string, 'x'), '');
    assert.equal(optionOf(string, 'y'), undefined);
  });

  it('says no part of a password in a problem', () => {
    const piece = fc.stringMatching(/^[a-z@:/?#[\]%,&= ]{0,12}$/);
    fc.assert(
      fc.property(piece, piece, (left, right) => {
        const result = parseConnectionString(`mongodb://user:${left}CANARY${right}@host.example/?tls=true`);
        if (result.ok) return;
        assert.doesNotMatch(JSON.stringify([result.problem, describeProblem(result.problem)]), /CANARY/);
      }),
    );
  });

  it('takes any text without throwing, in time that grows with its length', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseConnectionString(`mongodb://${text}`)));
    for (const filler of ['@', ':', '%', '%41', ',', '/', '?', '&', 'a=b&', '[', 'a,']) {
      assertGrowsWithLength(filler, 200_000, (size) => void parseConnectionString(`mongodb://${filler.repeat(size)}`));
    }
  });
});

describe('writing a connection string', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
  const name = fc.stringMatching(/^[a-z0-9_]{1,8}(?:-[a-z0-9]{1,4})?(?:\.[a-z]{1,8}){0,3}$/);
  const host = fc.oneof(name, fc.ipV4(), fc.ipV6(), fc.constant('/tmp/a b,c.sock'));
  const port = fc.option(fc.integer({ min: 1, max: 65535 }), { nil: undefined });
  const options = fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom('appName', 'authSource', 'w'), text),
      value: fc.option(text, { nil: '' }),
    }),
    { maxLength: 4 },
  );
  const database = fc.option(
    text.filter((one) => !/[/\\ "$]/.test(one)),
    { nil: undefined },
  );
  const credentials = fc.option(fc.record({ username: text, password: fc.option(text, { nil: undefined }) }), {
    nil: undefined,
  });
  const parts = fc
    .record({
      scheme: fc.constantFrom('mongodb', 'mongodb+srv'),
      hosts: fc.array(host, { minLength: 1, maxLength: 3 }),
      port,
      name,
      options,
      database,
      credentials,
    })
    .map((given): StringParts => {
      const isSrv = given.scheme === 'mongodb+srv';
      return {
        scheme: isSrv ? 'mongodb+srv' : 'mongodb',
        ...(given.credentials === undefined ? {} : withoutUndefined(given.credentials)),
        hosts: isSrv
          ? [{ host: given.name }]
          : given.hosts.map((one) => ({
              host: one,
              ...(given.port === undefined || one.endsWith('.sock') ? {} : { port: given.port }),
            })),
        ...(given.database === undefined ? {} : { database: given.database }),
        options: given.options.map(({ name: key, value }) => ({ name: key, value })),
      };
    })
    .filter(({ scheme, hosts }) => scheme === 'mongodb' || !/^[\d.]+$/.test(hosts[0]?.host ?? ''));

  it('is undone by parsing', () => {
    fc.assert(fc.property(parts, (given) => assert.deepEqual(meaning(parsed(renderConnectionString(given))), given)));
  });

  it('keeps the meaning of every string that was read', () => {
    for (const { text: given } of accepted) {
      const string = parsed(given);
      assert.deepEqual(meaning(parsed(renderConnectionString(string))), meaning(string), given);
    }
  });

  it('leaves the strings of Atlas as they are', () => {
    const strings = [
      'mongodb+srv://<db_username>:<db_password>@cluster0-pl-0.ab1cd.mongodb.net/',
      'mongodb://pl-0-us-east-1-k45tj.mongodb.net:1024,pl-0-us-east-1-k45tj.mongodb.net:1025/?ssl=true&authSource=admin&replicaSet=Cluster0-shard-0-shard-0',
    ];
    for (const one of strings) assert.equal(renderConnectionString(parsed(one)), one);
  });
});

function withoutUndefined({ username, password }: { username: string; password: string | undefined }): {
  username: string;
  password?: string;
} {
  return { username, ...(password === undefined ? {} : { password }) };
}
