import { describe, expect, test } from 'vitest';
import { Conversation, conversationAbout, taskFile } from './fixtures/conversation.ts';

/** Tasks that wait until all of `n` are running. */
const meeting = (n: number) => `
  import asyncio
  running = 0
  most = 0
  all_there = None
  async def setup():
      global all_there
      all_there = asyncio.Event()
  async def task(x):
      global running, most
      running += 1
      most = max(most, running)
      if running == ${n}:
          all_there.set()
      await all_there.wait()
      await asyncio.sleep(0.001)
      running -= 1
      return most
`;

describe('async functions', () => {
  test('run one after another by default', async () => {
    const talk = await conversationAbout(`
      import asyncio
      running = 0
      async def task(x):
          global running
          running += 1
          await asyncio.sleep(0.001)
          running -= 1
          return running
    `);
    expect(await talk.values([1, 2, 3])).toEqual([0, 0, 0]);
    expect(talk.of('running')).toEqual([]);
  });

  test('run as many at once as is asked for, over several chunks', async () => {
    const talk = await conversationAbout(meeting(5), { concurrency: 5 });
    talk.send([0, 1, 2]);
    talk.send([3, 4, 5, 6], { first: 3 });
    await talk.ended(6, 0);
    for (let i = 0; i < 7; i++) expect(talk.attempts.get(i)).toMatchObject({ outcome: 'ok', text: '5' });
    const running = talk.of('running');
    expect(running.map((message) => message.indices)).toContainEqual([0, 1, 2, 3, 4]);
    expect(running[0]!.startedAt[0]).toBeGreaterThan(Date.now() - 60_000);
    expect(running[0]!.startedAt[0]).toBeLessThanOrEqual(Date.now() + 100);
  });

  test('run as many at once as META says, and functions that are not async one at a time', async () => {
    const talk = await Conversation.start();
    const meta = 'META = {"concurrency": 3}\n';
    expect(await talk.loaded(taskFile(`${meta}async def task(x):\n    pass`))).toMatchObject({
      concurrency: 3,
    });
    const plain = taskFile(`${meta}def task(x):\n    pass`, 'plain.py');
    expect(await talk.loaded(plain, { job: 2 })).toMatchObject({ concurrency: 1 });
    expect(await talk.loaded(plain, { job: 3, concurrency: 8 })).toMatchObject({ concurrency: 1 });
  });

  test('have their output, context and errors apart', async () => {
    const talk = await conversationAbout(
      `
        import asyncio, sys
        async def helper(x):
            await asyncio.sleep(0.001)
            print("helper of", x)
        async def task(x, ctx):
            for i in range(3):
                print("step", i, "of", x)
                await asyncio.sleep(0.001)
            await asyncio.gather(helper(x), asyncio.to_thread(print, "thread of", x) if hasattr(asyncio, "to_thread") else helper(x))
            ctx.log("index", ctx.index)
            if x == 2:
                raise ValueError("two")
            if x == 3:
                sys.exit(3)
            return object() if x == 4 else ctx.index
      `,
      { concurrency: 10, function: 'task' },
    );
    const attempts = await talk.run([0, 1, 2, 3, 4, 5]);
    for (let x = 0; x < 6; x++) {
      const lines = talk.text(x, 'stdout').trim().split('\n').sort();
      expect(lines).toEqual([
        `helper of ${x}`,
        `step 0 of ${x}`,
        `step 1 of ${x}`,
        `step 2 of ${x}`,
        `thread of ${x}`,
      ]);
      expect(talk.text(x, 'log')).toBe(`index ${x}\n`);
    }
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['ok', 'ok', 'error', 'error', 'error', 'ok']);
    expect(JSON.parse(attempts[2]!.text)).toMatchObject({
      message: 'two',
      stack: expect.not.stringContaining('at_once'),
    });
    expect(JSON.parse(attempts[3]!.text)).toMatchObject({ name: 'SystemExit', code: '3' });
    expect(JSON.parse(attempts[4]!.text)).toMatchObject({ code: 'RESULT_NOT_STORABLE' });
  });

  test('run by the thousand', async () => {
    const talk = await conversationAbout(
      'import asyncio\nasync def task(x):\n    await asyncio.sleep(0)\n    return x',
      {
        concurrency: 100,
      },
    );
    const inputs = Array.from({ length: 4000 }, (_, i) => i);
    expect(await talk.values(inputs)).toEqual(inputs);
  });

  test('keep at most two messages of results unacknowledged', async () => {
    const talk = await conversationAbout(
      'import asyncio\nasync def task(x):\n    await asyncio.sleep(0.01)',
      {
        concurrency: 2,
        acknowledge: false,
      },
    );
    talk.send(Array(20).fill(0));
    await talk.heard('results', 2);
    await talk.heard('stats', talk.of('stats').length + 2);
    expect(talk.of('results')).toHaveLength(2);
    const acknowledge = setInterval(() => talk.post({ type: 'ack' }), 5);
    await talk.ended(19, 0);
    clearInterval(acknowledge);
  });
});

describe('of several that run at once, those that are asked to stop', () => {
  const source = `
    import asyncio, time
    async def task(x):
        try:
            print("running", flush=True)
            if x == "spins":
                while True: pass
            if x == "sleeps":
                time.sleep(1000)
            if x == "waits":
                await asyncio.sleep(1000)
            return x
        finally:
            print("cleaned up")
  `;

  test('are cancelled where they wait', async () => {
    const talk = await conversationAbout(source, { concurrency: 2 });
    talk.send(['waits', 'waits', 'a', 'b', 'waits']);
    await talk.until(() => talk.text(1) === 'running\n');
    // By its second sign of life since, the worker waits: before that the task would be interrupted.
    await talk.heard('stats', talk.of('stats').length + 2);
    talk.post({ type: 'abort', job: 1, indices: [1, 3] });
    await talk.ended(3, 1);
    expect([1, 2, 3].map((index) => talk.attempts.get(index)!.outcome)).toEqual([
      'canceled',
      'ok',
      'canceled',
    ]);
    expect(JSON.parse(talk.attempts.get(1)!.text)).toMatchObject({ name: 'CancelledError' });
    expect(talk.text(1)).toBe('running\ncleaned up\n');
    expect(talk.attempts.has(0)).toBe(false);
    talk.post({ type: 'abort', job: 1, indices: [0, 4] });
    await talk.ended(4, 0);
    expect(talk.attempts.get(0)).toMatchObject({ outcome: 'canceled' });
  });

  test.each(['spins', 'sleeps'])('are interrupted where they do not: %s', async (x) => {
    const talk = await conversationAbout(source, { concurrency: 3 });
    talk.send(['waits', x, 'c']);
    await talk.until(() => talk.text(1) === 'running\n');
    talk.post({ type: 'abort', job: 1, indices: [1] });
    await talk.ended(2, 1);
    expect(talk.attempts.get(1)).toMatchObject({
      outcome: 'canceled',
      text: expect.stringContaining('KeyboardInterrupt'),
    });
    expect(talk.attempts.get(2)).toMatchObject({ outcome: 'ok', text: '"c"' });
    expect(talk.attempts.has(0)).toBe(false);
  });
});

test('a question after a silence does not hold up those that run', async () => {
  const talk = await conversationAbout(
    'import asyncio\nasync def task(s):\n    await asyncio.sleep(s)\n    return s',
    {
      concurrency: 2,
      letGo: false,
    },
  );
  const chunk = talk.send([0.2, 0.4, 0.001, 0.002]);
  await talk.heard('fence');
  await talk.ended(1, 0);
  talk.post({ type: 'go', revoked: [chunk] });
  talk.send([0.003], { first: 10 });
  await talk.until(() => talk.of('fence').length > 1 || talk.attempts.has(10));
  if (!talk.attempts.has(10)) talk.post({ type: 'go', revoked: [] });
  await talk.ended(10);
  expect([...talk.attempts.keys()].sort((a, b) => a - b)).toEqual([0, 1, 10]);
});
