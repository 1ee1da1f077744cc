import assert from 'node:assert/strict';

/** Milliseconds of processor time below which nobody waits, however the time grows. */
const unnoticed = 200;

/** Four times the text may take four times the time and some; a quadratic way would take sixteen times. */
const tolerated = 10;

/**
 * Fails when the work on a text four times as long takes clearly more than four times the processor time: a hostile
 * text must not hold the editor up. Counts processor time, not the clock's, and takes the best of several tries, so that
 * a busy or slow machine does not matter.
 * @param size how long the longer text is, in whatever `work` counts
 */
export function assertGrowsWithLength(label: string, size: number, work: (size: number) => void): void {
  const tries = Array.from({ length: 4 }, () => {
    const short = processorTime(() => {
      work(size / 4);
    });
    const long = processorTime(() => {
      work(size);
    });
    return { long, ratio: long / short };
  });
  const best = tries.reduce((one, other) => (other.ratio < one.ratio ? other : one));
  const soonest = Math.min(...tries.map(({ long }) => long));
  assert.ok(
    soonest < unnoticed || best.ratio < tolerated,
    `${label}: four times the text takes ${best.ratio.toFixed(1)} times the time (${soonest.toFixed(0)} ms)`,
  );
}

function processorTime(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
