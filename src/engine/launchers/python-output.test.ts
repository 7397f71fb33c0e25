import { describe, expect, test } from 'vitest';
import { conversationAbout } from './fixtures/conversation.ts';

describe('what a task prints is its own', () => {
  test('print, standard error, bytes, logging, warnings, ctx.log', async () => {
    const talk = await conversationAbout(`
      import logging, sys, warnings
      logging.basicConfig(format="%(levelname)s:%(message)s", level=logging.INFO)
      def task(x, ctx):
          print("out", x)
          print("err", x, file=sys.stderr)
          sys.stdout.buffer.write("bytés\\n".encode()[:4])
          sys.stdout.buffer.write("bytés\\n".encode()[4:])
          logging.info("logged %s", x)
          logging.getLogger("other").warning("other %s", x)
          ctx.log("told", x, [1])
          print("\\u00fc", end="")
          return [sys.stdout.isatty(), sys.stdout.encoding, sys.stdout.fileno()]
    `);
    expect(await talk.values([7, 8])).toEqual(Array(2).fill([false, 'utf-8', 1]));
    for (const [index, x] of [7, 8].entries()) {
      expect(talk.text(index, 'stdout')).toBe(`out ${x}\nbytés\nü`);
      expect(talk.text(index, 'stderr')).toBe(`err ${x}\nINFO:logged ${x}\nWARNING:other ${x}\n`);
      expect(talk.text(index, 'log')).toBe(`told ${x} [1]\n`);
    }
    expect(talk.printed).toBe('');
  });

  test('logging that nobody configured, and a warning', async () => {
    const talk = await conversationAbout(`
      import logging, warnings
      def task(x):
          logging.warning("careful")
          warnings.warn("old")
    `);
    await talk.values([1]);
    expect(talk.text(0, 'stderr')).toMatch(/^(WARNING:root:)?careful\n.*UserWarning: old/);
  });

  test('in a thread that it starts', async () => {
    const talk = await conversationAbout(`
      import threading
      def task(x):
          thread = threading.Thread(target=print, args=("from a thread", x))
          thread.start()
          thread.join()
    `);
    await talk.values([1, 2]);
    expect([talk.text(0), talk.text(1)]).toEqual(['from a thread 1\n', 'from a thread 2\n']);
  });

  test('line by line for each of thousands', async () => {
    const talk = await conversationAbout('def task(x):\n    print("line", x)');
    await talk.run(Array.from({ length: 5000 }, (_, i) => i));
    for (const i of [0, 1, 2500, 4999]) expect(talk.text(i)).toBe(`line ${i}\n`);
    // A message in the middle of a line makes two pieces of it.
    expect(talk.output.length).toBeLessThan(5100);
  });

  test('and comes with or before its result', async () => {
    const talk = await conversationAbout(
      'def task(x):\n    print("said", x)\n    raise ValueError("failed")',
    );
    talk.send([1]);
    const results = await talk.heard('results');
    expect(results.output.map((piece) => piece.text)).toEqual(['said 1\n']);
  });
});

test('output, progress and results before it are told while a task goes on', async () => {
  const talk = await conversationAbout(`
    import sys, time
    def task(x, ctx):
        if x == "short":
            return x
        ctx.progress(0.25, "a quarter")
        print("so far")
        sys.stdin.read()
        while not ctx.canceled:
            time.sleep(0.01)
  `);
  talk.send(['short', 'long']);
  await talk.ended(0);
  await talk.until(() => talk.text(1) === 'so far\n');
  const { index, progress } = await talk.heard('progress');
  expect({ index, progress }).toEqual({ index: 1, progress: { fraction: 0.25, message: 'a quarter' } });
  expect(talk.attempts.has(1)).toBe(false);
});

test('progress stays between 0 and 1, and the last of many reports is told', async () => {
  const talk = await conversationAbout(`
    import time
    def task(x, ctx):
        for i in range(100_000):
            ctx.progress(i)
        ctx.progress(-5)
        time.sleep(0.3)
        ctx.progress(2)
        time.sleep(0.3)
  `);
  await talk.run([0]);
  const told = talk.of('progress').map((message) => message.progress);
  expect(told.length).toBeLessThan(12);
  expect(told.at(-1)).toEqual({ fraction: 1 });
  expect(told).toContainEqual({ fraction: 0 });
});

test('a task that prints without end is cut, and says where', async () => {
  const talk = await conversationAbout(`
    def task(x):
        for i in range(x):
            print("line", i, "-" * 100)
        print("the end")
  `);
  await talk.run([100_000, 3]);
  const text = talk.text(0);
  // A hundred kilobytes more for each second that it took.
  expect(text.length).toBeLessThan(3_000_000);
  const dashes = '-'.repeat(100);
  expect(text.startsWith(`line 0 ${dashes}\nline 1 ${dashes}\n`)).toBe(true);
  expect(text).toMatch(/\n\[[0-9,]{6,} characters left out\]\n/);
  expect(text.endsWith(`line 99999 ${dashes}\nthe end\n`)).toBe(true);
  expect(talk.text(1)).toBe(`line 0 ${dashes}\nline 1 ${dashes}\nline 2 ${dashes}\nthe end\n`);
  const results = talk.of('results').at(-1)!;
  expect(results.output.length).toBeLessThan(10_000);
});

test('one huge text is cut too', async () => {
  const talk = await conversationAbout('def task(x):\n    print("a" * 50_000_000 + "z")');
  await talk.run([0]);
  expect(talk.text(0).length).toBeLessThan(1_100_000);
  expect(talk.text(0).endsWith('az\n')).toBe(true);
});

test('what native code and children write is the process’s own output', async () => {
  const talk = await conversationAbout(`
    import os, subprocess, sys
    print("while loading")
    def setup():
        print("in setup", file=sys.stderr)
    def task(x):
        os.write(1, b"native\\n")
        subprocess.run(["echo", "child"], stdout=sys.stdout)
        return subprocess.run(["echo", "captured"], capture_output=True, text=True).stdout
  `);
  expect(await talk.values([0])).toEqual(['captured\n']);
  await talk.until(() =>
    ['while loading', 'in setup', 'native', 'child'].every((text) => talk.printed.includes(text)),
  );
  expect(talk.output).toEqual([]);
});

test('a child made by fork does not speak in the worker’s name', async () => {
  const talk = await conversationAbout(`
    import multiprocessing, os
    def square(x):
        print("in a child", x)
        return x * x
    def task(x):
        with multiprocessing.get_context("fork").Pool(2) as pool:
            squares = pool.map(square, [1, 2, 3])
        pid = os.fork()
        if pid == 0:
            return "a child that returns"
        os.waitpid(pid, 0)
        print("parent")
        return squares
  `);
  expect(await talk.values([0, 1])).toEqual([
    [1, 4, 9],
    [1, 4, 9],
  ]);
  expect([talk.text(0), talk.text(1)]).toEqual(['parent\n', 'parent\n']);
  await talk.until(() => talk.printed.includes('in a child 3'));
});

test('a child made by fork that logs very much sends nothing by the worker’s pipe', async () => {
  const talk = await conversationAbout(`
    import os
    def task(x, ctx):
        pid = os.fork()
        if pid == 0:
            for _ in range(8):
                ctx.log("x" * 100_000)
            os._exit(0)
        os.waitpid(pid, 0)
        ctx.log("parent")
        return x
  `);
  expect(await talk.values([1])).toEqual([1]);
  expect(talk.text(0, 'log')).toBe('parent\n');
});

test('what else is written to the worker’s pipe ends the worker, and not the host', async () => {
  const talk = await conversationAbout(`
    import os, struct, time
    def task(x):
        os.write(4, struct.pack("<II", 3, 0) + b"{{{")
        time.sleep(1000)
  `);
  talk.send([1]);
  expect(await talk.exit).toMatchObject({ signal: 'SIGKILL' });
});

test('a child made by fork that returns waits for nothing that only the worker is told', async () => {
  const talk = await conversationAbout(
    `
    import os
    def task(x):
        if x < 2:
            return x
        pid = os.fork()
        if pid == 0:
            return "a child that returns"
        _, status = os.waitpid(pid, 0)
        print("its child ended with", status)
        return x
  `,
    { acknowledge: false },
  );
  // Two results that nobody acknowledges: the worker must wait before it sends more.
  await talk.run([0]);
  await talk.run([1], { first: 1 });
  talk.send([2], { first: 2 });
  await talk.until(() => talk.text(2) !== '');
  expect(talk.text(2)).toBe('its child ended with 0\n');
  for (const _ of [0, 1]) talk.post({ type: 'ack' });
  await talk.ended(2);
});

test('a task may spawn a pool of its own', async () => {
  const talk = await conversationAbout(
    `
    import multiprocessing
    def square(x):
        return x * x
    def task(x):
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            return pool.map(square, [1, 2, x])
  `,
    { function: 'task' },
  );
  expect(await talk.values([3])).toEqual([[1, 4, 9]]);
});
