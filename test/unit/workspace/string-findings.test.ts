import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPlaceholder } from '../../../src/connection-string/credentials';
import { parseConnectionString } from '../../../src/connection-string/parse';
import type { StringProblemCode } from '../../../src/core/problem-codes/connection-string';
import { describeProblem } from '../../../src/messages/problem-text';
import { stringFixText } from '../../../src/messages/string-fix-text';
import { findStrings } from '../../../src/workspace/find-strings';
import { applyEdits } from '../../../src/workspace/place';
import {
  findingsOf,
  nothingKnown,
  type StringFinding,
  type StringKnowledge,
} from '../../../src/workspace/string-findings';
import { escapesOf } from '../../../src/workspace/settings-formats';
import { assertGrowsWithLength } from '../growth';

const domain = 'ab1cd.mongodb.net';
const endpoints = [{ endpointId: 'vpce-0123456789abcdef0', provider: 'AWS', region: 'US_EAST_1' }] as const;
const node = `pl-0-us-east-1.${domain}`;
const standard = `mongodb://${node}:1024,${node}:1025,${node}:1026/?ssl=true&authSource=admin&replicaSet=rs-0`;
const seedlist = `mongodb+srv://cluster0-pl-0.${domain}`;

/** A cluster with one private endpoint, by the network of the string that is looked at. */
function cluster(network: StringKnowledge['network'] & string, more: Partial<StringKnowledge> = {}): StringKnowledge {
  return {
    owner: 'cluster0',
    network,
    privateStrings: [
      { form: 'seedlist', text: seedlist, endpoints },
      { form: 'standard', text: standard, endpoints },
    ],
    ...(network === 'private-endpoint' ? { standard } : {}),
    ...more,
  };
}

interface Case {
  readonly what: string;
  /** The file; what is looked at is the only string in it. */
  readonly text: string;
  readonly file?: string;
  readonly languageId?: string;
  readonly knowledge?: StringKnowledge;
  readonly isVersioned?: boolean;
  /** Codes in their order. */
  readonly codes: readonly StringProblemCode[];
  /** What the first finding is about. */
  readonly at?: string;
  /** The file after the first fix of the first finding. */
  readonly fixed?: string;
}

function look({ text, file = 'app.ts', languageId = 'typescript', knowledge, isVersioned = false }: Case): {
  readonly findings: readonly StringFinding[];
} {
  const escapes = escapesOf({ languageId, fileName: file });
  const [found, other] = findStrings(text, escapes);
  assert.ok(found !== undefined && other === undefined);
  return { findings: findingsOf(found, { escapes, fileName: file, isVersioned }, knowledge ?? nothingKnown) };
}

const publicOnes: readonly Case[] = [
  {
    what: 'a public string of a cluster with an endpoint',
    text: `const uri = "mongodb+srv://app:<db_password>@cluster0.${domain}/shop?retryWrites=true";`,
    knowledge: cluster('public'),
    codes: ['STRING_PUBLIC'],
    at: `cluster0.${domain}`,
    fixed: `const uri = "mongodb+srv://app:<db_password>@cluster0-pl-0.${domain}/shop?retryWrites=true";`,
  },
  {
    what: 'a public string that a program makes',
    text: `const uri = \`mongodb+srv://\${user}:\${encodeURIComponent(pw)}@cluster0.${domain}/?w=\${w}\`;`,
    knowledge: cluster('public'),
    codes: ['STRING_PUBLIC'],
    at: `cluster0.${domain}`,
    fixed: `const uri = \`mongodb+srv://\${user}:\${encodeURIComponent(pw)}@cluster0-pl-0.${domain}/?w=\${w}\`;`,
  },
  {
    what: 'a public standard string, in XML',
    text: `<add cs="mongodb://a:27017,b.${domain}:27017/db?w=1&amp;tls=true&amp;replicaSet=rs-1&amp;authSource=admin"/>`,
    file: 'web.config',
    languageId: 'xml',
    knowledge: cluster('public'),
    codes: ['STRING_PUBLIC'],
    fixed: `<add cs="mongodb+srv://cluster0-pl-0.${domain}/db?w=1"/>`,
  },
  {
    what: 'a public string in JSON with escapes',
    text: String.raw`{"a":"mongodb+srv:\/\/u:\u003cdb_password\u003e@cluster0.` + `${domain}"}`,
    file: 'a.json',
    languageId: 'json',
    knowledge: cluster('public'),
    codes: ['STRING_PUBLIC'],
    fixed: String.raw`{"a":"mongodb+srv:\/\/u:\u003cdb_password\u003e@cluster0-pl-0.` + `${domain}"}`,
  },
  {
    what: 'a string for peering',
    text: `"mongodb+srv://cluster0-pri.${domain}"`,
    knowledge: cluster('peering'),
    codes: ['STRING_PEERING'],
    fixed: `"mongodb+srv://cluster0-pl-0.${domain}"`,
  },
  {
    what: 'a public string of a cluster without endpoints',
    text: `"mongodb+srv://cluster0.${domain}"`,
    knowledge: { ...nothingKnown, owner: 'cluster0', network: 'public' },
    codes: [],
  },
  { what: 'a public string of nobody known', text: `"mongodb+srv://cluster0.${domain}"`, codes: [] },
  {
    what: 'a private string',
    text: `"mongodb+srv://cluster0-pl-0.${domain}"`,
    knowledge: cluster('private-endpoint'),
    codes: [],
  },
  {
    what: 'a federated database with an endpoint',
    text: `"mongodb://fed.a.query.mongodb.net/?ssl=true&authSource=admin&appName=x"`,
    knowledge: {
      owner: 'fed',
      network: 'data-federation',
      privateStrings: [
        { form: 'standard', text: 'mongodb://fed-pe-0.a.query.mongodb.net/?ssl=true&authSource=admin', endpoints },
      ],
    },
    codes: ['STRING_PUBLIC'],
    fixed: `"mongodb://fed-pe-0.a.query.mongodb.net/?ssl=true&authSource=admin&appName=x"`,
  },
];

const portCases: readonly Case[] = [
  {
    what: 'a standard string with the ports of today',
    text: `uri = '${standard}'`,
    file: 'a.py',
    languageId: 'python',
    knowledge: cluster('private-endpoint'),
    codes: ['STRING_PORTS_PINNED'],
    at: `${node}:1024,${node}:1025,${node}:1026`,
    fixed: `uri = '${seedlist}/'`,
  },
  {
    what: 'a standard string with other ports',
    text: `uri = '${standard.replace('1025', '1035')}'`,
    knowledge: cluster('private-endpoint'),
    codes: ['STRING_PORTS_PINNED'],
    fixed: `uri = '${seedlist}/'`,
  },
  { what: 'a standard string of nobody known', text: `'${standard}'`, codes: ['STRING_PORTS_PINNED'] },
  {
    what: 'a public standard string, whose ports stay',
    text: `'mongodb://a.${domain}:27017/?tls=true'`,
    codes: [],
  },
];

const staleCases: readonly Case[] = [
  {
    what: 'a string of an endpoint that is gone',
    text: `x = "mongodb+srv://u:<db_password>@cluster0-pl-1.${domain}/"`,
    knowledge: cluster('private-endpoint', { stale: { reason: 'endpoint-gone' } }),
    codes: ['STRING_STALE'],
    at: `cluster0-pl-1.${domain}`,
    fixed: `x = "mongodb+srv://u:<db_password>@cluster0-pl-0.${domain}/"`,
  },
  {
    what: 'a string of an endpoint that fails, with nothing to put in its place',
    text: `"${seedlist}"`,
    knowledge: cluster('private-endpoint', {
      privateStrings: [],
      stale: { reason: 'endpoint-failing', endpointId: '/subscriptions/s/privateEndpoints/pe-1' },
    }),
    codes: ['STRING_STALE'],
  },
  {
    what: 'a public string of a cluster that is gone: nothing about networks',
    text: `"mongodb+srv://old.${domain}"`,
    knowledge: { network: 'public', privateStrings: [], stale: { reason: 'cluster-gone' } },
    codes: ['STRING_STALE'],
  },
  {
    what: 'a string that changed with regionalized mode',
    text: `"mongodb://${standard.slice('mongodb://'.length).replaceAll('pl-0', 'pl-7')}"`,
    knowledge: cluster('private-endpoint', { standard: '', stale: { reason: 'changed' } }),
    codes: ['STRING_STALE', 'STRING_PORTS_PINNED'],
    fixed: `"${seedlist}/"`,
  },
];

const passwordCases: readonly Case[] = [
  {
    what: 'a password in a file under version control',
    text: `MONGODB_URI=mongodb+srv://app:s3cret@cluster0-pl-0.${domain}/`,
    file: '.env',
    languageId: 'dotenv',
    isVersioned: true,
    codes: ['STRING_PASSWORD_IN_FILE'],
    at: 's3cret',
    fixed: `MONGODB_URI=mongodb+srv://app:<db_password>@cluster0-pl-0.${domain}/`,
  },
  {
    what: 'a password in XML',
    text: `<a>mongodb+srv://app:s3cret@cluster0-pl-0.${domain}/</a>`,
    file: 'a.xml',
    languageId: 'xml',
    isVersioned: true,
    codes: ['STRING_PASSWORD_IN_FILE'],
    fixed: `<a>mongodb+srv://app:&lt;db_password&gt;@cluster0-pl-0.${domain}/</a>`,
  },
  {
    what: 'a password in a file that is ignored',
    text: `"mongodb+srv://app:s3cret@cluster0-pl-0.${domain}/"`,
    codes: [],
  },
  {
    what: 'a password with an angle bracket',
    text: `uri = "mongodb+srv://app:s3cret<9q@cluster0-pl-0.${domain}/"`,
    isVersioned: true,
    codes: ['STRING_PASSWORD_IN_FILE', 'STRING_ENCODING'],
    at: 's3cret<9q',
    fixed: `uri = "mongodb+srv://app:<db_password>@cluster0-pl-0.${domain}/"`,
  },
  {
    what: 'a password with a space, without quotes',
    text: `MONGODB_URI=mongodb+srv://app:s3cret x@cluster0-pl-0.${domain}/\n`,
    file: '.env',
    languageId: 'dotenv',
    codes: ['STRING_MALFORMED'],
    at: ' ',
    fixed: `MONGODB_URI=mongodb+srv://app:s3cret%20x@cluster0-pl-0.${domain}/\n`,
  },
  {
    what: 'a password whose host a program adds',
    text: `uri = "mongodb+srv://app:s3cret" +\n  "@cluster0-pl-0.${domain}/"`,
    isVersioned: true,
    codes: ['STRING_PASSWORD_IN_FILE'],
    at: 's3cret',
    fixed: `uri = "mongodb+srv://app:<db_password>" +\n  "@cluster0-pl-0.${domain}/"`,
  },
  {
    what: 'what a program adds as a password',
    text: '"mongodb+srv://app:" + password + "@" + host',
    isVersioned: true,
    codes: [],
  },
  ...['<db_password>', '${PASSWORD}', '$PASSWORD', '%s', '*****', '<password>'].map((password): Case => ({
    what: `${password}, no password`,
    text: `"mongodb+srv://app:${password}@cluster0-pl-0.${domain}/"`,
    isVersioned: true,
    codes: [],
  })),
  {
    what: 'a user without a password',
    text: `"mongodb+srv://app@cluster0-pl-0.${domain}/"`,
    isVersioned: true,
    codes: [],
  },
  { what: "somebody else's database", text: '"mongodb://root:example@mongo:27017/"', isVersioned: true, codes: [] },
];

const encodingCases: readonly Case[] = [
  ...(
    [
      ['p$ss', 'p%24ss', 'STRING_ENCODING'],
      ['p/ss', 'p%2Fss', 'STRING_MALFORMED'],
      ['p@/ss', 'p%40%2Fss', 'STRING_MALFORMED'],
    ] as const
  ).map(([raw, encoded, code]): Case => ({
    what: `the password ${raw}, and leaves the @ of an option`,
    text: `"mongodb+srv://app:${raw}@cluster0-pl-0.${domain}/db?w=1&appName=me@corp@home"`,
    codes: [code],
    fixed: `"mongodb+srv://app:${encoded}@cluster0-pl-0.${domain}/db?w=1&appName=me@corp@home"`,
  })),
  ...(
    [
      ['p@ss', 'p%40ss'],
      ['p/a?s#s', 'p%2Fa%3Fs%23s'],
      ['p:a', 'p%3Aa'],
      ['p ss', 'p%20ss'],
      ['50%', '50%25'],
      ['%zz%41', '%25zz%2541'],
      ['[a]@%2F', '%5Ba%5D%40%2F'],
      ['@a,=?', '%40a%2C%3D%3F'],
      ['@a:?', '%40a%3A%3F'],
    ] as const
  ).map(([raw, encoded]): Case => ({
    what: `the password ${raw}, which drivers refuse`,
    text: `"mongodb+srv://app:${raw}@cluster0-pl-0.${domain}/db?w=1"`,
    codes: ['STRING_MALFORMED'],
    fixed: `"mongodb+srv://app:${encoded}@cluster0-pl-0.${domain}/db?w=1"`,
  })),
  ...(
    [
      ['pa$$', 'pa%24%24'],
      ['pä^s', 'p%C3%A4%5Es'],
      ['a<b>%7C', 'a%3Cb%3E%7C'],
    ] as const
  ).map(([raw, encoded]): Case => ({
    what: `the password ${raw}, which some drivers refuse`,
    text: `"mongodb+srv://app:${raw}@cluster0-pl-0.${domain}/db?w=1"`,
    codes: ['STRING_ENCODING'],
    fixed: `"mongodb+srv://app:${encoded}@cluster0-pl-0.${domain}/db?w=1"`,
  })),
  {
    what: 'a $ in a compose file',
    text: `      - URI=mongodb://u:a$$b@h.${domain}/?tls=true`,
    file: 'compose.yaml',
    languageId: 'dockercompose',
    codes: ['STRING_ENCODING'],
    at: '$$',
    fixed: `      - URI=mongodb://u:a%24b@h.${domain}/?tls=true`,
  },
  {
    what: 'credentials that need nothing',
    text: `"mongodb+srv://ap.p_~-:!&'()*+,;=x%40@cluster0.${domain}/"`,
    codes: [],
  },
];

const optionCases: readonly Case[] = [
  {
    what: 'a standard string without TLS',
    text: `"mongodb://h.${domain}/"`,
    codes: ['STRING_OPTION_MISSING'],
    fixed: `"mongodb://h.${domain}/?tls=true"`,
  },
  {
    what: 'TLS that is off',
    text: `"mongodb+srv://h.${domain}/?ssl=false&w=1"`,
    codes: ['STRING_OPTION_MISSING'],
    at: 'ssl=false&w=1',
    fixed: `"mongodb+srv://h.${domain}/?w=1&tls=true"`,
  },
  {
    what: 'a database and a user, but not where users are, in XML',
    text: `<a b="mongodb://u@h.${domain}/shop?tls=true" />`,
    file: 'a.xml',
    languageId: 'xml',
    codes: ['STRING_OPTION_MISSING'],
    fixed: `<a b="mongodb://u@h.${domain}/shop?tls=true&amp;authSource=admin" />`,
  },
  {
    what: 'no name of the replica set',
    text: `"mongodb://h.${domain}?tls=true"`,
    knowledge: {
      ...nothingKnown,
      network: 'public',
      standard: `mongodb://h.${domain}/?ssl=true&authSource=admin&replicaSet=rs-0`,
    },
    codes: ['STRING_OPTION_MISSING'],
    fixed: `"mongodb://h.${domain}?tls=true&replicaSet=rs-0"`,
  },
  { what: 'a user without a database', text: `"mongodb://u@h.${domain}/?tls=true"`, codes: [] },
  {
    what: 'a user of somewhere else',
    text: `"mongodb://u@h.${domain}/db?tls=true&authMechanism=MONGODB-X509"`,
    codes: [],
  },
  { what: 'a seedlist, which gets all from DNS', text: `"mongodb+srv://u@h.${domain}/db"`, codes: [] },
  { what: 'a database of somebody else without TLS', text: '"mongodb://u@localhost/db"', codes: [] },
  {
    what: 'a string that goes on',
    text: `"mongodb://h.${domain}/db" + options`,
    codes: [],
  },
];

const malformedCases: readonly Case[] = [
  {
    what: 'a port in a seedlist',
    text: `"mongodb+srv://h.${domain}:27017/db"`,
    codes: ['STRING_MALFORMED'],
    at: ':',
    fixed: `"mongodb+srv://h.${domain}/db"`,
  },
  {
    what: 'an address without brackets',
    text: '"mongodb://2001:db8::1/db"',
    codes: ['STRING_MALFORMED'],
    fixed: '"mongodb://[2001:db8::1]/db"',
  },
  {
    what: 'a direct connection to a seedlist',
    text: `"mongodb+srv://h.${domain}/?w=1&directConnection=true&x=y"`,
    codes: ['STRING_MALFORMED'],
    fixed: `"mongodb+srv://h.${domain}/?w=1&x=y"`,
  },
  {
    what: 'an option without a value',
    text: `"mongodb+srv://h.${domain}/?tls"`,
    codes: ['STRING_MALFORMED'],
    at: 't',
    fixed: `"mongodb+srv://h.${domain}/"`,
  },
  { what: 'a port too large', text: '"mongodb://h:99999/"', codes: ['STRING_MALFORMED'], at: '9' },
  { what: 'two hosts in a seedlist', text: '"mongodb+srv://a.b.c,d.e.f/"', codes: ['STRING_MALFORMED'], at: 'd' },
  { what: 'a host that ends the text', text: '"mongodb://a,"', codes: ['STRING_MALFORMED'], at: ',' },
  // Written for readers, or looked for by programs.
  { what: 'the scheme alone', text: "uri.startsWith('mongodb+srv://')", codes: [] },
  { what: 'an ellipsis', text: 'Begin with `mongodb://...` here', codes: [] },
  { what: 'a place for the host', text: 'mongodb+srv://<username>:<password>@<cluster-host>/<db>', codes: [] },
  ...[
    'mongodb://<host>:<port>/<db>',
    'mongodb://user:pass@host:port/db',
    'mongodb://USER:PASSWORD@HOST:PORT,HOST2:PORT2/DB',
    '"mongodb://localhost:%d/test"',
    'mongodb://%(user)s:%(pass)s@%(host)s/db',
    '"mongodb://user:" .. p',
    `"mongodb+srv://user:<your password>@cluster0.${domain}/"`,
    `use mongodb+srv://user:<your password>@cluster0.${domain}/ here`,
  ].map((text): Case => ({ what: `the notation ${text}`, text, codes: [] })),
  { what: 'a service in place of a port', text: '"mongodb://h:mongo/"', codes: ['STRING_MALFORMED'], at: 'm' },
  { what: 'the notation of the manual', text: 'mongodb://[username:password@]host1[:port1]', codes: [] },
  { what: 'what a program makes', text: '`mongodb://${user}:${pw}@${host}:${port}/`', codes: [] },
];

const rooms: Readonly<Record<string, readonly Case[]>> = {
  'the network of a string': publicOnes,
  'ports in a string': portCases,
  'strings that are no longer right': staleCases,
  'passwords in files': passwordCases,
  'characters in credentials': encodingCases,
  'options that Atlas needs': optionCases,
  'strings that drivers refuse': malformedCases,
};

describe('findings about a connection string', () => {
  for (const [room, cases] of Object.entries(rooms)) {
    describe(room, () => {
      for (const one of cases) {
        it(one.codes.length > 0 ? `finds ${one.what}` : `says nothing about ${one.what}`, () => {
          const { findings } = look(one);
          assert.deepEqual(
            findings.map(({ problem }) => problem.code),
            one.codes,
          );
          const [first] = findings;
          if (first === undefined) return;
          const { start, end } = first.span;
          if (one.at !== undefined) assert.equal(one.text.slice(start, end), one.at);
          assert.ok(end > start && end <= one.text.length);
          const [fix] = first.fixes;
          assert.equal(fix === undefined ? undefined : applyEdits(one.text, fix.edits), one.fixed);
          if (fix === undefined) return;
          assert.doesNotMatch(stringFixText(fix), /\{\d\}|undefined/);
          // What was found is settled by its fix.
          const again = look({
            ...one,
            text: applyEdits(one.text, fix.edits),
            ...(fix.kind === 'switch' ? { knowledge: cluster('private-endpoint') } : {}),
          });
          assert.ok(again.findings.every(({ problem }) => problem.code !== first.problem.code));
        });
      }
    });
  }

  it('tells ports that have changed from ports that may', () => {
    const [same, changed] = portCases.map((one) => look(one).findings[0]);
    assert.deepEqual(same?.problem.parameters, { ports: '1024, 1025, 1026' });
    assert.equal(same.severity, 'information');
    assert.deepEqual(changed?.problem.parameters, { ports: '1024, 1035, 1026', now: '1024, 1025, 1026' });
    assert.equal(changed.severity, 'warning');
    // The string itself with the ports of today is the second choice.
    const [, renewed] = changed.fixes;
    assert.ok(renewed !== undefined && portCases[1] !== undefined);
    assert.equal(applyEdits(portCases[1].text, renewed.edits), `uri = '${standard}'`);
  });

  it('offers the strings of every endpoint, its own first', () => {
    const other = [{ endpointId: 'projects/p/endpoints/g-1', provider: 'GCP', region: 'WESTERN_EUROPE' }] as const;
    const knowledge = cluster('private-endpoint', {
      privateStrings: [
        { form: 'seedlist', text: `mongodb+srv://cluster0-pl-1.${domain}`, endpoints: other },
        { form: 'seedlist', text: seedlist, endpoints },
        { form: 'optimized', text: `mongodb+srv://cluster0-pl-0-lb.${domain}`, endpoints },
        { form: 'standard', text: standard, endpoints },
      ],
    });
    const [finding] = look({ what: '', text: `'${standard}'`, knowledge, codes: [] }).findings;
    assert.ok(finding !== undefined);
    assert.deepEqual(finding.fixes.map(stringFixText), [
      'Switch to the DNS seedlist string of the private endpoint: AWS us-east-1 (vpce-0123456789abcdef0)',
      'Switch to the optimized DNS seedlist string of the private endpoint: AWS us-east-1 (vpce-0123456789abcdef0)',
      'Switch to the DNS seedlist string of the private endpoint: Google Cloud europe-west1 (g-1)',
    ]);
    assert.deepEqual(
      finding.fixes.map(({ isPreferred }) => isPreferred),
      [true, false, false],
    );
  });

  it('has words for each, which hold no password', () => {
    for (const one of Object.values(rooms).flat()) {
      for (const { problem } of look(one).findings) {
        const { title, detail, fixes } = describeProblem(problem);
        const words = JSON.stringify([title, detail, fixes, problem]);
        assert.ok(title !== '' && fixes.length > 0);
        assert.doesNotMatch(words, /s3cret|undefined|"\{\d\}"/);
      }
    }
  });

  it('encodes every password so that it is read as it was meant', () => {
    const characters = fc.constantFrom('@', ':', '/', '?', '#', '[', ']', '%', 'a', 'ü', '^', ' ', '&', '=', ',');
    const password = fc.array(characters, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
    fc.assert(
      fc.property(password, (secret) => {
        // A code that is there already stays one.
        fc.pre(!/%[\da-f]{2}/i.test(secret) && !secret.startsWith(' ') && !isPlaceholder(secret));
        const uri = `mongodb+srv://app:${secret}@cluster0.${domain}/db?w=1`;
        // What drivers take as it stands, to another host and with options of strange names, says just that.
        const asIs = parseConnectionString(uri);
        fc.pre(!asIs.ok || asIs.value.hosts[0]?.host === `cluster0.${domain}`);
        const text = `x = "${uri}"`;
        const [finding] = look({ what: '', text, codes: [] }).findings;
        const fixed = applyEdits(text, finding?.fixes[0]?.edits ?? []);
        const value = findStrings(fixed)[0]?.value ?? '';
        const parsed = parseConnectionString(value);
        assert.ok(parsed.ok, value);
        assert.equal(parsed.value.password, secret);
        assert.deepEqual(look({ what: '', text: fixed, codes: [] }).findings, []);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes any text, in time that grows with it', () => {
    const piece = fc.constantFrom(
      'mongodb://',
      'mongodb+srv://',
      '@',
      ':',
      '/',
      '?',
      '&',
      '=',
      '%',
      ',',
      '${',
      '}',
      'x',
      '<a>',
      '"',
      '[',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 30 }),
        fc.constantFrom('xml', 'backslash', 'compose', 'none'),
        (pieces, escapes) => {
          const text = `"mongodb://${pieces.join('')}.${domain}/"`;
          for (const found of findStrings(text, escapes)) {
            const findings = findingsOf(found, { escapes, fileName: 'a', isVersioned: true }, cluster('public'));
            for (const { span, fixes } of findings) {
              assert.ok(span.start >= found.span.start && span.end <= found.span.end && span.end > span.start);
              for (const { edits } of fixes) {
                for (const edit of edits) {
                  assert.ok(edit.span.start >= found.span.start && edit.span.end <= found.span.end);
                }
              }
            }
          }
        },
      ),
    );
    for (const filler of ['@', ':', '%', '${', '{', '?a=b&', '<a>', ',', '[', '@a.b', '@a.b?c=d&c=']) {
      assertGrowsWithLength(filler, 20_000, (size) => {
        const [found] = findStrings(`"mongodb://${filler.repeat(size)}@h.${domain}/"`);
        assert.ok(found !== undefined);
        findingsOf(found, { escapes: 'none', fileName: 'a', isVersioned: true }, cluster('public'));
      });
    }
  });
});
