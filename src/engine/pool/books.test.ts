import { describe, expect, test } from 'vitest';
import { outcomeCode, taskStates } from '../../shared/task.ts';
import { acceptResults } from './books.ts';
import type { JobEnd } from './job.ts';
import { JobState } from './job-state.ts';
import { plainJob, specOf } from './model/job-double.ts';
import { WorkerSlot } from './worker-slot.ts';

/** Books an attempt that failed, of the one task of a job. */
function bookFailure(retries: number, prepare: (job: JobState) => void = () => {}) {
  const job = new JobState(1, specOf({ ...plainJob, retries }), 'a');
  job.phase = 'running';
  const process = {
    pid: 1,
    post() {},
    onMessage() {},
    onOutput() {},
    onExit() {},
    kill() {},
  };
  const slot = new WorkerSlot(1, 1, 'a', process, { now: () => 0 });
  slot.send(1, job.id, job.take(1)!.block, false);
  prepare(job);
  const ended = acceptResults(
    slot,
    job,
    {
      type: 'results',
      job: job.id,
      indices: [0],
      outcomes: Uint8Array.of(outcomeCode('error')),
      values: '{"name":"Error","message":"It failed."}',
      startedAt: Float64Array.of(1),
      ms: Float64Array.of(1),
      output: [],
    },
    0,
  );
  return { job, state: taskStates[ended!.states[0]!], attempts: ended!.attempts };
}

test('a task that has failed for good at its first attempt is kept no longer', () => {
  const { job, attempts } = bookFailure(0);
  expect(attempts).toBeUndefined();
  // It would be the second one of a task that is remembered.
  expect(job.attempts.number(0)).toBe(1);
});

describe('a task that fails while its job ends', () => {
  const ending = (end: JobEnd) => (job: JobState) => {
    job.phase = 'ending';
    job.end = end;
  };

  test.each([
    [{ reason: 'halted', sentence: 'Halted.' }, 'skipped'],
    [{ reason: 'interrupted' }, 'pending'],
    [{ reason: 'canceled' }, 'canceled'],
  ] as const)('and would have been tried again is left behind: %j, %s', (end, state) => {
    expect(bookFailure(1, ending(end)).state).toBe(state);
  });

  test('and was tried often enough has failed', () => {
    expect(bookFailure(0, ending({ reason: 'halted', sentence: 'Halted.' })).state).toBe('failed');
  });
});
