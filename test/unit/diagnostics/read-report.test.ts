import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { problem } from '../../../src/core/problem';
import type { TestReport } from '../../../src/diagnostics/events';
import { readReport } from '../../../src/diagnostics/report/read-report';
import { reportJson } from '../../../src/diagnostics/report/report-json';
import { writeReportBlock } from '../../../src/diagnostics/report/report-block';

const report: TestReport = {
  context: {
    connectionString: 'mongodb+srv://<credentials>@cluster0-pl-0.ab1cd.mongodb.net/',
    where: { hostname: 'bastion', kind: 'ssh' },
    dnsServers: ['10.0.0.2:53'],
    startedAt: '2026-01-05T00:00:00.000Z',
  },
  hops: [
    {
      hop: 'string',
      subject: 'cluster0-pl-0.ab1cd.mongodb.net',
      outcome: 'passed',
      durationMs: 0.1,
      facts: [{ name: 'scheme', value: 'mongodb+srv' }],
    },
    {
      hop: 'srv',
      subject: 'cluster0-pl-0.ab1cd.mongodb.net',
      outcome: 'failed',
      durationMs: 3,
      facts: [
        { name: 'failure', value: 'nxdomain' },
        { name: 'resolver', value: '10.0.0.2:53 nxdomain 3 ms' },
      ],
    },
  ],
  verdict: {
    outcome: 'failed',
    failedHop: 'srv',
    problems: [problem('SRV_NXDOMAIN', 'cluster0-pl-0.ab1cd.mongodb.net')],
  },
  durationMs: 4,
};
const block = writeReportBlock(JSON.stringify(reportJson(report)));

function reasonOf(text: string): string | undefined {
  const read = readReport(text);
  return read.ok ? undefined : read.problem.parameters.reason;
}

describe('report of another machine', () => {
  it('comes back whole, with the verdict that it had there', () => {
    const read = readReport(block);
    assert.ok(read.ok);
    assert.deepEqual(read.value.context, report.context);
    assert.deepEqual(read.value.hops, report.hops);
    assert.equal(read.value.verdict.failedHop, 'srv');
    assert.deepEqual(
      read.value.verdict.problems.map(({ code }) => code),
      ['SRV_NXDOMAIN'],
    );
  });

  it('survives a terminal: banners, colours, narrow columns, other line ends, an earlier block', () => {
    const old = writeReportBlock('{"schema":1}');
    const wrapped = block
      .split('\n')
      .map((line) => (line.startsWith('-----') ? line : `\u001b[32m${line.replace(/(.{40})/g, '$1\r\n')}\u001b[0m`))
      .join('\r\n');
    const read = readReport(`Welcome!\r\n${old}\r\napp@bastion:~$ sh test.sh\r\n${wrapped}\r\nExiting session\r\n$ `);
    assert.ok(read.ok);
    assert.equal(read.value.context.where.hostname, 'bastion');
  });

  it('is not made up: no block, half a block, garbage, another version', () => {
    assert.equal(reasonOf(''), 'no-block');
    assert.equal(reasonOf('It works!'), 'no-block');
    assert.equal(reasonOf(block.slice(0, 200)), 'no-block');
    assert.equal(reasonOf(block.replace(/\n[^\n]{64}\n/, '\n')), 'no-block');
    assert.equal(reasonOf(writeReportBlock('[')), 'no-json');
    assert.equal(reasonOf(writeReportBlock('null')), 'version');
    assert.equal(reasonOf(JSON.stringify({ schema: 2, hops: [] })), 'version');
    assert.equal(reasonOf(JSON.stringify({ schema: 1, hops: 7 })), 'no-json');
  });

  it('cannot fill the memory', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024)).toString('base64');
    const [begin = '', end = ''] = block.split('\n').filter((line) => line.startsWith('-----'));
    assert.equal(reasonOf(`${begin}\n${bomb}\n${end}`), 'no-block');
  });

  it('leaves out what this version does not know, and takes no type on trust', () => {
    const read = readReport(
      JSON.stringify({
        schema: 1,
        context: { where: 7, dnsServers: [{}, 'x'.repeat(9000)] },
        durationMs: 'long',
        problems: [{ code: '__proto__' }, { code: 'NEVER_HEARD_OF' }, 3],
        hops: [
          { hop: 'teleport', outcome: 'passed' },
          { hop: 'tcp', outcome: 'exploded' },
          null,
          { hop: 'tcp', outcome: 'passed', subject: [], facts: 'many' },
        ],
      }),
    );
    assert.ok(read.ok);
    const { hops, context, durationMs } = read.value;
    assert.deepEqual(hops, [{ hop: 'tcp', subject: '', outcome: 'passed', durationMs: 0, facts: [] }]);
    assert.deepEqual([context.where, durationMs], [{ hostname: '', kind: '' }, 0]);
    assert.ok((context.dnsServers[1] ?? '').length < 9000);
  });
});
