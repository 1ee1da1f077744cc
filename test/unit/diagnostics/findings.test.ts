import assert from 'node:assert/strict';
import { failureKinds, hopIds, type FailureKind, type HopId } from '../../../src/core/hop';
import type { Finding } from '../../../src/diagnostics/findings/finding';
import type { Sign } from '../../../src/diagnostics/findings/signs';
import { findings, judge, weightOf } from '../../../src/diagnostics/verdict';
import { verdictSentence } from '../../../src/messages/test-text';
import { rowsBesideThePath } from './rows-beside-the-path';
import { meanings, rowsOnTheWire } from './rows-on-the-wire';
import { atlas, cluster0, fails, passes, primary, row, type Row } from './what-is-seen';

const order = (hop: HopId): number => hopIds.indexOf(hop);

/** Every reason at every hop, alone. */
const everyFailure = hopIds.flatMap((hop) =>
  failureKinds.map((kind: FailureKind) =>
    row(`${hop} ${kind}`, [meanings[hop]?.[kind] ?? 'UNKNOWN_AT_HOP'], {
      hops: [...(order(hop) > order('hello') ? [primary] : []), fails(hop, 'subject:1024', kind)],
    }),
  ),
);
const told = [...rowsOnTheWire, ...rowsBesideThePath];
const rows = [...told, ...everyFailure];

function verdictOn({ context, hops, evidence }: Row): ReturnType<typeof judge>['verdict'] {
  return judge({ context, hops, durationMs: 10 }, evidence).verdict;
}

const shows = (sign: Sign, { context, hops, evidence }: Row): boolean => sign({ context, hops, evidence }).length > 0;
const applies = ({ must, mustNot = [] }: Pick<Finding, 'must' | 'mustNot'>, seen: Row): boolean =>
  must.every((sign) => shows(sign, seen)) && !mustNot.some((sign) => shows(sign, seen));

/** Whether a verdict would say more without one sign of a finding: then the row fails when the sign is removed. */
function hangsOn(seen: Row, finding: Finding, sign: Sign): boolean {
  const [first, ...others] = finding.must.filter((one) => one !== sign);
  const rest = {
    must: [first ?? (() => seen.hops), ...others] as const,
    mustNot: finding.mustNot?.filter((one) => one !== sign),
  };
  if (applies(finding, seen) || !applies({ must: rest.must, mustNot: rest.mustNot ?? [] }, seen)) return false;
  return !findings.some((each) => each.explains?.includes(finding.code) === true && applies(each, seen));
}

describe('findings, each by what shows it and by what is one sign away from it', () => {
  for (const seen of told) {
    it(`${seen.codes.join(', ') || 'nothing'}: ${seen.says}`, () => {
      // However the test ends: whether one that fails has a reason is a row's question below.
      const { problems } = verdictOn({ ...seen, hops: [...seen.hops, passes('ping', 'db')] });
      assert.deepEqual(
        problems.map(({ code }) => code),
        seen.codes,
      );
      if (seen.subject !== undefined) assert.equal(problems[0]?.subject, seen.subject);
      if (seen.parameters !== undefined) assert.deepEqual(problems[0]?.parameters, seen.parameters);
      if (seen.told !== undefined) assert.equal(problems[0]?.evidence, seen.told);
    });
  }

  for (const hop of hopIds) {
    it(`every reason why ${hop} may fail has the finding that it should, and no other`, () => {
      const ofHop = everyFailure.filter(({ hops }) => hops.at(-1)?.hop === hop);
      const found = ofHop.map((seen) => [seen.says, ...verdictOn(seen).problems.map(({ code }) => code)]);
      assert.deepEqual(
        found,
        ofHop.map(({ says, codes }) => [says, ...codes]),
      );
    });
  }

  it('no test fails without a reason, and each is told by one that keeps an application from working', () => {
    const unreasoned = rows.flatMap((seen) => {
      const { outcome, problems, failedHop, headline } = verdictOn(seen);
      if (outcome !== 'failed') return [];
      const told = problems[headline?.index ?? problems.length];
      return told !== undefined && weightOf(told.code) === 'error' && failedHop !== undefined ? [] : [seen.says];
    });
    assert.deepEqual(unreasoned, []);
  });

  it('the sentence about a test is about what makes it fail, and names the hop where it is about that one', () => {
    const disagree = passes(
      'srv',
      'db',
      ['resolver', '10.0.0.2:53 records 1 ms'],
      ['resolver', '10.0.0.3:53 nxdomain 1 ms'],
    );
    const refused = fails('tcp', '10.0.20.54:1024', 'refused');
    const told = (parts: Parameters<typeof row>[2]): string => verdictSentence(verdictOn(row('', [], parts)), 'h');
    assert.equal(told({ hops: [disagree, refused] }), 'TCP connection: Connections are refused: 10.0.20.54:1024');
    assert.match(told({ hops: [fails('addresses', 'db', 'dns-garbage')] }), /^Addresses: The DNS server answered/);
    const paused = told({ hops: [refused], atlas: atlas({ cluster: cluster0({ paused: true }) }) });
    assert.equal(paused, 'The cluster is paused: Cluster0');
  });

  it('no row stands twice', () => {
    const names = told.map(({ says, codes }) => `${codes.join()}: ${says}`);
    assert.deepEqual(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  it('every sign decides a row: none can be removed unnoticed', () => {
    const idle = findings.flatMap((finding) => [
      ...(rows.some((seen) => applies(finding, seen)) ? [] : [`${finding.code}: never shown`]),
      ...finding.must.flatMap((sign, index) =>
        rows.some((seen) => hangsOn(seen, finding, sign)) ? [] : [`${finding.code}: must ${String(index)}`],
      ),
      ...(finding.mustNot ?? []).flatMap((sign, index) =>
        rows.some((seen) => hangsOn(seen, finding, sign)) ? [] : [`${finding.code}: must not ${String(index)}`],
      ),
    ]);
    assert.deepEqual(idle, []);
  });

  it('every consequence that a finding explains is left out of a row', () => {
    const idle = findings.flatMap((finding) =>
      (finding.explains ?? []).flatMap((code) =>
        rows.some(
          (seen) => applies(finding, seen) && findings.some((each) => each.code === code && applies(each, seen)),
        )
          ? []
          : [`${finding.code} explains ${code}`],
      ),
    );
    // Their signs exclude each other; they stand in the list that all who miss the endpoint have.
    assert.deepEqual(idle, [
      'TIER_UNSUPPORTED explains REGION_WITHOUT_ENDPOINT',
      'CLUSTER_PAUSED explains CLUSTER_UPDATING',
    ]);
  });
});
