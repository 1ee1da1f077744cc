import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createRedactor } from '../../../src/connection-string/redact';
import { percentEncode } from '../../../src/connection-string/render';
import { assertGrowsWithLength } from '../growth';

describe('redactor', () => {
  it('takes out what it was told, in every spelling', () => {
    const { register, redact } = createRedactor();
    register('p@ss/"word');
    for (const text of ['p@ss/"word', 'p%40ss%2F%22word', JSON.stringify({ key: 'p@ss/"word' })]) {
      assert.doesNotMatch(redact(`before ${text} after`), /ss.*word/);
      assert.match(redact(`before ${text} after`), /^before .* after$/);
    }
  });

  it('takes out what looks like a secret', () => {
    const { redact } = createRedactor();
    const secrets = [
      'mongodb+srv://u:canary/ca@nary@host.example/db',
      'socks5://u:canary@127.0.0.1:1080',
      'Authorization: Bearer canarycanary',
      '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----',
    ];
    for (const text of secrets) assert.doesNotMatch(redact(text), /canary|nary@/, text);
    assert.match(redact(secrets[0] ?? ''), /host\.example\/db/);
  });

  it('leaves evidence alone', () => {
    const { redact } = createRedactor();
    const text = 'mongodb+srv://c-pl-0.example.net answered 10.0.30.194:1024';
    assert.equal(redact(text), text);
  });

  it('leaves placeholders and hosts for a person to see', () => {
    const { redact } = createRedactor();
    const text = 'mongodb+srv://app:<db_password>@c-pl-0.example.net/?a=b';
    assert.equal(redact(text), text);
    assert.equal(redact('mongodb://u:p@h/?a=x@y'), 'mongodb://<redacted>@y');
    assert.equal(
      redact('{"one":"mongodb://u:canary@h/","two":"mongodb://v:canary@i/","mail":"a@b"}'),
      '{"one":"mongodb://<redacted>@h/","two":"mongodb://<redacted>@i/","mail":"a@b"}',
    );
  });

  it('does not trust a quote that may belong to the password', () => {
    const { redact } = createRedactor();
    assert.equal(redact("'mongodb://u:it's@h/'"), "'mongodb://<redacted>@h/'");
  });

  it('takes out options that are secrets', () => {
    const { redact } = createRedactor();
    const text = 'mongodb://h/?proxyPassword=canary&authMechanismProperties=AWS_SESSION_TOKEN:canary&tls=true';
    assert.equal(
      redact(text),
      'mongodb://h/?proxyPassword=<redacted>&authMechanismProperties=AWS_SESSION_TOKEN:<redacted>&tls=true',
    );
  });

  // Long enough and with a mark, so that it is not found in the rest of the text by chance.
  const piece = fc.constantFrom(
    '@',
    ':',
    '/',
    '"',
    "'",
    ' ',
    'http://',
    'mongodb://',
    '<a>',
    '<',
    '%',
    '\\',
    'x',
    '\u{1f511}',
  );
  const line = fc.oneof(
    fc.string({ unit: 'binary' }).filter((text) => !/[\r\n]/.test(text)),
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  );
  const password = fc.tuple(line, line).map(([left, right]) => `${left}CANARY${right}`);

  it('leaves no password of any string, whatever it is made of, without being told', () => {
    const { redact } = createRedactor();
    fc.assert(
      fc.property(line, password, fc.constantFrom('mongodb', 'mongodb+srv'), line, (user, secret, scheme, rest) => {
        const text = `Test ${scheme}://${user}:${secret}@host.example/${rest} failed`;
        assert.doesNotMatch(redact(text), /CANARY/);
        assert.doesNotMatch(redact(JSON.stringify({ text, again: `${scheme}://${secret}@h` })), /CANARY/);
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves no value of an option that is a secret, whatever a driver calls it and whatever is in it', () => {
    const names = [
      ...['proxyPassword', 'proxypassword', 'proxyPass%77ord', 'tlsCertificateKeyFilePassword', 'sslKeyPassword'],
      ...['sslClientCertificateKeyPassword', 'ssl_pem_passphrase', 'sslPass', 'passphrase'],
    ];
    const { redact } = createRedactor();
    const value = password.map((text) => text.replaceAll('&', '%26'));
    fc.assert(
      fc.property(fc.constantFrom(...names), value, fc.constantFrom('', 'u:p@', 'u@'), (name, secret, user) => {
        const string = `mongodb://${user}host.example/db?tls=true&${name}=${secret}&appName=x`;
        for (const text of [`Test ${string} failed`, JSON.stringify({ text: `Test ${string} failed` })]) {
          assert.doesNotMatch(redact(text), /CANARY/, text);
        }
        if (!secret.includes('@')) assert.match(redact(string), /host\.example\/db.*&appName=x$/);
      }),
      { numRuns: 1000 },
    );
    for (const name of names.filter((known) => !known.includes('%'))) {
      assert.doesNotMatch(redact(`The option ${name}=CANARY is unknown`), /CANARY/);
    }
  });

  it('leaves none that it was told, in any spelling and place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), password, line, (before, secret, after) => {
        const { register, redact } = createRedactor();
        register(secret);
        for (const spelling of [secret, percentEncode(secret), JSON.stringify({ a: secret })]) {
          assert.doesNotMatch(redact(`${before}${spelling}${after}`), /CANARY/);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('takes time that grows with the text', () => {
    const { redact } = createRedactor();
    for (const filler of [
      'mongodb://',
      'mongodb://a:',
      '@',
      "'mongodb://\\",
      '-----BEGIN PRIVATE KEY-----',
      'Bearer ',
    ]) {
      assertGrowsWithLength(filler, 30_000, (size) => void redact(filler.repeat(size)));
    }
  });
});
