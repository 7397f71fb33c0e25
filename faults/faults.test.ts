import { describe, expect, it } from 'vitest';
import { commandOf } from './describe.ts';
import { play } from './play.ts';
import { makeSchedule } from './schedule.ts';

/** Few, and quick, and among them every kind of task and of fault; `npm run test:faults` has the others. */
const seeds = [95, 107, 117, 119, 187, 203, 219];
const schedules = seeds.map(makeSchedule);

describe('after faults nothing is lost, doubled or left behind', () => {
  it.each(
    schedules.map((schedule) => ({
      seed: schedule.seed,
      kind: schedule.kind === 'builtin' ? schedule.builtin : schedule.kind,
      faults: schedule.faults.map(({ type }) => type).join(', '),
      schedule,
    })),
  )('seed $seed: $kind; $faults', { timeout: 240_000, retry: 0 }, async ({ seed, schedule }) => {
    const { problems, folder } = await play(schedule);
    expect(problems, `Again: ${commandOf(seed)}; left in ${folder}`).toEqual([]);
  });

  it('the seeds have every kind of task and of fault', () => {
    expect(new Set(schedules.map(({ kind }) => kind)).size).toBe(4);
    expect(new Set(schedules.flatMap(({ faults }) => faults.map(({ type }) => type))).size).toBe(10);
  });
});
