import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ParamsSchema } from '../../shared/definition.ts';
import type { PoolboardError } from '../../shared/errors.ts';
import { parseParams } from '../../shared/params.ts';
import { Conversation, conversationAbout, taskFile, testFolder } from './fixtures/conversation.ts';

describe('the function of a file', () => {
  test('is the one named task, whatever else there is', async () => {
    const talk = await conversationAbout(`
      def other(x):
          return 'other'
      def task(x):
          return 'task'
    `);
    expect(await talk.values([1])).toEqual(['task']);
  });

  test('is the only public one that takes one or two arguments', async () => {
    const talk = await conversationAbout(`
      from os.path import basename, join
      def _helper(x):
          return x
      def no_arguments():
          return 1
      def three(a, b, c):
          return 1
      def work(x):
          return _helper(x) + 1
      def main(argv):
          return 'main'
    `);
    expect(await talk.values([1])).toEqual([2]);
  });

  test('is the one that is asked for by name, under a decorator too', async () => {
    const talk = await conversationAbout(
      `
        import functools
        def a(x):
            return 'a'
        @functools.lru_cache(maxsize=None)
        def b(x):
            return 'b'
      `,
      { function: 'b' },
    );
    expect(await talk.values([1])).toEqual(['b']);
  });

  test('comes from a file that was written for multiprocessing.Pool, which runs nothing else of it', async () => {
    const talk = await conversationAbout(
      `
        from multiprocessing import Pool

        def f(x):
            return x * x

        if __name__ == '__main__':
            with Pool(5) as p:
                print(p.map(f, [1, 2, 3]))
      `,
      { function: 'f' },
    );
    expect(await talk.values([1, 2, 3])).toEqual([1, 4, 9]);
    expect(talk.printed).toBe('');
  });

  test.each([
    [
      'def cube(x):\n    return 1\ndef square(x):\n    return 2',
      undefined,
      'AMBIGUOUS_FUNCTION',
      /cube, square.*--function/,
    ],
    [
      'def task():\n    return 1',
      undefined,
      'BAD_FUNCTION',
      /task of tasks.py takes no arguments.*def task\(input\)/,
    ],
    ['def work():\n    return 1', undefined, 'BAD_FUNCTION', /work of tasks.py takes no arguments/],
    ['def work():\n    return 1', 'work', 'BAD_FUNCTION', /takes no arguments/],
    ['def work(a, b, c):\n    return 1', undefined, 'BAD_FUNCTION', /needs 3 arguments/],
    ['x = 1', undefined, 'NO_FUNCTION', /tasks.py has no function.*def task/],
    ['', undefined, 'NO_FUNCTION', /tasks.py has no function/],
    ['def a(x):\n    pass', 'b', 'NO_SUCH_FUNCTION', /tasks.py has no function b; it has a\./],
    ['b = 5', 'b', 'NO_SUCH_FUNCTION', /b in tasks.py is a int, not a function/],
  ])('is refused in one sentence: %j %s', async (source, name, code, sentence) => {
    const talk = await Conversation.start();
    const file = taskFile(source);
    const error = await talk.refused(file, { function: name });
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence), place: { file } });
  });
});

describe('a file that cannot be loaded is told with its place', () => {
  test.each([
    ['x = 1\ny = = 2', 'TASK_FILE_SYNTAX', 2, /^tasks.py, line 2: /],
    [
      'import os\nimport not_installed_at_all',
      'MISSING_DEPENDENCY',
      2,
      /tasks.py imports not_installed_at_all, which \S+python\S* does not have/,
    ],
    ['#\n\n1 / 0', 'TASK_FILE_THREW', 3, /tasks.py cannot be loaded: ZeroDivisionError: division by zero/],
    ['import sys\nsys.exit(2)', 'TASK_FILE_THREW', 2, /tasks.py calls sys.exit\(\) while it is loaded/],
    [
      'def task(x):\n  pass\ndef setup():\n  raise OSError("no disk")',
      'SETUP_THREW',
      4,
      /setup\(\) of tasks.py failed: OSError: no disk/,
    ],
    [
      'def task(x):\n  pass\nMETA = {"concurrency": "many"}',
      'BAD_META',
      undefined,
      /tasks.py: META\["concurrency"\] must be a whole number/,
    ],
  ])('%j', async (source, code, line, sentence) => {
    const talk = await Conversation.start();
    const file = taskFile(source);
    const error = await talk.refused(file);
    expect(error).toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(error.place).toMatchObject(line === undefined ? { file } : { file, line });
  });

  test('with the whole traceback, and without the frames of the worker', async () => {
    const talk = await Conversation.start();
    const folder = testFolder();
    taskFile('def burn():\n    raise ValueError("hot")', 'helper.py', folder);
    const error = await talk.refused(taskFile('import helper\nhelper.burn()', 'tasks.py', folder));
    expect(error.stack).toMatch(
      /^Traceback[\s\S]*tasks.py", line 2[\s\S]*helper.py", line 2, in burn[\s\S]*ValueError: hot\n$/,
    );
    expect(error.stack).not.toContain('poolboard_worker');
    expect(error.place).toEqual({ file: join(folder, 'helper.py'), line: 2 });
    expect(error.cause).toMatchObject({ name: 'ValueError', message: 'hot' });
  });

  test('where it is not there, or is a folder', async () => {
    const talk = await Conversation.start();
    const folder = testFolder();
    expect(await talk.refused(join(folder, 'none.py'))).toMatchObject({ code: 'TASK_FILE_MISSING' });
    expect(await talk.refused(folder)).toMatchObject({ code: 'TASK_FILE_KIND' });
    expect(await talk.refused('/x', { definition: { kind: 'source', source: 'x => x' } })).toMatchObject({
      code: 'WRONG_WORKER',
    });
  });
});

describe('a file finds what it would find as a program', () => {
  test('modules beside it, its path, its name', async () => {
    const folder = testFolder();
    taskFile('def triple(x):\n    return 3 * x', 'helper.py', folder);
    taskFile('', 'pack/__init__.py', folder);
    taskFile('ONE = 1', 'pack/numbers.py', folder);
    // Modules of the worker itself have other names.
    taskFile('KIND = "mine"', 'protocol.py', folder);
    taskFile('KIND = "mine"', 'worker.py', folder);
    const file = taskFile(
      `
        import sys
        from helper import triple
        from pack.numbers import ONE
        import protocol, worker
        def task(x):
            import late
            return [triple(x) + ONE, __file__, sys.argv, __name__, protocol.KIND, worker.KIND, late.WHEN]
      `,
      'tasks.py',
      folder,
    );
    taskFile('WHEN = "late"', 'late.py', folder);
    const talk = await Conversation.start();
    await talk.loaded(file);
    expect(await talk.values([2])).toEqual([[7, file, [file], 'tasks', 'mine', 'mine', 'late']]);
  });

  test('its own classes, where they are pickled', async () => {
    const talk = await conversationAbout(`
      import dataclasses, pickle
      @dataclasses.dataclass
      class Point:
          x: int
      def task(x):
          return pickle.loads(pickle.dumps(Point(x)))
    `);
    expect(await talk.values([4])).toEqual([{ x: 4 }]);
  });

  test('the standard library, where it has the name of one of its modules', async () => {
    const folder = testFolder();
    const file = taskFile('import json\ndef task(x):\n    return json.dumps([x])', 'json.py', folder);
    const talk = await Conversation.start();
    await talk.loaded(file);
    expect(await talk.values([1])).toEqual(['[1]']);
  });
});

describe('setup and teardown', () => {
  test('are called once, around the tasks; setup may take the parameters', async () => {
    const talk = await conversationAbout(
      `
        calls = []
        META = {"params": {"depth": 3}}
        def setup(params):
            calls.append(["setup", params])
        def teardown():
            print("teardown after", len(calls), flush=True)
        def task(x):
            calls.append(x)
            return calls
      `,
      { params: { depth: '7' } },
    );
    expect(await talk.values([1, 2])).toEqual([
      [['setup', { depth: 7 }], 1],
      [['setup', { depth: 7 }], 1, 2],
    ]);
    talk.post({ type: 'unload', job: 1 });
    await talk.until(() => talk.printed.includes('teardown after 3'));
  });

  test('may be async, and are called on exit', async () => {
    const talk = await conversationAbout(`
      import asyncio
      ready = False
      async def setup():
          global ready
          await asyncio.sleep(0)
          ready = True
      async def teardown():
          print("bye")
      def task(x):
          return ready
    `);
    expect(await talk.values([1])).toEqual([true]);
    expect(await talk.leave()).toEqual({ code: 0, signal: null });
    expect(talk.printed).toContain('bye');
  });

  test('are not called to describe a file, and parameters are not asked for', async () => {
    const talk = await Conversation.start();
    const file = taskFile(`
      """Does things."""
      def setup():
          raise RuntimeError("setup was called")
      def task(x, *, width: int):
          return x
    `);
    const { description } = await talk.loaded(file, { describe: true });
    expect(description).toEqual({
      summary: 'Does things.',
      params: { type: 'object', properties: { width: { type: 'integer' } }, required: ['width'] },
    });
  });

  test('an initializer is called with its arguments before the first task', async () => {
    const folder = testFolder();
    const init = taskFile('shared = []\ndef start(a, b):\n    shared.extend([a, b])', 'start.py', folder);
    const file = taskFile('import start\ndef task(x):\n    return start.shared', 'tasks.py', folder);
    const talk = await Conversation.start();
    const definition = { kind: 'python', file: init, function: 'start' } as const;
    await talk.loaded(file, { initializer: { definition, args: [1, 'b'] } });
    expect(await talk.values([0])).toEqual([[1, 'b']]);
  });
});

describe('parameters', () => {
  test('are described from type hints and defaults, and from META', async () => {
    const talk = await Conversation.start();
    const file = taskFile(`
      import enum
      from pathlib import Path
      from typing import Literal, Optional
      class Fit(enum.Enum):
          COVER = "cover"
          CONTAIN = "contain"
      META = {
          "summary": "Makes thumbnails.",
          "params": {"width": {"type": "integer", "minimum": 1, "description": "In pixels"}, "quality": 80,
                     "format": ["jpeg", "png"]},
          "takes": "file",
          "concurrency": 4,
      }
      def task(path: Path, ctx, width: int = 640, *, ratio: float = 1.5, crop=False, out: Path = Path("o"),
               fit: Fit = Fit.COVER, mode: Literal["a", "b"] = "a", limit: Optional[int] = None, name):
          """Ignored."""
    `);
    const { description } = await talk.loaded(file, { params: { name: 'n' } });
    expect(description).toEqual({
      summary: 'Makes thumbnails.',
      takes: 'file',
      concurrency: 4,
      params: {
        type: 'object',
        properties: {
          width: { type: 'integer', default: 640, minimum: 1, description: 'In pixels' },
          ratio: { type: 'number', default: 1.5 },
          crop: { type: 'boolean', default: false },
          out: { type: 'string', default: 'o' },
          fit: { type: 'string', default: 'cover', enum: ['cover', 'contain'] },
          mode: { type: 'string', default: 'a', enum: ['a', 'b'] },
          limit: { type: 'integer' },
          name: { type: 'string' },
          quality: { type: 'integer', default: 80 },
          format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
        },
        required: ['name'],
      },
    });
  });

  test('reach the function as what its hints say', async () => {
    const talk = await conversationAbout(
      `
        import enum
        from pathlib import Path
        class Fit(enum.Enum):
            COVER = "cover"
        def task(path: Path, width: int = 640, fit: Fit = Fit.COVER, out: Path = Path("x"), depth: float = 1):
            return [isinstance(path, Path), width, fit is Fit.COVER, out.name, depth]
      `,
      { params: { width: '32', out: '/a/b', fit: 'cover' } },
    );
    expect(await talk.values(['/tmp'])).toEqual([[true, 32, true, 'b', 1]]);
  });

  test('reach ctx.params, and keywords that take any', async () => {
    const talk = await conversationAbout('def task(x, ctx):\n    return ctx.params', {
      params: { a: 1, b: 'two' },
    });
    expect(await talk.values([0])).toEqual([{ a: 1, b: 'two' }]);
    await talk.loaded(taskFile('def any(x, **more):\n    return more', 'any.py'), {
      job: 2,
      params: { c: 3 },
    });
    expect(await talk.values([0], { job: 2 })).toEqual([{ c: 3 }]);
  });

  const schema: ParamsSchema = {
    type: 'object',
    properties: {
      text: { type: 'string' },
      number: { type: 'number', minimum: 0, maximum: 10.5 },
      whole: { type: 'integer', minimum: 2 },
      yes: { type: 'boolean' },
      choice: { type: 'string', enum: ['a', 'b', 'c'] },
      level: { type: 'integer', enum: [1, 2], default: 2 },
      low: { type: 'number', maximum: 3 },
    },
    required: ['whole'],
  };

  test.each([
    [{ whole: '7' }],
    [{ whole: 7, text: 'x', number: '1e1', yes: 'On', choice: 'b', level: '1', low: '-2.5' }],
    [{ whole: ' 3 ', text: 5, number: 0.25, yes: '0' }],
    [{}],
    [{ whole: '' }],
    [{ whole: '2.5' }],
    [{ whole: '1' }],
    [{ whole: 'many', nothing: 1 }],
    [{ whole: 2, number: '11' }],
    [{ whole: 2, number: -1, low: 3.5 }],
    [{ whole: 2, number: 'Infinity' }],
    [{ whole: 2, yes: 'maybe' }],
    [{ whole: 2, choice: 'd', level: 3 }],
    [{ whole: 2, text: ['a', 'b'] }],
    [{ whole: 2, text: '', choice: '' }],
    [{ whole: 2, text: true }],
    [{ whole: '9007199254740993' }],
    [{ whole: 2, text: null }],
  ])('are checked as everywhere else, with the same sentences: %j', async (params) => {
    const talk = await Conversation.start();
    const file = taskFile(`
      import json
      META = {"params": json.loads('''${JSON.stringify(schema)}''')}
      def task(x, ctx):
          return ctx.params
    `);
    let expected: unknown;
    try {
      expected = parseParams(schema, params);
    } catch (error) {
      const { code, message } = error as PoolboardError;
      expect(await talk.refused(file, { params })).toMatchObject({ code, message });
      return;
    }
    await talk.loaded(file, { params });
    expect(await talk.values([0])).toEqual([expected]);
  });

  test('that the file does not know are refused', async () => {
    const talk = await Conversation.start();
    expect(await talk.refused(taskFile('def task(x):\n    pass'), { params: { a: 1 } })).toMatchObject({
      code: 'BAD_PARAM',
      message: 'There is no parameter a: this task has no parameters.',
    });
    const one = taskFile('def task(x, width=1):\n    pass');
    expect(await talk.refused(one, { params: { wdth: 1 } })).toMatchObject({
      message: 'There is no parameter wdth; this task has width.',
    });
  });
});

describe('spread', () => {
  test('gives the elements of an input as arguments, the columns of a row as keywords', async () => {
    const talk = await conversationAbout(
      'def power(base, exponent, plus=0):\n    return base ** exponent + plus',
      {
        spread: true,
        function: 'power',
      },
    );
    expect(await talk.values([[2, 3], [2, 3, 1], { base: 3, exponent: 2 }])).toEqual([8, 9, 9]);
  });

  test('an input of the wrong length fails its task alone', async () => {
    const talk = await conversationAbout('def add(a, b):\n    return a + b', { spread: true });
    const [bad, good] = await talk.run([[1], [1, 2]]);
    expect(bad).toMatchObject({ outcome: 'error', text: expect.stringContaining('missing 1 required') });
    expect(good).toMatchObject({ outcome: 'ok', text: '3' });
  });
});

describe('a file that was changed since it was loaded', () => {
  test('is told as stale, also where a module beside it was changed', async () => {
    const folder = testFolder();
    const helper = taskFile('VALUE = 1', 'helper.py', folder);
    const file = taskFile('import helper\ndef task(x):\n    return helper.VALUE', 'tasks.py', folder);
    const talk = await Conversation.start();
    await talk.loaded(file);
    await talk.loaded(file, { job: 2 });
    writeFileSync(helper, 'VALUE = 2\n');
    utimesSync(helper, new Date(), new Date(Date.now() + 5000));
    expect(await talk.load(file, { job: 3 })).toMatchObject({ type: 'stale', job: 3 });
    // What is loaded goes on.
    expect(await talk.values([0])).toEqual([1]);
  });

  test('a module of the same name in another folder makes the worker stale too', async () => {
    const [here, there] = [testFolder(), testFolder()];
    for (const [folder, value] of [
      [here, 'here'],
      [there, 'there'],
    ] as const) {
      mkdirSync(join(folder, 'helper'));
      writeFileSync(join(folder, 'helper', '__init__.py'), `WHERE = "${value}"\n`);
      taskFile('import helper\ndef task(x):\n    return helper.WHERE', 'tasks.py', folder);
    }
    const talk = await Conversation.start();
    await talk.loaded(join(here, 'tasks.py'));
    expect(await talk.load(join(there, 'tasks.py'), { job: 2 })).toMatchObject({ type: 'stale', job: 2 });
    expect(await talk.values([0])).toEqual(['here']);
  });
});
