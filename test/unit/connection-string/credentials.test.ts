import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  distinctSecretsIn,
  hostIn,
  hostsIn,
  isPlaceholder,
  nodesIn,
  secretsIn,
  withCredentials,
  withHiddenCredentials,
  withoutCredentials,
  withoutPlaceholders,
} from '../../../src/connection-string/credentials';
import { createRedactor } from '../../../src/connection-string/redact';
import { parseConnectionString } from '../../../src/connection-string/parse';

describe('credentials of a string', () => {
  it('are put in percent-encoded, with a placeholder for the password', () => {
    assert.equal(
      withCredentials('mongodb+srv://c-pl-0.example.net', 'a@b/c'),
      'mongodb+srv://a%40b%2Fc:<db_password>@c-pl-0.example.net/',
    );
    assert.equal(
      withCredentials('mongodb://h:1024,h:1025/?ssl=true'),
      'mongodb://<db_username>:<db_password>@h:1024,h:1025/?ssl=true',
    );
    assert.equal(withCredentials('mongodb://h?ssl=true', 'a', "p'w"), 'mongodb://a:p%27w@h/?ssl=true');
  });

  it('stay when a string has some, and a text that is no string stays whole', () => {
    assert.equal(withCredentials('mongodb://own:secret@h/', 'other'), 'mongodb://own:secret@h/');
    assert.equal(withCredentials('https://h/', 'a'), 'https://h/');
  });

  it('lose placeholders and nothing else before a test', () => {
    assert.deepEqual(withoutPlaceholders('mongodb+srv://<db_username>:<db_password>@h.example/'), {
      text: 'mongodb+srv://h.example/',
      hasPassword: false,
    });
    assert.deepEqual(withoutPlaceholders('mongodb+srv://a%40b:<db_password>@h.example/'), {
      text: 'mongodb+srv://h.example/',
      username: 'a@b',
      hasPassword: false,
    });
    const real = 'mongodb://app:secret@h.example/';
    assert.deepEqual(withoutPlaceholders(real), { text: real, username: 'app', hasPassword: true });
    assert.deepEqual(withoutPlaceholders('mongodb://h.example/'), { text: 'mongodb://h.example/', hasPassword: false });
  });

  it('end where drivers have them end, an @ in an option or not', () => {
    const plain = 'mongodb://h.example/?appName=me@other.example';
    assert.deepEqual(withoutPlaceholders(plain), { text: plain, hasPassword: false });
    assert.deepEqual(withoutPlaceholders('mongodb://app:<db_password>@h.example/?appName=me@other.example'), {
      text: plain,
      username: 'app',
      hasPassword: false,
    });
    assert.deepEqual(hostsIn(plain), ['h.example']);
    assert.deepEqual(nodesIn(plain), ['h.example:27017']);
  });

  it('go without the string leading anywhere else, whatever options and password have in them', () => {
    const host = fc.constantFrom('h.example', 'h.example:1024', '[::1]:1', 'a.example:1,b.example:2');
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 });
    const value = word.map((text) => text.replace(/[&#\p{Cc}]/gu, '@'));
    const password = word.map((text) => `CANARY${encodeURIComponent(text)}CANARY`);
    fc.assert(
      fc.property(host, fc.option(password), value, (hosts, secret, option) => {
        const string = `mongodb://${secret === null ? '' : `app:${secret}@`}${hosts}/?appName=a@${option}`;
        const before = parseConnectionString(string);
        // Not with every character.
        if (!before.ok) return;
        for (const text of [withoutCredentials(string).text, withHiddenCredentials(string)]) {
          const after = parseConnectionString(text);
          assert.ok(after.ok, text);
          assert.deepEqual(hostsIn(text), hostsIn(string));
          assert.deepEqual(
            after.value.options.map(({ value: kept }) => kept),
            before.value.options.map(({ value: kept }) => kept),
          );
          assert.doesNotMatch(text, /CANARY/);
        }
        assert.equal(withHiddenCredentials(string).includes('<credentials>@'), secret !== null);
        if (secret !== null) assert.ok(secretsIn(string).includes(secret), string);
      }),
      { numRuns: 1000 },
    );
  });

  it('leave nothing of a password that breaks the string', () => {
    const piece = fc.constantFrom('@', ':', '/', '?', '&', '=', '%', '[', ',', ' ', '<', 'x', '1');
    const broken = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.constantFrom('mongodb', 'mongodb+srv'), broken, broken, (scheme, head, tail) => {
        const secret = `CANARY${head}CANARY${tail}CANARY`;
        for (const string of [`${scheme}://app:${secret}@h.example/`, `${scheme}://app:${secret}`]) {
          // An `@` that can be read as part of an option is one, to drivers and to us.
          if (parseConnectionString(string).ok || !secretsIn(string).some((known) => known === secret)) continue;
          assert.doesNotMatch(withoutCredentials(string).text, /CANARY/, string);
          assert.doesNotMatch(withHiddenCredentials(string), /CANARY/, string);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are told from what stands in their place', () => {
    const placeholders = ['<password>', '%3Cpassword%3E', '${PASSWORD}', '$PASSWORD', '{{ pw }}', '#{pw}', '%s', '***'];
    for (const text of placeholders) assert.ok(isPlaceholder(text), text);
    for (const text of ['pa$$word', 'a<b>', '', '{', '%41bc', '$', 'p*']) assert.ok(!isPlaceholder(text), text);
  });

  it('leave the host without a piece of the password, however the password is written', () => {
    const strings = [
      'mongodb://app:canary@Host.example:27017/?a=b',
      'mongodb+srv://app:can/ary@host.example/',
      'mongodb+srv://app:c@n?ry@host.example',
      'mongodb://host.example:1024,other.example:1025/',
    ];
    for (const text of strings) assert.equal(hostIn(text), 'host.example', text);
  });

  it('go with every option that holds a secret, also where several stand side by side', () => {
    const options =
      'proxyPassword=canary1&tlsCertificateKeyFilePassword=canary2&proxyHost=h&authMechanismProperties=canary3';
    const { text } = withoutCredentials(`mongodb://app:canary0@h.example/?${options}`);
    assert.equal(text, 'mongodb://h.example/?proxyHost=h&');
    const named = withoutCredentials('mongodb://h/?proxyHost=p&proxyUsername=u&proxyPassword=canary').text;
    assert.equal(named, 'mongodb://h/?proxyHost=p&');
    assert.ok(parseConnectionString(named).ok, 'a user alone is refused');
    assert.equal(withoutCredentials('mongodb://h.example/?sslKeyPassword=canary').text, 'mongodb://h.example/?');
    assert.equal(
      withoutCredentials('mongodb://h.example/?a=b&Proxy%50assword=canary').text,
      'mongodb://h.example/?a=b&',
    );
  });

  it('leave the host without the head of a password, in a string that ends too early', () => {
    assert.deepEqual(hostsIn('mongodb+srv://app:can'), ['app']);
    assert.deepEqual(hostsIn('mongodb+srv://app:1,canary'), ['app']);
    assert.deepEqual(hostsIn('mongodb://app:c,anary/x'), ['app']);
    assert.deepEqual(hostsIn('mongodb://u:p@host:port/db'), ['host']);
    assert.deepEqual(hostsIn('mongodb://a:1,[::1]:2,b/'), ['a', '::1', 'b']);
    assert.deepEqual(secretsIn('mongodb+srv://app:Secret1'), ['Secret1']);
    assert.deepEqual(secretsIn('mongodb://app:c%40n/ary'), ['c%40n/ary', 'c@n/ary']);
    const noSecrets = ['h:27017/db', 'host:port/db', 'h:${PORT}/db', 'h:%d', 'user:password', '[::1]:1', 'app:', 'h'];
    for (const rest of noSecrets) assert.deepEqual(secretsIn(`mongodb://${rest}`), [], rest);
  });

  it('go to the redactor as written and decoded', () => {
    assert.deepEqual(secretsIn('mongodb://app:c%40nary@host.example/'), ['c%40nary', 'c@nary']);
    assert.deepEqual(secretsIn('mongodb://app:c@n/ary@host.example/'), ['c@n/ary']);
    assert.deepEqual(secretsIn('mongodb://app:<db_password>@host.example/'), []);
    assert.deepEqual(secretsIn('mongodb://host.example/'), []);
  });

  it('go to the redactor out of a file when no ordinary text has them by chance', () => {
    const words = ['mongo', 'test', 'prod1', 'password', 'Production', 'developer', 'host.example', 'host-ex'];
    for (const word of words) assert.deepEqual(distinctSecretsIn(`mongodb://app:${word}@host.example/`), [], word);
    const { register, redact } = createRedactor();
    for (const secret of distinctSecretsIn('mongodb://mongo:mongo@localhost:27017/')) register(secret);
    const text = 'mongodb+srv://prod-pl-0.ab1cd.mongodb.net/';
    assert.equal(redact(text), text);
    for (const secret of ['c%40nary12', 'p4ssw0rd', 'correcthorsebattery', 'kTgQzWvbRsXe']) {
      const found = distinctSecretsIn(`mongodb://app:${secret}@host.example/`);
      assert.deepEqual(
        found,
        [...new Set([secret, decodeURIComponent(secret)])].filter(({ length }) => length >= 8),
      );
    }
  });

  it('leave the nodes of a standard string with their ports, and the name of a seedlist', () => {
    assert.deepEqual(nodesIn('mongodb://u:p@A.example.net:1024,b.example.net,c.example.net:/db?ssl=true'), [
      'a.example.net:1024',
      'b.example.net:27017',
      'c.example.net:27017',
    ]);
    assert.deepEqual(nodesIn('mongodb+srv://u:p/w@C-pl-0.example.net/db'), ['c-pl-0.example.net']);
    assert.deepEqual(nodesIn('mongodb://'), []);
    assert.deepEqual(nodesIn('nothing'), ['nothing:27017']);
  });
});
