import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutputPiece } from '../../shared/task.ts';
import { isRunning } from '../launchers/test-processes.ts';
import { Pool, type PoolOptions } from './pool.ts';

let dir: string;
const pools: Pool[] = [];
const output: OutputPiece[] = [];

function open(options: PoolOptions = {}): Pool {
  const pool = new Pool({ workers: 2, onOutput: (piece) => output.push(piece), ...options });
  pools.push(pool);
  return pool;
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-pool-'));
  output.length = 0;
});

afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.terminate()));
  rmSync(dir, { recursive: true });
});

const square = (x: number) => x * x;
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
/** A task that tells that it runs by making a file, and then never ends. */
const hang = (file: string) => {
  const { writeFileSync } = process.getBuiltinModule('node:fs');
  writeFileSync(file, 'running');
  for (;;);
};
const appears = async (file: string) => {
  for (;;) {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      await new Promise(setImmediate);
    }
  }
};

describe('map', () => {
  it('gives results in the order of the inputs', async () => {
    expect(await open().map(square, numbers(5000))).toEqual(numbers(5000).map(square));
  });

  it('gives each result to onResult once, with its index', async () => {
    const seen: number[] = [];
    await open().map(square, numbers(1000), { onResult: (value, index) => (seen[index] = value) });
    expect(seen).toEqual(numbers(1000).map(square));
  });

  it('rejects with the first error after all tasks have ended', async () => {
    let results = 0;
    const failing = (x: number) => {
      if (x === 3) throw Object.assign(new RangeError('three'), { code: 'E_THREE', detail: { x } });
      return x;
    };
    const error = await open()
      .map(failing, numbers(10), { onResult: () => (results += 1) })
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'RangeError', message: 'three', code: 'E_THREE', detail: { x: 3 } });
    expect(results).toBe(9);
  });

  it('rejects with the error of an iterable that throws', async () => {
    const inputs = function* () {
      yield 1;
      throw new Error('no more');
    };
    await expect(open().map(square, inputs())).rejects.toThrow('no more');
  });

  it('carries what structured clone carries, both ways', async () => {
    const echo = (value: unknown) => value;
    const values = [
      new Map([[1, new Date(5)]]),
      new Set(['a']),
      Number.NaN,
      undefined,
      10n,
      Uint8Array.of(1),
    ];
    expect(await open().map(echo, values)).toEqual(values);
  });

  it('takes asynchronous iterables', async () => {
    const inputs = async function* () {
      for (const i of numbers(100)) {
        yield i;
        await null;
      }
    };
    expect(await open().map(square, inputs())).toEqual(numbers(100).map(square));
  });
});

describe('imap', () => {
  it('gives results in order, and those of endless inputs as they are read', async () => {
    const endless = function* () {
      for (let i = 0; ; i++) yield i;
    };
    const read: number[] = [];
    for await (const value of open().imap(square, endless())) {
      read.push(value);
      if (read.length === 300) break;
    }
    expect(read).toEqual(numbers(300).map(square));
  });

  it('throws a task’s error in its turn and goes on after it', async () => {
    const results = open().imap((x: number) => {
      if (x === 1) throw new Error('one');
      return x;
    }, numbers(3));
    expect(await results.next()).toEqual({ done: false, value: 0 });
    await expect(results.next()).rejects.toThrow('one');
    expect(await results.next()).toEqual({ done: false, value: 2 });
    expect(await results.next()).toMatchObject({ done: true });
  });

  it('gives results as they come where no order is asked for', async () => {
    const [stuck] = [join(dir, 'stuck')];
    const results = open().imapUnordered(
      async (file: string) => {
        if (file) {
          const { existsSync } = process.getBuiltinModule('node:fs');
          while (!existsSync(file)) await new Promise(setImmediate);
        }
        return file;
      },
      [stuck, ''],
    );
    expect(await results.next()).toEqual({ done: false, value: '' });
    writeFileSync(stuck, '');
    expect(await results.next()).toEqual({ done: false, value: stuck });
  });
});

describe('apply and starmap', () => {
  it('call the function with several arguments', async () => {
    const pool = open();
    expect(await pool.apply((a: number, b: number) => a - b, [5, 3])).toBe(2);
    const pairs: [number, number][] = [
      [2, 3],
      [3, 2],
    ];
    expect(await pool.starmap((a: number, b: number) => a ** b, pairs)).toEqual([8, 9]);
  });

  it('tell a callback the moment a result is there, and the other one of an error', async () => {
    const pool = open();
    const heard: unknown[] = [];
    const results = numbers(4).map((i) =>
      pool.applyAsync(
        (x: number) => {
          if (x === 2) throw new Error('two');
          return x * 10;
        },
        [i],
        { callback: (value) => heard.push(value), errorCallback: (error) => heard.push(error.message) },
      ),
    );
    for (const result of results) await result.wait();
    expect(heard.sort()).toEqual([0, 10, 30, 'two']);
    expect(results.map((result) => result.successful())).toEqual([true, true, false, true]);
  });

  it('give up waiting after a time, and keep the task', async () => {
    const file = join(dir, 'go');
    const result = open().applyAsync(
      async (path: string) => {
        const { existsSync } = process.getBuiltinModule('node:fs');
        while (!existsSync(path)) await new Promise(setImmediate);
        return 'late';
      },
      [file],
    );
    await expect(result.get(1)).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect(result.ready()).toBe(false);
    writeFileSync(file, '');
    expect(await result.get()).toBe('late');
  });
});

describe('a task that goes wrong', () => {
  it('fails alone when it calls process.exit', async () => {
    const pool = open();
    const inputs = numbers(50);
    const settled = await Promise.allSettled(
      inputs.map((i) => pool.apply((x: number) => (x === 7 ? process.exit(3) : x), [i])),
    );
    expect(settled.filter((each) => each.status === 'rejected')).toHaveLength(1);
    expect(settled[7]).toMatchObject({ reason: { name: 'ProcessExit', exitCode: 3 } });
  });

  it('fails alone when its process is killed, and the others are not run for nothing', async () => {
    const pool = open();
    const settled = await Promise.allSettled(
      numbers(200).map((i) =>
        pool.apply((x: number) => (x === 7 ? process.kill(process.pid, 'SIGKILL') : x), [i]),
      ),
    );
    const failed = settled.flatMap((each, i) =>
      each.status === 'rejected' ? [[i, each.reason.signal]] : [],
    );
    expect(failed).toEqual([[7, 'SIGKILL']]);
  });

  it('fails alone when its process is killed while the large result of the one before is on its way', async () => {
    const pool = open({ workers: 1 });
    const dieAfterMuch = (x: number) => {
      if (x % 2 === 1) process.kill(process.pid, 'SIGKILL');
      return x % 4 === 0 ? new Uint8Array(5_000_000) : { bytes: new Uint8Array(5_000_000) };
    };
    const settled = await Promise.allSettled(numbers(8).map((x) => pool.apply(dieAfterMuch, [x])));
    const failed = settled.flatMap((each, i) => (each.status === 'rejected' ? [i] : []));
    expect(failed).toEqual([1, 3, 5, 7]);
  });

  it('fails alone when an error escapes it through a timer', async () => {
    const pool = open();
    const throwLater = () =>
      new Promise(() => {
        setImmediate(() => {
          throw new TypeError('from a timer');
        });
      });
    await expect(pool.apply(throwLater)).rejects.toMatchObject({
      name: 'TypeError',
      message: 'from a timer',
    });
    expect(await pool.apply(square, [3])).toBe(9);
  });

  it.each([
    ['a string', () => Promise.reject('no'), /Not an Error was thrown: no/],
    ['undefined', () => Promise.reject(), /Not an Error was thrown: undefined/],
    ['a function as its result', () => () => 1, /cannot be stored/],
  ])('fails with a reason when it throws or returns %s', async (_, fn: () => unknown, reason) => {
    await expect(open().apply(fn)).rejects.toThrow(reason);
  });

  it('that cannot be loaded rejects every call, and none hangs', async () => {
    const file = join(dir, 'broken.js');
    writeFileSync(file, 'export default (x) => {');
    const pool = open();
    await expect(pool.map({ file }, [1, 2])).rejects.toMatchObject({ code: 'TASK_FILE_SYNTAX' });
    await expect(pool.apply({ file }, [1])).rejects.toMatchObject({ code: 'TASK_FILE_SYNTAX' });
  });

  it.each(['imap', 'imapUnordered'] as const)('that cannot be loaded says why to %s too', async (name) => {
    const results = open()[name]({ file: join(dir, 'away.js') }, [1, 2]);
    await expect(results.next()).rejects.toMatchObject({ code: 'TASK_FILE_MISSING' });
    expect(await results.next()).toMatchObject({ done: true });
  });
});

describe('workers', () => {
  it('run the initializer once each, before their first task', async () => {
    const set = (value: number) => {
      Object.assign(globalThis, {
        base: value,
        starts: ((globalThis as { starts?: number }).starts ?? 0) + 1,
      });
    };
    const add = (x: number) => {
      const { base, starts } = globalThis as unknown as { base: number; starts: number };
      return [x + base, starts];
    };
    const results = await open({ initializer: set, initargs: [100] }).map(add, [1, 2, 3]);
    expect(results).toEqual([
      [101, 1],
      [102, 1],
      [103, 1],
    ]);
  });

  it('are replaced after maxTasksPerWorker tasks', async () => {
    const pids = await open({ workers: 1, maxTasksPerWorker: 10 }).map(() => process.pid, numbers(35));
    const tasks = [...new Set(pids)].map((pid) => pids.filter((each) => each === pid).length);
    expect(tasks).toEqual([10, 10, 10, 5]);
  });

  it('that are stuck give up what was sent ahead to them', async () => {
    const file = join(dir, 'stuck');
    const pool = open();
    const results = new Set<number>();
    const task = (input: number | string) => {
      if (typeof input === 'number') return input;
      const { writeFileSync } = process.getBuiltinModule('node:fs');
      writeFileSync(input, 'running');
      for (;;);
    };
    // Chunks of ten: the stuck task keeps those of its own chunk, and none of the next one.
    const inputs = [...numbers(400), file, ...numbers(400).map((i) => i + 400)];
    const onResult = (value: number) => results.add(value);
    pool.mapAsync(task, inputs, { chunkSize: 10, onResult });
    await appears(file);
    while (results.size < 791) await new Promise(setImmediate);
    expect(numbers(800).filter((i) => !results.has(i))).toEqual(numbers(9).map((i) => i + 400));
  });

  it('print to the program that owns the pool, task by task', async () => {
    await open().map((x: number) => console.log('hello', x), [0, 1]);
    expect(output.map(({ index, stream, text }) => [index, stream, text]).sort()).toEqual([
      [0, 'stdout', 'hello 0\n'],
      [1, 'stdout', 'hello 1\n'],
    ]);
  });
});

describe('the end of a pool', () => {
  it('close and join finish what was asked, take nothing more, and leave no process', async () => {
    const pool = open();
    const results = numbers(100).map((i) =>
      pool.applyAsync((x: number) => [x * x, process.pid] as const, [i]),
    );
    await expect(pool.join()).rejects.toMatchObject({ code: 'STILL_OPEN' });
    pool.close();
    expect(() => pool.applyAsync(square, [1])).toThrow(/closed/);
    await pool.join();
    expect(results.every((result) => result.successful())).toBe(true);
    const pids = new Set(await Promise.all(results.map(async (result) => (await result.get())[1])));
    for (const pid of pids) expect(isRunning(pid)).toBe(false);
  });

  it('terminate ends a task that never would, with its children', async () => {
    const pool = open();
    const file = join(dir, 'child');
    const result = pool.applyAsync(
      (path: string) => {
        const { spawn } = process.getBuiltinModule('node:child_process');
        const { writeFileSync } = process.getBuiltinModule('node:fs');
        const child = spawn('sleep', ['1000']);
        writeFileSync(path, String(child.pid));
        for (;;);
      },
      [file],
    );
    const child = Number(await appears(file));
    await pool.terminate();
    await expect(result.get()).rejects.toThrow(/terminated|canceled/);
    expect(isRunning(child)).toBe(false);
  });

  it('await using terminates the pool', async () => {
    const file = join(dir, 'running');
    let result: { get: () => Promise<unknown> };
    {
      await using pool = new Pool({ workers: 1 });
      result = pool.applyAsync(hang, [file]);
      await appears(file);
    }
    await expect(result.get()).rejects.toThrow(/terminated|canceled/);
  });
});
