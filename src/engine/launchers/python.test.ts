import { expect, test } from 'vitest';
import type { WorkerExit } from '../launcher.ts';
import { Conversation, conversationAbout, taskFile } from './fixtures/conversation.ts';
import { pythonLauncher } from './python.ts';

const square = `
  def task(x):
      return x * x
`;

test('runs a chunk and answers in order, with the time of each task', async () => {
  const talk = await conversationAbout(square);
  const before = Date.now();
  const attempts = await talk.run([1, 2, 3, 12345678901]);
  expect(attempts.map((attempt) => attempt.text)).toEqual(['1', '4', '9', '152415787526596567801']);
  expect(attempts.every((attempt) => attempt.outcome === 'ok')).toBe(true);
  for (const [i, { startedAt, ms }] of attempts.entries()) {
    expect(startedAt).toBeGreaterThan(before - 1000);
    expect(startedAt).toBeLessThan(Date.now() + 1000);
    expect(ms).toBeGreaterThanOrEqual(0);
    if (i > 0) expect(startedAt).toBeGreaterThanOrEqual(attempts[i - 1]!.startedAt);
  }
});

test('runs thousands of tasks in few messages', async () => {
  const talk = await conversationAbout(square);
  const inputs = Array.from({ length: 8192 }, (_, i) => i);
  expect(await talk.values(inputs)).toEqual(inputs.map((x) => x * x));
  expect(talk.of('results').length).toBeLessThan(200);
});

test('passes texts and rows of any kind through, both ways', async () => {
  const talk = await conversationAbout('def task(x):\n    return x');
  const inputs = ['a\nb', 'ünï 😀 \u2028', '"\\', '', null, { 'a b': [1.5, true, {}] }, [], '\ud800', -0.1];
  expect(await talk.values(inputs)).toEqual(inputs);
});

test('measures how long a task takes', async () => {
  const talk = await conversationAbout('import time\ndef task(s):\n    time.sleep(s)');
  const [short, long] = await talk.run([0, 0.2]);
  expect(long!.ms).toBeGreaterThan(195);
  expect(short!.ms).toBeLessThan(long!.ms);
});

test('keeps at most two messages of results unacknowledged', async () => {
  const talk = await conversationAbout('import time\ndef task(s):\n    time.sleep(s)', {
    acknowledge: false,
  });
  talk.send(Array(10).fill(0.005));
  await talk.heard('results', 2);
  // A stats message comes every second: had a third message of results been sent, it would be there before it.
  await talk.heard('stats', talk.of('stats').length + 1);
  expect(talk.of('results')).toHaveLength(2);
  talk.post({ type: 'ack' });
  await talk.heard('results', 3);
});

test('exits with 0 once told to, after its last results are acknowledged', async () => {
  const talk = await conversationAbout(square, { acknowledge: false });
  talk.send([1]);
  await talk.heard('results');
  talk.post({ type: 'exit' });
  let exit: WorkerExit | undefined;
  void talk.exit.then((told) => {
    exit = told;
  });
  await talk.heard('stats', talk.of('stats').length + 1);
  expect(exit).toBeUndefined();
  talk.post({ type: 'ack' });
  expect(await talk.exit).toEqual({ code: 0, signal: null });
});

test('speaks through standard input and output where it is given no other descriptors', async () => {
  const talk = await conversationAbout(
    `
      import os, sys
      def task(x):
          os.write(1, b"native output")
          print("printed")
          return [x, sys.stdin.read()]
    `,
    { transport: 'stdio' },
  );
  expect(await talk.values([7])).toEqual([[7, '']]);
  expect(talk.text(0, 'stdout')).toBe('printed\n');
  await talk.until(() => talk.printed.includes('native output'));
  expect(await talk.leave()).toEqual({ code: 0, signal: null });
});

test('gives values to a job whose results are cloned', async () => {
  const talk = await conversationAbout('def task(x):\n    return {"got": x}', { encoding: 'clone' });
  const cycle: unknown[] = [];
  cycle.push(cycle);
  talk.post({
    type: 'chunk',
    job: 1,
    chunk: 1,
    indices: [5, 6, 7, 8],
    inputs: [1, { a: 2 }, cycle, undefined],
  });
  await talk.ended(8, 5);
  const values = [5, 6, 8].map((index) => JSON.parse(talk.attempts.get(index)!.text));
  expect(values).toEqual([{ got: 1 }, { got: { a: 2 } }, { got: null }]);
  expect(talk.of('results').every((message) => Array.isArray(message.values))).toBe(true);
  expect(talk.attempts.get(7)).toMatchObject({ outcome: 'error' });
  expect(JSON.parse(talk.attempts.get(7)!.text)).toMatchObject({ code: 'INPUT_NOT_SENDABLE' });
  // The worker's account of acknowledgements still holds.
  expect(await talk.leave()).toEqual({ code: 0, signal: null });
});

test('tells of an interpreter that does not exist as an exit with a reason', async () => {
  const process = pythonLauncher('/no/such/python').launch({ name: 'test' });
  process.post({ type: 'ack' });
  const exit = await new Promise<WorkerExit>((resolve) => process.onExit(resolve));
  expect(exit).toMatchObject({ code: null, signal: null, reason: expect.stringContaining('ENOENT') });
  expect(process.pid).toBeUndefined();
  process.post({ type: 'ack' });
  process.kill(true);
});

test('does the work of two jobs', async () => {
  const talk = await conversationAbout(square);
  await talk.loaded(taskFile('def double(x):\n    return x + x', 'other.py'), { job: 2 });
  expect(await talk.values([3])).toEqual([9]);
  expect(await talk.values([3], { job: 2, first: 10 })).toEqual([6]);
  expect(await talk.values([4], { first: 20 })).toEqual([16]);
  talk.post({ type: 'unload', job: 1 });
  expect(await talk.values([5], { job: 2, first: 30 })).toEqual([10]);
});

test('tells what it uses once a second', async () => {
  const talk = await Conversation.start();
  const stats = await talk.heard('stats', 2);
  expect(stats.cpuMs).toBeGreaterThan(0);
  expect(stats.memoryBytes).toBeGreaterThan(1_000_000);
});
