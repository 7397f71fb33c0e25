import { expect, test } from 'vitest';
import { outcomeCode } from '../../shared/task.ts';
import { acceptResults } from './books.ts';
import { JobState } from './job-state.ts';
import { JobDouble } from './model/job-double.ts';
import { WorkerSlot } from './worker-slot.ts';

test('a task that has failed for good at its first attempt is kept no longer', () => {
  const double = new JobDouble(
    {
      tasks: 1,
      atOnce: 1,
      encoding: 'json',
      runtime: 'a',
      chunkSize: 1,
      concurrency: 1,
      retries: 0,
      retryDelayMs: 0,
      oddEvery: 1,
      odd: 'plain',
      past: { tasks: 0, attempts: 1 },
    },
    () => 0,
    () => {},
  );
  const job = new JobState(1, double.spec(), 'a');
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
  expect(ended?.attempts).toBeUndefined();
  // It would be the second one of a task that is remembered.
  expect(job.attempts.number(0)).toBe(1);
});
