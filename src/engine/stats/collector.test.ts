import { expect, test } from 'vitest';
import { type AttemptOutcome, outcomeCode, stateCode, type TaskState } from '../../shared/task.ts';
import type { EndedAttempts } from '../pool/job.ts';
import { chartsView } from './charts-view.ts';
import { Collector } from './collector.ts';
import { efficiencyOf } from './efficiency.ts';
import { restore, save } from './saved.ts';
import { indicesIn, lanesView } from './timeline-view.ts';

const epoch = 1_760_000_000_000;

interface Given {
  at: number;
  ms: number;
  index?: number;
  state?: TaskState;
  outcome?: AttemptOutcome;
}

/** Attempts of one worker; `at` in run time. */
function attempts(worker: number, given: Given[]): EndedAttempts {
  return {
    worker,
    indices: given.map(({ index }, i) => index ?? i),
    outcomes: Uint8Array.from(given, ({ outcome = 'ok' }) => outcomeCode(outcome)),
    states: Uint8Array.from(given, ({ state = 'succeeded' }) => stateCode(state)),
    values: '',
    startedAt: Float64Array.from(given, ({ at }) => epoch + at),
    ms: Float64Array.from(given, ({ ms }) => ms),
    output: [],
    inputs: () => [],
  };
}

function begun(): Collector {
  const collector = new Collector();
  collector.begin(epoch);
  return collector;
}

const bytes = (text: string | undefined): number[] => [...Buffer.from(text ?? '', 'base64')];
const standing = (reason: 'held' | 'input' | 'end' | null, more = {}) => ({
  reason,
  workers: 2,
  starting: 0,
  ...more,
});

test('a lane shows for each pixel the share of its time that tasks used, by state', () => {
  const collector = begun();
  collector.add(
    attempts(1, [
      { at: 0, ms: 500 },
      { at: 500, ms: 250, state: 'failed', outcome: 'error' },
    ]),
  );
  collector.see(epoch + 1000, standing(null));
  const [lane] = lanesView(collector, { from: 0, to: 1000, columns: 4 });
  expect(bytes(lane?.shares.succeeded)).toEqual([255, 255, 0, 0]);
  expect(bytes(lane?.shares.failed)).toEqual([0, 0, 255, 0]);
  expect(bytes(lane?.marks.failures)).toEqual([0, 0, 0, 1]);
  expect(lane?.busy).toBeCloseTo(0.75);
  expect(lane?.counts).toEqual({ failures: 1, retries: 0, starts: 0, recycles: 0, deaths: 0 });
});

test('a task that is much shorter than a pixel is still there, and so is its failure', () => {
  const collector = begun();
  collector.add(attempts(1, [{ at: 500.2, ms: 0.01, state: 'failed', outcome: 'crash' }]));
  collector.see(epoch + 10_000, standing(null));
  const [lane] = lanesView(collector, { from: 0, to: 10_000, columns: 10 });
  expect(bytes(lane?.shares.failed)[0]).toBe(1);
  expect(bytes(lane?.marks.failures)[0]).toBe(1);
  expect(bytes(lane?.marks.deaths)[0]).toBe(1);
});

test('the replacement of a worker that died is no recycling, whether it is seen before its death is told or after', () => {
  const collector = begun();
  const crash = { ms: 10, state: 'pending', outcome: 'crash' } as const;
  collector.add(attempts(1, [{ at: 100, ...crash }]));
  collector.replaced(epoch + 200, 1);
  collector.replaced(epoch + 300, 1);
  collector.replaced(epoch + 500, 1);
  collector.add(attempts(1, [{ at: 400, ...crash }]));
  collector.add(attempts(1, [{ at: 600, ...crash }]));
  collector.replaced(epoch + 700, 1);
  collector.see(epoch + 1000, standing(null));
  const [lane] = lanesView(collector, { from: 0, to: 1000, columns: 10 });
  expect(lane?.counts).toMatchObject({ deaths: 3, recycles: 1 });
  expect(bytes(lane?.marks.recycles).indexOf(1)).toBe(3);
});

test('however long a batch runs, its buckets are as many, and what was counted stays', () => {
  const collector = begun();
  const hours = 30;
  const each = 60_000;
  const count = (hours * 3_600_000) / each;
  for (let i = 0; i < count; i++) {
    collector.add(attempts(1, [{ at: i * each, ms: each / 2, index: i }]));
    collector.see(epoch + i * each, standing(null));
  }
  expect(collector.length).toBeLessThanOrEqual(collector.buckets.width * collector.buckets.capacity);
  expect(collector.attempts.values.length).toBe(2048);
  expect(collector.attempts.values.reduce((sum, value) => sum + value, 0)).toBe(count);
  const [lane] = lanesView(collector, { from: 0, to: collector.length, columns: 100 });
  expect(lane?.busy).toBeCloseTo(0.5, 1);
  const middle = indicesIn(collector, 15 * 3_600_000, 15 * 3_600_000 + 1);
  expect(middle!.least).toBeLessThanOrEqual(900);
  expect(middle!.most).toBeGreaterThanOrEqual(900);
  expect(middle!.most - middle!.least).toBeLessThan(5);
});

test('several tasks at once in a worker make it busy once', () => {
  const collector = begun();
  collector.add(
    attempts(
      1,
      Array.from({ length: 8 }, () => ({ at: 0, ms: 60_000 })),
    ),
  );
  collector.see(epoch, standing(null, { workers: 1 }));
  for (let at = 50; at <= 120_000; at += 50) collector.see(epoch + at, standing('end', { workers: 1 }));
  expect(efficiencyOf(collector)!.busy).toBeCloseTo(0.5, 1);
});

test('the parts of the time sum to one, and each loss has its reason', () => {
  const collector = begun();
  collector.add(
    attempts(1, [
      { at: 1000, ms: 4000 },
      { at: 7000, ms: 2000 },
    ]),
  );
  collector.add(attempts(2, [{ at: 1000, ms: 4000 }]));
  // A start of one second, four of work, one held, one without input, two at the end with one worker left.
  const plan = [
    standing(null, { starting: 2 }),
    ...Array(4).fill(standing(null)),
    standing('held'),
    standing('input'),
    ...Array(2).fill(standing('end')),
  ];
  for (const [second, each] of plan.entries()) {
    for (let at = 0; at < 1000; at += 50) collector.see(epoch + second * 1000 + at, each);
  }
  collector.see(epoch + 9000, standing('end'));
  const { busy, lost, workers } = efficiencyOf(collector)!;
  expect(busy + Object.values(lost).reduce((sum, part) => sum + part, 0)).toBeCloseTo(1, 6);
  expect(workers).toBeCloseTo(2);
  expect(busy).toBeCloseTo(10 / 18);
  expect(lost.startup).toBeCloseTo(2 / 18);
  expect(lost.held).toBeCloseTo(2 / 18);
  expect(lost.input).toBeCloseTo(2 / 18);
  expect(lost.stragglers).toBeCloseTo(2 / 18);
  expect(lost.store).toBeCloseTo(0);
});

test('time in which nobody looked, as while the machine slept, is no fault of the store', () => {
  const collector = begun();
  collector.see(epoch, standing(null));
  collector.see(epoch + 3_600_000, standing(null));
  expect(efficiencyOf(collector)!.lost).toMatchObject({ held: 1, store: 0 });
});

test('percentiles are right to a few percent, and throughput counts each task once', () => {
  const collector = begun();
  const given = Array.from({ length: 1000 }, (_, i) => ({ at: i * 10, ms: 1 + i / 10 }));
  collector.add(attempts(1, given));
  const { durations, ended, step, at } = chartsView(collector, false);
  expect(durations!.count).toBe(1000);
  expect(durations!.p50).toBeGreaterThan(51 * 0.93);
  expect(durations!.p50).toBeLessThan(51 * 1.07);
  expect(durations!.p99).toBeGreaterThan(100 * 0.93);
  expect(durations!.p99).toBeLessThan(100 * 1.07);
  const lengthOf = (point: number) => (point < ended.length - 1 ? step : collector.length - point * step);
  const total = ended.reduce((sum, perSecond, point) => sum + (perSecond * lengthOf(point)) / 1000, 0);
  expect(total).toBeCloseTo(1000, 0);
  expect(at.length).toBe(ended.length);
});

test('what was saved goes on as if it had never stopped, without the time between', () => {
  const collector = begun();
  collector.add(
    attempts(1, [
      { at: 0, ms: 400 },
      { at: 400, ms: 100, state: 'pending', outcome: 'error' },
    ]),
  );
  collector.sample(epoch + 450, 1, 0.9, 50_000_000);
  collector.sample(epoch + 450, 0, 0.1, 90_000_000);
  collector.mark(epoch + 10, 1, 'starts');
  collector.see(epoch + 500, standing(null));
  const again = restore(save(collector))!;
  expect(chartsView(again, false)).toEqual(chartsView(collector, false));
  expect(lanesView(again, { from: 0, to: 500, columns: 7 })).toEqual(
    lanesView(collector, { from: 0, to: 500, columns: 7 }),
  );
  const day = 86_400_000;
  again.begin(epoch + day);
  again.add(attempts(1, [{ at: day, ms: 500 }]));
  expect(again.length).toBe(1000);
  expect(again.time.runs).toEqual([
    { at: 0, startedAt: epoch },
    { at: 500, startedAt: epoch + day },
  ]);
  expect(again.time.stretches(400, 600)).toEqual([
    { from: epoch + 400, to: epoch + 500 },
    { from: epoch + day, to: epoch + day + 100 },
  ]);
  expect(restore('{"version":99}')).toBeNull();
});
