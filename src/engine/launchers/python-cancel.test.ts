import { describe, expect, test } from 'vitest';
import { Conversation, conversationAbout, taskFile } from './fixtures/conversation.ts';

/** A source whose task says that it runs, then does `statement` for the input 0. */
const stuckIn = (statement: string) => `
  import threading, time, subprocess, sys, queue
  def task(x):
      if x != 0:
          return x
      print("running", flush=True)
      ${statement}
`;

describe('a running task that is asked to stop gets KeyboardInterrupt', () => {
  test.each([
    ['time.sleep(1000)'],
    ['while True: pass'],
    ['threading.Event().wait()'],
    ['queue.Queue().get()'],
    ['subprocess.run(["sleep", "1000"])'],
    ['threading.Lock().acquire() and (lock := threading.Lock()).acquire() and lock.acquire()'],
    ['[i for i in iter(int, 1)]'],
    ['while True: print("x" * 1000)'],
  ])('in %s', async (statement) => {
    const talk = await conversationAbout(stuckIn(statement));
    talk.send([0, 5]);
    await talk.until(() => talk.text(0).startsWith('running'));
    talk.post({ type: 'abort', job: 1, indices: [0] });
    await talk.ended(1, 0);
    expect(talk.attempts.get(0)).toMatchObject({ outcome: 'canceled' });
    expect(JSON.parse(talk.attempts.get(0)!.text)).toMatchObject({
      name: 'KeyboardInterrupt',
      stack: expect.stringContaining('in task'),
    });
    expect(talk.attempts.get(1)).toMatchObject({ outcome: 'ok', text: '5' });
  });

  test('and may clean up, or refuse', async () => {
    const talk = await conversationAbout(`
      import time
      def task(x, ctx):
          try:
              print("running", flush=True)
              time.sleep(1000)
          except KeyboardInterrupt:
              print("cleaned up", ctx.canceled)
              if x == "refuse":
                  return "done all the same"
              if x == "fail":
                  raise ValueError("while cleaning up")
              raise
    `);
    for (const [index, x] of ['clean', 'refuse', 'fail'].entries()) {
      talk.send([x], { first: index });
      await talk.until(() => talk.text(index).startsWith('running'));
      talk.post({ type: 'abort', job: 1, indices: [index] });
      await talk.ended(index);
      expect(talk.text(index)).toBe('running\ncleaned up True\n');
    }
    expect([0, 1, 2].map((index) => talk.attempts.get(index)!.outcome)).toEqual([
      'canceled',
      'ok',
      'canceled',
    ]);
    expect(talk.attempts.get(2)!.text).toContain('while cleaning up');
  });
});

test('tasks that have not started are dropped as canceled', async () => {
  const talk = await conversationAbout(stuckIn('time.sleep(1000)'));
  talk.send([0, 1, 2, 3]);
  talk.send([4, 5], { first: 4 });
  await talk.until(() => talk.text(0).startsWith('running'));
  talk.post({ type: 'abort', job: 1, indices: [0, 2, 3, 4] });
  await talk.ended(5, 0);
  const outcomes = [0, 1, 2, 3, 4, 5].map((index) => talk.attempts.get(index)!.outcome);
  expect(outcomes).toEqual(['canceled', 'ok', 'canceled', 'canceled', 'canceled', 'ok']);
  expect(JSON.parse(talk.attempts.get(3)!.text)).toMatchObject({ code: 'CANCELED' });
});

test('a task that follows the canceled one is never hit', async () => {
  const talk = await conversationAbout(`
    def task(x):
        total = 0
        for i in range(2000):
            total += i
        return total
  `);
  const count = 3000;
  talk.send(Array(count).fill(0));
  // Always one that is running, has just ended, or is about to start.
  const asked = new Set<number>();
  await talk.until(() => {
    const next = talk.attempts.size + 2;
    if (next < count && !asked.has(next)) {
      asked.add(next);
      talk.post({ type: 'abort', job: 1, indices: [next] });
    }
    return talk.attempts.size === count;
  });
  const canceled = [...talk.attempts]
    .filter(([, attempt]) => attempt.outcome === 'canceled')
    .map(([index]) => index);
  expect(canceled.filter((index) => !asked.has(index))).toEqual([]);
  expect([...talk.attempts.values()].filter((attempt) => attempt.outcome === 'error')).toEqual([]);
  expect(asked.size).toBeGreaterThan(10);
});

test('an abort of a task that is over, or of another job, changes nothing', async () => {
  const talk = await conversationAbout('def task(x):\n    return x');
  await talk.run([1]);
  talk.post({ type: 'abort', job: 1, indices: [0] });
  talk.post({ type: 'abort', job: 9, indices: [1] });
  expect(await talk.values([2, 3])).toEqual([2, 3]);
});

describe('chunks that have not started', () => {
  test('are given back when they are recalled, and no other', async () => {
    const talk = await conversationAbout(stuckIn('time.sleep(1000)'));
    const first = talk.send([0, 1]);
    const second = talk.send([2], { first: 10 });
    const third = talk.send([3], { first: 20 });
    await talk.until(() => talk.text(0).startsWith('running'));
    talk.post({ type: 'recall', chunks: [first, second, 99] });
    expect(await talk.heard('returned')).toEqual({ type: 'returned', chunks: [second] });
    talk.post({ type: 'abort', job: 1, indices: [0] });
    await talk.ended(20);
    expect([...talk.attempts.keys()].sort((a, b) => a - b)).toEqual([0, 1, 20]);
    talk.post({ type: 'recall', chunks: [third] });
    expect(await talk.heard('returned', 2)).toEqual({ type: 'returned', chunks: [] });
  });

  test('are not started where the pool revokes them after a silence', async () => {
    const talk = await conversationAbout('import time\ndef task(s):\n    time.sleep(s)\n    return s', {
      letGo: false,
    });
    const first = talk.send([0.15, 0.001, 0.002]);
    const second = talk.send([0.003], { first: 10 });
    talk.send([0.004], { first: 20 });
    await talk.heard('fence');
    // The result of the task that took so long is told before the question.
    expect([...talk.attempts.keys()]).toEqual([0]);
    talk.post({ type: 'go', revoked: [first, second] });
    await talk.ended(20);
    expect([...talk.attempts.keys()]).toEqual([0, 20]);
    expect(talk.of('fence')).toHaveLength(1);
  });

  test('are started without a question where the worker was only idle', async () => {
    const talk = await conversationAbout('def task(s):\n    return s', { letGo: false });
    await talk.heard('stats', 1);
    expect(await talk.values([1])).toEqual([1]);
    expect(talk.of('fence')).toEqual([]);
  });
});

test('the result of a task of a few milliseconds is told before the next one starts', async () => {
  const talk = await conversationAbout('import time\ndef task(s):\n    time.sleep(s)');
  await talk.run([0.01, 0.01, 0.01, 0.01]);
  expect(talk.of('results').map((message) => message.indices)).toEqual([[0], [1], [2], [3]]);
});

test('on exit the task that runs is the last', async () => {
  const talk = await conversationAbout(
    'import time\ndef task(s):\n    print("in", flush=True)\n    time.sleep(s)',
  );
  talk.send([0.3, 0, 0]);
  talk.send([0], { first: 10 });
  await talk.until(() => talk.text(0) === 'in\n');
  expect(await talk.leave()).toEqual({ code: 0, signal: null });
  expect([...talk.attempts.keys()]).toEqual([0]);
});

test('chunks of a file that failed to load are dropped', async () => {
  const talk = await Conversation.start();
  const failing = talk.refused(taskFile('def task(x:'));
  talk.send([1]);
  await failing;
  await talk.loaded(taskFile('def task(x):\n    return x'), { job: 2 });
  expect(await talk.values([2], { job: 2, first: 5 })).toEqual([2]);
  expect([...talk.attempts.keys()]).toEqual([5]);
});
