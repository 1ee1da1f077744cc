import assert from 'node:assert/strict';
import { failureKinds, hopIds, type FailureKind, type HopId } from '../../../src/core/hop';
import type { Finding } from '../../../src/diagnostics/findings/finding';
import type { Sign } from '../../../src/diagnostics/findings/signs';
import { findings, judge } from '../../../src/diagnostics/verdict';
import { rowsBesideThePath } from './rows-beside-the-path';
import { meanings, rowsOnTheWire } from './rows-on-the-wire';
import { fails, primary, row, type Row } from './what-is-seen';

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
      const { problems } = verdictOn(seen);
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
