import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { outcomeCode } from '../../shared/task.ts';
import type { FromWorker, JobId, ToWorker } from '../../shared/wire.ts';
import { Executor } from './executor.ts';
import { plainJob, specOf } from './model/job-double.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A process that says what the test has it say. */
class Scripted {
  readonly pid = 1_000_000;
  readonly heard: ToWorker[] = [];
  say: (message: FromWorker) => void = () => {};
  post(message: ToWorker): void {
    this.heard.push(message);
  }
  onMessage(listener: (message: FromWorker) => void): void {
    this.say = listener;
  }
  onOutput(): void {}
  onExit(): void {}
  kill(): void {}

  chunks(job: JobId): Extract<ToWorker, { type: 'chunk' }>[] {
    return this.heard.filter((message) => message.type === 'chunk').filter((chunk) => chunk.job === job);
  }

  load(job: JobId): void {
    this.say({ type: 'loaded', job, concurrency: 1, description: {} });
  }

  end(job: JobId, index: number): void {
    this.say({
      type: 'results',
      job,
      indices: [index],
      outcomes: Uint8Array.of(outcomeCode('ok')),
      values: '{"serial":0}',
      startedAt: Float64Array.of(Date.now()),
      ms: Float64Array.of(1),
      output: [],
    });
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test.each(['load-failed', 'stale'] as const)(
  '%s takes no task of another job from its worker',
  async (type) => {
    const workers: Scripted[] = [];
    const launch = () => {
      const worker = new Scripted();
      workers.push(worker);
      return worker;
    };
    const executor = new Executor({ size: 2, launcher: () => ({ launch }), runtimeOf: () => 'a' });
    const submit = (tasks: number) => {
      const handle = executor.submit(specOf({ ...plainJob, tasks, atOnce: tasks }));
      handle.prepared.then(() => handle.start());
      return handle.id;
    };

    const slow = submit(2);
    const [first] = workers;
    first!.say({ type: 'ready', pid: 1 });
    first!.load(slow);
    await settled();
    const [, second] = workers;
    second!.say({ type: 'ready', pid: 2 });
    // The second one takes its time to load: what it was sent goes to the first.
    first!.end(slow, 0);
    vi.advanceTimersByTime(200);
    second!.say({ type: 'returned', chunks: second!.chunks(slow).map(({ chunk }) => chunk) });
    await settled();
    expect(first!.chunks(slow)).toHaveLength(2);

    const other = submit(1);
    second!.load(other);
    await settled();
    expect(second!.chunks(other)).toHaveLength(1);
    const error = { name: 'Error', message: 'It does not load.' };
    second!.say(type === 'stale' ? { type, job: slow } : { type, job: slow, error });
    first!.end(slow, 1);
    await settled();
    expect(workers.flatMap((worker) => worker.chunks(other))).toHaveLength(1);
  },
);
