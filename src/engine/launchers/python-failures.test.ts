import { spawn } from 'node:child_process';
import { existsSync, readFileSync, watch } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ErrorInfo } from '../../shared/errors.ts';
import { conversationAbout, taskFile, testFolder } from './fixtures/conversation.ts';
import { isRunning } from './test-processes.ts';

describe('a task that raises fails alone, and its error', () => {
  test('has the whole traceback with file and line, and none of the worker', async () => {
    const talk = await conversationAbout(`
      def inner(x):
          raise ValueError(f"bad {x}")
      def task(x):
          return inner(x) if x == 2 else x
    `);
    const [first, second, third] = await talk.run([1, 2, 3]);
    expect([first!.outcome, second!.outcome, third!.outcome]).toEqual(['ok', 'error', 'ok']);
    const error = JSON.parse(second!.text) as ErrorInfo;
    expect(error).toMatchObject({ name: 'ValueError', message: 'bad 2' });
    expect(error.stack).toMatch(
      /^Traceback \(most recent call last\):\n {2}File ".*tasks.py", line 4, in task\n {4}return inner\(x\)[\s\S]*line 2, in inner\n[\s\S]*\nValueError: bad 2\n$/,
    );
    expect(error.stack).not.toContain('poolboard_worker');
    expect(error.place).toMatchObject({ file: expect.stringMatching(/tasks.py$/), line: 2 });
  });

  test('is the same for each of ten thousand, but for the message', async () => {
    const talk = await conversationAbout('def task(x):\n    raise KeyError(x)');
    const attempts = await talk.run(Array.from({ length: 300 }, (_, i) => i));
    const errors = attempts.map((attempt) => JSON.parse(attempt.text) as ErrorInfo);
    expect(errors.map((error) => error.message)).toEqual(errors.map((_, i) => String(i)));
    expect(
      errors.every((error, i) => error.stack?.endsWith(`in task\n    raise KeyError(x)\nKeyError: ${i}\n`)),
    ).toBe(true);
  });

  test('has its cause, its code and its fields', async () => {
    const talk = await conversationAbout(`
      class Refused(Exception):
          def __init__(self, message, status):
              super().__init__(message, status)
              self.status = status
              self.handle = object()
          def __str__(self):
              return self.args[0]
      def task(x):
          try:
              open("/no/such/file")
          except OSError as error:
              raise Refused("not today", 503) from error
    `);
    const [error] = (await talk.values([0])) as ErrorInfo[];
    expect(error).toMatchObject({
      name: 'Refused',
      message: 'not today',
      fields: { status: 503, args: ['not today', 503], handle: expect.stringContaining('<object') },
      cause: { name: 'FileNotFoundError', code: 'ENOENT', fields: { errno: 2, filename: '/no/such/file' } },
    });
    expect(error!.stack).toContain('The above exception was the direct cause of the following exception');
  });

  test('is read, whatever the exception does', async () => {
    const talk = await conversationAbout(`
      class Nasty(Exception):
          def __str__(self):
              raise RuntimeError("no message for you")
      def deep(n):
          return deep(n + 1)
      def task(kind):
          if kind == "nasty":
              raise Nasty()
          if kind == "deep":
              deep(0)
          if kind == "base":
              raise BaseException("base")
          if kind == "generator":
              raise GeneratorExit()
          if kind == "interrupt":
              raise KeyboardInterrupt()
          if kind == "long":
              raise ValueError("x" * 10_000_000)
          if kind == "surrogate":
              raise ValueError("\\udc80")
          return "fine"
    `);
    const kinds = ['nasty', 'deep', 'base', 'generator', 'interrupt', 'long', 'surrogate', 'fine'];
    const attempts = await talk.run(kinds);
    expect(attempts.map((attempt) => attempt.outcome)).toEqual([...Array(7).fill('error'), 'ok']);
    const names = attempts.map((attempt) => (JSON.parse(attempt.text) as ErrorInfo).name);
    expect(names.slice(0, 5)).toEqual([
      'Nasty',
      'RecursionError',
      'BaseException',
      'GeneratorExit',
      'KeyboardInterrupt',
    ]);
    expect(attempts[5]!.text.length).toBeLessThan(400_000);
  });

  test('is sys.exit with its status, where the task calls that', async () => {
    const talk = await conversationAbout('import sys\ndef task(x):\n    if x: sys.exit(x)\n    return "on"');
    const [three, text, none] = await talk.run([3, 'told', 0]);
    expect(three).toMatchObject({ outcome: 'error' });
    expect(JSON.parse(three!.text)).toMatchObject({
      name: 'SystemExit',
      code: '3',
      message: 'The task called sys.exit(3).',
    });
    expect(JSON.parse(text!.text)).toMatchObject({ code: 'told' });
    expect(none).toMatchObject({ outcome: 'ok', text: '"on"' });
  });
});

describe('a task that ends its process', () => {
  test.each([
    ['import os\ndef task(x):\n    if x: os._exit(3)', { code: 3, signal: null }],
    [
      'import os, signal\ndef task(x):\n    if x: os.kill(os.getpid(), signal.SIGKILL)',
      { code: null, signal: 'SIGKILL' },
    ],
  ])('is told as the exit: %j', async (source, exit) => {
    const talk = await conversationAbout(source);
    talk.send([0, 1, 0]);
    expect(await talk.exit).toEqual(exit);
  });

  test('by a segmentation fault leaves the line in the output of the process', async () => {
    const talk = await conversationAbout('import ctypes\ndef task(x):\n    ctypes.string_at(0)');
    talk.send([0]);
    expect(await talk.exit).toMatchObject({ code: null, signal: 'SIGSEGV' });
    expect(talk.printed).toMatch(/Segmentation fault[\s\S]*tasks.py", line 3 in task/);
  });

  test('has its results before it told, where they took more than a moment', async () => {
    const talk = await conversationAbout(
      'import os, time\ndef task(s):\n    time.sleep(s)\n    if s == 0: os._exit(3)\n    return s',
    );
    talk.send([0.01, 0.02, 0]);
    expect(await talk.exit).toEqual({ code: 3, signal: null });
    expect([...talk.attempts.keys()]).toEqual([0, 1]);
  });

  test('takes along what it had started', async () => {
    const talk = await conversationAbout(`
      import os, subprocess
      def task(x):
          if x == 0:
              return subprocess.Popen(["sleep", "1000"]).pid
          os._exit(1)
    `);
    const [pid] = (await talk.values([0])) as [number];
    expect(isRunning(pid)).toBe(true);
    talk.send([1], { first: 1 });
    await talk.exit;
    await gone(pid);
  });
});

describe('a worker that is killed', () => {
  test('ends with all that its tasks have started', async () => {
    const talk = await conversationAbout(`
      import subprocess, time
      def task(x):
          child = subprocess.Popen(["sh", "-c", "sleep 1000 & echo $!; wait"], stdout=subprocess.PIPE, start_new_session=True)
          print(child.pid, int(child.stdout.readline()), flush=True)
          time.sleep(1000)
    `);
    talk.send([0]);
    await talk.until(() => talk.text(0).endsWith('\n'));
    const pids = talk.text(0).trim().split(' ').map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    talk.process.kill(true);
    expect(await talk.exit).toEqual({ code: null, signal: 'SIGKILL' });
    for (const pid of pids) await gone(pid);
  });

  test('ends while it is in native code', async () => {
    const talk = await conversationAbout(`
      import ctypes
      def task(x):
          print("in", flush=True)
          ctypes.PyDLL(None).sleep(1000)  # keeps the interpreter's lock
    `);
    talk.send([0]);
    talk.process.kill(false);
    expect(await talk.exit).toEqual({ code: null, signal: 'SIGTERM' });
  });
});

describe('when the host dies', () => {
  test.each([
    ['waits', 'time.sleep(1000)'],
    ['is in native code that keeps the interpreter to itself', 'ctypes.PyDLL(None).sleep(1000)'],
  ])('a worker whose task %s ends with its children', async (_, statement) => {
    const folder = testFolder();
    const file = taskFile(
      `
        import ctypes, os, subprocess, time
        def task(folder):
            child = subprocess.Popen(["sleep", "1000"])
            with open(folder + "/part", "w") as file:
                file.write(f"{os.getpid()} {child.pid}")
            os.rename(folder + "/part", folder + "/pids")
            ${statement}
      `,
      'tasks.py',
      folder,
    );
    const pids = await killHostOf(file, folder);
    expect(pids).toHaveLength(2);
    for (const pid of pids) await gone(pid);
  });
});

/** Starts a host that gives a worker one task, kills the host once the task runs; answers the pids it told. */
async function killHostOf(file: string, folder: string): Promise<number[]> {
  const host = spawn(
    process.execPath,
    [new URL('./fixtures/python-host.ts', import.meta.url).pathname, file, folder],
    {
      stdio: 'inherit',
    },
  );
  const pidsFile = `${folder}/pids`;
  await new Promise<void>((resolve) => {
    const watcher = watch(folder, () => {
      if (!existsSync(pidsFile)) return;
      watcher.close();
      resolve();
    });
  });
  host.kill('SIGKILL');
  return readFileSync(pidsFile, 'utf8').split(' ').map(Number);
}

/** Resolves when the process has ended: there is no event to wait for, it is nobody's child here. */
async function gone(pid: number): Promise<void> {
  await expect.poll(() => isRunning(pid), { interval: 10, timeout: 10_000 }).toBe(false);
}
