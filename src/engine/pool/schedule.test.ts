import { describe, expect, it } from 'vitest';
import { decide, type JobFacts, type WorkerFacts } from './schedule.ts';

const worker = (change: Partial<WorkerFacts>): WorkerFacts => ({
  id: 1,
  runtime: 'node',
  state: 'ready',
  chunks: 0,
  tasks: 0,
  job: null,
  closed: false,
  quota: Number.POSITIVE_INFINITY,
  ...change,
});
const job = (change: Partial<JobFacts>): JobFacts => ({
  id: 1,
  runtime: 'node',
  waiting: 100,
  alone: false,
  held: false,
  taskMs: 1000,
  lastSize: 1,
  chunkSetting: 'auto',
  concurrency: 1,
  maxWorkers: 2,
  workers: 0,
  priority: 0,
  ...change,
});
const busy = (change: Partial<WorkerFacts>) => worker({ chunks: 1, tasks: 1, job: 1, ...change });

describe('decide', () => {
  it('launches a worker only where there is work for it', () => {
    expect(decide([], [], 2)).toBeNull();
    expect(decide([], [job({ waiting: 0 })], 2)).toBeNull();
    expect(decide([], [job({})], 2)).toEqual({ type: 'launch', runtime: 'node' });
  });

  it('uses an idle worker before it launches another', () => {
    expect(decide([worker({})], [job({})], 2)).toMatchObject({ type: 'send', worker: 1 });
  });

  it('launches no more workers than the pool may have', () => {
    const workers = [busy({ id: 1 }), busy({ id: 2 })];
    expect(decide(workers, [job({ workers: 2, maxWorkers: 8 })], 2)).toBeNull();
  });

  it('launches no more workers for a job than the job may use', () => {
    expect(decide([busy({})], [job({ workers: 1, maxWorkers: 1 })], 2)).toBeNull();
  });

  it('does not count workers that are ending', () => {
    const workers = [busy({ id: 1 }), busy({ id: 2, state: 'stopping' })];
    expect(decide(workers, [job({ workers: 2, maxWorkers: 4 })], 2)).toEqual({
      type: 'launch',
      runtime: 'node',
    });
  });

  it('sends a second chunk where tasks are short, not where they are long', () => {
    const workers = [busy({ id: 1 }), busy({ id: 2 })];
    expect(decide(workers, [job({ workers: 2, taskMs: 1 })], 2)).toMatchObject({ type: 'send' });
    expect(decide(workers, [job({ workers: 2, taskMs: 1000 })], 2)).toBeNull();
  });

  it('never has more than two chunks in a worker that runs one task at a time', () => {
    const workers = [busy({ id: 1, chunks: 2 }), busy({ id: 2, chunks: 2 })];
    expect(decide(workers, [job({ workers: 2, taskMs: 0.001 })], 2)).toBeNull();
  });

  it('keeps a worker that runs several tasks at once supplied', () => {
    const one = [busy({ tasks: 8, chunks: 8 })];
    const facts = job({ workers: 1, maxWorkers: 1, concurrency: 16, taskMs: 500 });
    expect(decide(one, [facts], 1)).toMatchObject({ type: 'send', worker: 1 });
    expect(decide([busy({ tasks: 24, chunks: 24 })], [facts], 1)).toBeNull();
  });

  it('gives a free worker to the job that holds the fewest', () => {
    const workers = [busy({ id: 1 }), worker({ id: 2 })];
    const jobs = [job({ id: 1, workers: 1 }), job({ id: 2, workers: 0 })];
    expect(decide(workers, jobs, 2)).toMatchObject({ type: 'send', worker: 2, job: 2 });
  });

  it('does not send ahead to a worker that another job waits for', () => {
    const workers = [busy({ id: 1 }), busy({ id: 2 })];
    const jobs = [job({ id: 1, workers: 2, taskMs: 1 }), job({ id: 2, workers: 0 })];
    expect(decide(workers, jobs, 2)).toBeNull();
  });

  it('serves jobs of a higher priority first, whatever they hold already', () => {
    const workers = [busy({ id: 1, job: 2 }), worker({ id: 2 })];
    const jobs = [job({ id: 1 }), job({ id: 2, workers: 1, priority: 1 }), job({ id: 3, priority: -1 })];
    expect(decide(workers, jobs, 2)).toMatchObject({ type: 'send', worker: 2, job: 2 });
    const normalFirst = [jobs[0]!, { ...jobs[1]!, waiting: 0 }, jobs[2]!];
    expect(decide(workers, normalFirst, 2)).toMatchObject({ type: 'send', job: 1 });
  });

  it('gives what a job of a higher priority may not use to the others', () => {
    const workers = [busy({ id: 1, job: 2 }), worker({ id: 2 })];
    const jobs = [job({ id: 1 }), job({ id: 2, workers: 1, maxWorkers: 1, priority: 1 })];
    expect(decide(workers, jobs, 2)).toMatchObject({ type: 'send', worker: 2, job: 1 });
  });

  it('sends ahead of jobs of a lower priority, and not of one of a higher', () => {
    const workers = [busy({ id: 1 }), busy({ id: 2 })];
    const short = job({ id: 1, workers: 2, taskMs: 1 });
    expect(decide(workers, [short, job({ id: 2, priority: -1 })], 2)).toMatchObject({ type: 'send', job: 1 });
    const other = job({ id: 2, priority: 1, runtime: 'python' });
    expect(decide(workers, [short, other], 2)).toBeNull();
  });

  it('takes an idle worker from another runtime for a job of a higher priority', () => {
    const urgent = job({ id: 2, runtime: 'python', priority: 1 });
    expect(decide([worker({})], [job({ id: 1 }), urgent], 1)).toEqual({ type: 'retire', worker: 1 });
    expect(decide([worker({})], [job({ id: 1 }), { ...urgent, priority: 0, id: 3 }], 1)).toMatchObject({
      type: 'send',
      job: 1,
    });
  });

  it('passes over jobs that are held', () => {
    expect(decide([worker({})], [job({ held: true })], 2)).toBeNull();
  });

  it('sends a suspect alone, to an empty worker, and nothing behind it', () => {
    const suspect = job({ alone: true, taskMs: 0.001, lastSize: 4096, workers: 1 });
    expect(decide([worker({ id: 2 })], [suspect], 2)).toMatchObject({
      type: 'send',
      worker: 2,
      count: 1,
    });
    expect(decide([busy({ id: 1 }), busy({ id: 2 })], [{ ...suspect, workers: 2 }], 2)).toBeNull();
    const closed = [busy({ id: 1, closed: true })];
    expect(decide(closed, [job({ workers: 1, maxWorkers: 1, taskMs: 0.001 })], 1)).toBeNull();
  });

  it('sends a worker no more tasks than it may still run', () => {
    const facts = job({ taskMs: 0.001, lastSize: 8192, waiting: 100_000 });
    expect(decide([worker({ quota: 7 })], [facts], 1)).toMatchObject({ count: 7 });
    expect(decide([worker({ quota: 0, state: 'stopping' })], [facts], 1)).toMatchObject({ type: 'launch' });
  });

  it('ends an idle worker of another runtime to make room, and no busy one', () => {
    const python = job({ runtime: 'python:/usr/bin/python3' });
    expect(decide([worker({})], [python], 1)).toEqual({ type: 'retire', worker: 1 });
    expect(decide([busy({})], [python], 1)).toBeNull();
  });
});
