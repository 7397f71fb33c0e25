import { fork } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BatchSpecInput } from '../shared/batch.ts';
import type { OutputPiece } from '../shared/task.ts';
import { taskQuerySchema } from '../shared/views.ts';
import type { Engine } from './api.ts';
import { createEngine } from './create-engine.ts';
import { forkLauncher } from './launchers/fork.ts';
import { isRunning } from './launchers/test-processes.ts';
import type { ExportRow } from './store/store.ts';
import { StoreThread } from './store/store-thread.ts';

let dir: string;
let engine: Engine;
const all = taskQuerySchema.parse({});

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-engine-'));
  engine = await createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 2 });
});

afterEach(async () => {
  await engine.close();
  rmSync(dir, { recursive: true });
});

/** Writes a task file and answers its path. */
function task(code: string, name = 'task.js'): string {
  const file = join(dir, name);
  writeFileSync(file, code);
  return file;
}

const numbers = (count: number): BatchSpecInput['inputs'] => ({ kind: 'range', from: 0, to: count });
const list = (values: (string | number)[]): BatchSpecInput['inputs'] => ({ kind: 'list', values });
const moduleSpec = (code: string, inputs: BatchSpecInput['inputs'], more: Partial<BatchSpecInput> = {}) => ({
  definition: { kind: 'module' as const, file: task(code) },
  inputs,
  ...more,
});

async function run(spec: BatchSpecInput) {
  const { id } = await engine.submit(spec);
  return engine.ended(id);
}

async function rowsOf(batch: number): Promise<ExportRow[]> {
  const rows: ExportRow[] = [];
  for await (const slice of engine.exportRows(batch, all)) rows.push(...slice);
  return rows;
}

/** Resolves when the batch's tasks have made a file, as a sign that they run. */
async function sign(file: string): Promise<string> {
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') await new Promise(setImmediate);
  return readFileSync(file, 'utf8');
}

/** A task that makes the file that is its input, and then never ends. */
const hanging = `import { writeFileSync } from 'node:fs';
export default (file) => { writeFileSync(file, String(process.pid)); for (;;); };`;

describe('a batch', () => {
  it('runs every task once and keeps the results', async () => {
    const ended = await run(moduleSpec('export default (x) => x * x;', numbers(3000)));
    expect(ended).toMatchObject({ state: 'completed', total: 3000, enumerated: true, error: null });
    expect(ended.counts).toMatchObject({ succeeded: 3000, pending: 0, running: 0, failed: 0 });
    const rows = await rowsOf(ended.id);
    expect(rows.map((row) => [row.index, row.value])).toEqual(
      Array.from({ length: 3000 }, (_, i) => [i, String(i * i)]),
    );
  });

  it('tells of results only once they are on disk, each once', async () => {
    const told = new Map<number, string>();
    const spec = moduleSpec('export default (x) => ({ double: x * 2 });', numbers(500));
    const { id } = await engine.submit(spec, {
      onResults: (rows) => {
        for (const row of rows) told.set(row.index, `${told.get(row.index) ?? ''}${row.value}`);
      },
    });
    await engine.ended(id);
    expect(told.size).toBe(500);
    expect(told.get(7)).toBe('{"double":14}');
  });

  it('gives parameters to its tasks, with the defaults that the file declares', async () => {
    const code = `export const meta = { params: { factor: 3, unit: 'm' } };
export default (x, { params }) => x * params.factor + params.unit;`;
    const ended = await run(moduleSpec(code, list([2]), { params: { factor: 5 } }));
    expect((await rowsOf(ended.id))[0]?.value).toBe('"10m"');
  });

  it('captures what each task prints, logs and reports', async () => {
    const code = `export default async (x, ctx) => {
  console.log('out', x); console.error('err', x); ctx.log('log', { x });
  process.stdout.write('raw\\n');
};`;
    const pieces: OutputPiece[] = [];
    const { id } = await engine.submit(moduleSpec(code, numbers(2)), {
      onOutput: (piece) => pieces.push(piece),
    });
    await engine.ended(id);
    const { output } = await engine.detail(id, 1);
    const text = (stream: string) =>
      output
        .filter((p) => p.stream === stream)
        .map((p) => p.text)
        .join('');
    expect([text('stdout'), text('stderr'), text('log')]).toEqual([
      'out 1\nraw\n',
      'err 1\n',
      'log { x: 1 }\n',
    ]);
    expect(pieces.filter((piece) => piece.index === 1)).toHaveLength(output.length);
  });

  it('runs all of a long list and keeps only the start of it with its spec', async () => {
    const values = Array.from({ length: 1000 }, (_, i) => `line ${i}`);
    const ended = await run(moduleSpec('export default (x) => x.length;', list(values)));
    expect(ended.counts.succeeded).toBe(1000);
    expect(ended.spec.inputs).toEqual({ kind: 'list', values: values.slice(0, 100), given: 1000 });
  });

  it('runs beside another one, neither waiting for the other', async () => {
    const gate = join(dir, 'gate');
    const code = `import { existsSync } from 'node:fs';
export default async (file) => { while (!existsSync(file)) await new Promise(setImmediate); };`;
    const slow = await engine.submit({
      definition: { kind: 'module', file: task(code, 'slow.js') },
      inputs: list([gate, gate, gate, gate]),
      options: { workers: 1 },
    });
    const quick = await run(moduleSpec('export default (x) => x;', numbers(100)));
    expect(quick.counts.succeeded).toBe(100);
    expect((await engine.get(slow.id)).state).toBe('running');
    writeFileSync(gate, '');
    expect((await engine.ended(slow.id)).counts.succeeded).toBe(4);
  });

  it('sees a task file that was changed since the last batch, and what it imports', async () => {
    task('export const factor = 2;', 'factor.js');
    const spec = moduleSpec(
      `import { factor } from './factor.js';\nexport default (x) => x * factor;`,
      list([10]),
    );
    expect((await rowsOf((await run(spec)).id))[0]?.value).toBe('20');
    task('export const factor = 1000;', 'factor.js');
    expect((await rowsOf((await run(spec)).id))[0]?.value).toBe('10000');
  });

  it('keeps its running tasks in sight: state, worker, input and progress', async () => {
    const gate = join(dir, 'gate');
    const code = `import { existsSync, writeFileSync } from 'node:fs';
export default async (file, ctx) => {
  ctx.progress(0.5, 'half'); writeFileSync(file + '.at', 'half');
  while (!existsSync(file)) await new Promise(setImmediate);
};`;
    const { id } = await engine.submit(moduleSpec(code, list([gate])));
    await sign(`${gate}.at`);
    const seen = async () => (await engine.page(id, { ...all, filter: 'running' }, 0, 10)).rows[0];
    while (!(await seen())?.progress) await new Promise(setImmediate);
    expect(await seen()).toMatchObject({
      state: 'running',
      worker: 1,
      progress: { fraction: 0.5, message: 'half' },
    });
    expect((await engine.page(id, all, 0, 10)).rows[0]).toMatchObject({ state: 'running' });
    expect(await engine.detail(id, 0)).toMatchObject({ state: 'running' });
    expect(engine.pool().workers[0]).toMatchObject({ state: 'busy', batch: id, task: 0, input: gate });
    expect((await engine.get(id)).counts).toMatchObject({ running: 1, pending: 0 });
    writeFileSync(gate, '');
    await engine.ended(id);
  });
});

describe('a task', () => {
  it.each([
    [
      'throws',
      `(x) => { if (x === 1) throw new RangeError('no'); return x; }`,
      { name: 'RangeError', message: 'no' },
    ],
    ['rejects', `async (x) => { if (x === 1) throw new Error('later'); return x; }`, { message: 'later' }],
    ['throws what is no error', `(x) => { if (x === 1) throw 'text'; return x; }`, { name: 'NonError' }],
    ['returns a function', `(x) => (x === 1 ? () => 1 : x)`, { code: 'RESULT_NOT_STORABLE' }],
    [
      'returns a cycle',
      `(x) => { const a = { x }; if (x === 1) a.a = a; return a; }`,
      { code: 'RESULT_NOT_STORABLE' },
    ],
    ['calls process.exit', `(x) => { if (x === 1) process.exit(3); return x; }`, { name: 'ProcessExit' }],
    [
      'kills its process',
      `(x) => { if (x === 1) process.kill(process.pid, 'SIGKILL'); return x; }`,
      { name: 'WorkerCrash' },
    ],
  ])('that %s fails alone', async (_, fn, error) => {
    const ended = await run(moduleSpec(`export default ${fn};`, numbers(40)));
    expect(ended).toMatchObject({ state: 'completed', counts: { succeeded: 39, failed: 1 } });
    const failed = (await rowsOf(ended.id)).filter((row) => row.state === 'failed');
    expect(failed.map((row) => row.index)).toEqual([1]);
    expect(failed[0]?.error).toMatchObject(error);
  });

  it('that failed shows its stack at the right line of a TypeScript file', async () => {
    const file = task(
      `interface Row { x: number }\n\nexport default (row: Row): number => {\n  throw new Error('here');\n};\n`,
      'typed.ts',
    );
    const ended = await run({ definition: { kind: 'module', file }, inputs: numbers(1) });
    expect((await rowsOf(ended.id))[0]?.error?.stack).toContain('typed.ts:4:9');
  });

  it('that loops for ever is canceled alone, and its worker is replaced', async () => {
    const file = join(dir, 'pid');
    const code = `import { writeFileSync } from 'node:fs';
export default (x) => { if (x === 3) { writeFileSync(${JSON.stringify(file)}, 'on'); for (;;); } return x; };`;
    const { id } = await engine.submit(moduleSpec(code, numbers(30), { options: { chunkSize: 1 } }));
    await sign(file);
    await engine.cancelTasks(id, { indices: [3] });
    const ended = await engine.ended(id);
    expect(ended.state).toBe('completed');
    expect(ended.counts).toMatchObject({ succeeded: 29, canceled: 1 });
  });

  it('that takes too long ends as a timeout, and one that asks the signal ends at once', async () => {
    const code = `export default (x, { signal }) => x === 1
  ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  : x;`;
    const ended = await run(moduleSpec(code, numbers(5), { options: { timeoutMs: 200 } }));
    expect(ended.counts).toMatchObject({ succeeded: 4, failed: 1 });
    expect((await engine.detail(ended.id, 1)).attempts).toMatchObject([{ outcome: 'timeout' }]);
  });

  it('that fails is attempted again where retries are asked for, and each attempt is kept', async () => {
    const code = `import { appendFileSync, readFileSync } from 'node:fs';
export default (file) => { appendFileSync(file, 'x'); if (readFileSync(file).length < 3) throw new Error('not yet'); return 'done'; };`;
    const ended = await run(moduleSpec(code, list([join(dir, 'tries')]), { options: { retries: 3 } }));
    expect(ended.counts).toMatchObject({ succeeded: 1, failed: 0 });
    const { attempts } = await engine.detail(ended.id, 0);
    expect(attempts.map((attempt) => attempt.outcome)).toEqual(['error', 'error', 'ok']);
  });
});

describe('a batch that cannot start', () => {
  it.each([
    ['a syntax error', 'export default (x) => {\n  return x +;\n};', 'TASK_FILE_SYNTAX', 2],
    ['no default export', 'export const other = 1;', 'NO_DEFAULT_EXPORT', undefined],
    ['an error while it loads', '\n\nthrow new Error("at load");', 'TASK_FILE_THREW', 3],
  ])('because its file has %s leaves nothing behind and names the place', async (_, code, error, line) => {
    await expect(engine.submit(moduleSpec(code, numbers(10)))).rejects.toMatchObject({
      code: error,
      ...(line ? { place: { file: join(dir, 'task.js'), line } } : {}),
    });
    expect(await engine.list()).toEqual([]);
  });

  it('because its file ends the process is told so, without a storm of workers', async () => {
    await expect(engine.submit(moduleSpec('process.exit(9);', numbers(10)))).rejects.toMatchObject({
      code: 'WORKER_START',
    });
    expect(await engine.list()).toEqual([]);
  });

  it.each([
    ['a missing path', { kind: 'files', paths: ['/no/such/file'] }, 'NO_SUCH_PATH'],
    ['an empty range', { kind: 'range', from: 5, to: 5 }, 'NO_INPUTS'],
    ['no values', { kind: 'list', values: [] }, 'NO_INPUTS'],
  ] as const)('because of %s leaves nothing behind', async (_, inputs, code) => {
    const spec = {
      definition: { kind: 'builtin' as const, name: 'hash' },
      inputs: inputs as BatchSpecInput['inputs'],
    };
    await expect(engine.submit(spec)).rejects.toMatchObject({ code });
    expect(await engine.list()).toEqual([]);
  });

  it('because its folder holds no files is told so', async () => {
    const empty = join(dir, 'empty');
    mkdirSync(empty);
    const spec = {
      definition: { kind: 'builtin' as const, name: 'hash' },
      inputs: { kind: 'files' as const, paths: [empty] },
    };
    await expect(engine.submit(spec)).rejects.toMatchObject({ code: 'NO_INPUTS' });
  });

  it('because of a parameter or a built-in that there is not names what there is', async () => {
    const inputs = numbers(1);
    const hash = { kind: 'builtin' as const, name: 'hash' };
    await expect(engine.submit({ definition: hash, inputs, params: { algorithm: 'md6' } })).rejects.toThrow(
      /sha256/,
    );
    await expect(engine.submit({ definition: { ...hash, name: 'hsh' }, inputs })).rejects.toThrow(/hash/);
  });
});

describe('a command', () => {
  it('runs a program for each input, and fails with its exit status', async () => {
    const definition = { kind: 'command' as const, template: `sh -c 'echo "<$0>"; exit $1' {} {#}` };
    const ended = await run({ definition, inputs: list(['a b', '$(c)']) });
    expect(ended.counts).toMatchObject({ failed: 2 });
    const [first, second] = await rowsOf(ended.id);
    expect(first?.error).toMatchObject({ fields: { exitCode: 1, stdout: '<a b>\n' } });
    expect(second?.error).toMatchObject({ fields: { exitCode: 2, stdout: '<$(c)>\n' } });
  });

  it.each([
    ['a program that there is not', 'no-such-program {}', /no-such-program/],
    ['a column that there is not', 'echo {nmae}', /nmae/],
  ])('with %s does not start', async (_, template, message) => {
    writeFileSync(join(dir, 'people.csv'), 'name,age\nAda,36\n');
    const inputs = { kind: 'rows' as const, file: join(dir, 'people.csv') };
    await expect(engine.submit({ definition: { kind: 'command', template }, inputs })).rejects.toThrow(
      message,
    );
    expect(await engine.list()).toEqual([]);
  });
});

describe('a Python file', () => {
  it('runs in an interpreter, with what it prints and its tracebacks', async () => {
    const code = `def task(x, ctx):\n    print("got", x)\n    return {"half": 10 / x}\n`;
    const definition = { kind: 'python' as const, file: task(code, 'halve.py') };
    const ended = await run({ definition, inputs: list([5, 0]) });
    const [first, second] = await rowsOf(ended.id);
    expect(first?.value).toBe('{"half":2.0}');
    expect(second?.error).toMatchObject({ name: 'ZeroDivisionError', place: { line: 3 } });
    expect((await engine.detail(ended.id, 0)).output).toMatchObject([{ stream: 'stdout', text: 'got 5\n' }]);
  });

  it('that dies fails the task that it ran, and the interpreter is replaced', async () => {
    const code = `import os, signal\ndef task(x):\n    if x == 2: os._exit(3)\n    if x == 4: os.kill(os.getpid(), signal.SIGSEGV)\n    return x\n`;
    const definition = { kind: 'python' as const, file: task(code, 'dies.py') };
    const ended = await run({ definition, inputs: numbers(8) });
    const failed = (await rowsOf(ended.id)).filter((row) => row.state === 'failed');
    expect(failed.map(({ index, error }) => [index, error?.fields?.exitCode, error?.fields?.signal])).toEqual(
      [
        [2, 3, null],
        [4, null, 'SIGSEGV'],
      ],
    );
    expect(ended.counts.succeeded).toBe(6);
  });

  it.each([
    ['a syntax error', 'def task(x)\n  return x\n', 1],
    ['a missing import', 'import no_such_module_here\ndef task(x): return x\n', 1],
  ])('with %s does not start, and names the line', async (_, code, line) => {
    const file = task(code, 'bad.py');
    const spec = { definition: { kind: 'python' as const, file }, inputs: numbers(1) };
    await expect(engine.submit(spec)).rejects.toMatchObject({ place: { file, line } });
  });
});

describe('ending', () => {
  it('cancel keeps what has ended, ends what runs, and leaves no process behind', async () => {
    const file = join(dir, 'pid');
    const { id } = await engine.submit(moduleSpec(hanging, list([file, `${file}2`, `${file}3`])));
    const pid = Number(await sign(file));
    await engine.cancel(id);
    const ended = await engine.ended(id);
    expect(ended).toMatchObject({ state: 'canceled', counts: { canceled: 3, pending: 0, running: 0 } });
    expect(() => process.kill(pid, 0)).toThrow();
  });

  it('pause starts nothing more, resume goes on', async () => {
    const seen = join(dir, 'seen');
    const code = `import { appendFileSync } from 'node:fs';
export default async (x) => { appendFileSync(${JSON.stringify(seen)}, 'x'); await new Promise((r) => setTimeout(r, 5)); };`;
    const { id } = await engine.submit(moduleSpec(code, numbers(400), { options: { chunkSize: 1 } }));
    await sign(seen);
    await engine.pause(id);
    const started = () => readFileSync(seen, 'utf8').length;
    for (;;) {
      const { succeeded, running } = (await engine.get(id)).counts;
      if (running === 0 && succeeded === started()) break;
      await new Promise(setImmediate);
    }
    expect(started()).toBeLessThan(400);
    expect((await engine.get(id)).state).toBe('paused');
    await engine.resume(id);
    expect((await engine.ended(id)).counts.succeeded).toBe(400);
  });

  it('close under a running batch leaves it interrupted, with its results', async () => {
    const file = join(dir, 'pid');
    const code = `import { writeFileSync } from 'node:fs';
export default (x) => { if (typeof x === 'string') { writeFileSync(x, 'on'); for (;;); } return x; };`;
    const { id } = await engine.submit(moduleSpec(code, list([1, 2, file, 3]), { options: { workers: 1 } }));
    await sign(file);
    while ((await engine.get(id)).counts.succeeded < 2) await new Promise(setImmediate);
    await engine.close();
    engine = await createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 2 });
    expect(await engine.get(id)).toMatchObject({
      state: 'interrupted',
      counts: { succeeded: 2, pending: 2 },
    });
  });

  it('its end and the next start tell the same of it, its speed included', async () => {
    const ended = await run(moduleSpec('export default (x) => x;', numbers(2000)));
    expect(ended.rate).toBeGreaterThan(0);
    // How much room it takes is known for certain once all of it is written.
    const kept = { ...ended, bytes: expect.any(Number) };
    expect(await engine.get(ended.id)).toEqual(kept);
    await engine.close();
    engine = await createEngine({ dataDir: join(dir, 'data'), launcher: forkLauncher(), poolSize: 2 });
    expect(await engine.get(ended.id)).toEqual(kept);
  });

  it('close gives up the lock of its program also where the store does not close as it should', async () => {
    const close = vi
      .spyOn(StoreThread.prototype, 'close')
      .mockRejectedValueOnce(new Error('The disk is gone.'));
    onTestFinished(() => close.mockRestore());
    expect(readdirSync(join(dir, 'data', 'owners'))).toHaveLength(1);
    await expect(engine.close()).rejects.toThrow('The disk is gone.');
    expect(readdirSync(join(dir, 'data', 'owners'))).toEqual([]);
  });

  it('a batch whose program was killed is interrupted, and one of a living program is not', async () => {
    const child = fork(join(import.meta.dirname, 'fixtures', 'running-program.ts'), [
      join(dir, 'data'),
      task(hanging),
      join(dir, 'pid'),
    ]);
    const worker = Number(await sign(join(dir, 'pid')));
    expect(await engine.list()).toMatchObject([{ state: 'running' }]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await engine.list()).toMatchObject([{ state: 'interrupted' }]);
    // Its worker loops for ever, and ends all the same.
    while (isRunning(worker)) await new Promise(setImmediate);
  });
});
