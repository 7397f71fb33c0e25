import { describe, expect, it } from 'vitest';
import { type Code, languages, numbers, range, testBench } from './test-bench.ts';

const bench = testBench();

const dies = (signal: 'SIGKILL' | 'SIGSEGV'): Code => ({
  JavaScript: `export default (x) => { if (x === 7) process.kill(process.pid, '${signal}'); return x; };`,
  Python: `import os, signal\ndef task(x):\n    if x == 7: os.kill(os.getpid(), signal.${signal})\n    return x\n`,
});
/** Task 7 hangs, the first time. */
const hangs: Code = {
  JavaScript: `import { existsSync, writeFileSync } from 'node:fs';
export default (x) => {
  if (x === 7 && !existsSync(DIR + '/pid')) { writeFileSync(DIR + '/pid', String(process.pid)); for (;;); }
  return x;
};`,
  Python: `import os, time
def task(x):
    if x == 7 and not os.path.exists(DIR + '/pid'):
        with open(DIR + '/pid', 'w') as file:
            file.write(str(os.getpid()))
        time.sleep(1000)
    return x
`,
};
/** A file whose second load fails, though its first has not. */
const oneLicence: Code = {
  JavaScript: `import { appendFileSync, existsSync, readFileSync } from 'node:fs';
appendFileSync(DIR + '/loads', 'x');
if (readFileSync(DIR + '/loads', 'utf8').length > 1) throw new Error('only one licence');
export default async (x) => { while (!existsSync(DIR + '/go')) await new Promise(setImmediate); return x; };`,
  Python: `import os, time
with open(DIR + '/loads', 'a') as loads:
    loads.write('x')
if os.path.getsize(DIR + '/loads') > 1:
    raise RuntimeError('only one licence')
def task(x):
    while not os.path.exists(DIR + '/go'):
        time.sleep(0.01)
    return x
`,
};

describe.each(languages)('in %s', (language) => {
  it.each(['SIGKILL', 'SIGSEGV'] as const)(
    'a worker that dies by %s does not hang the batch (cpython #66587, joblib #385)',
    async (signal) => {
      const ended = await bench.run({
        definition: bench.definition(language, dies(signal)),
        inputs: range(60),
      });
      expect(ended).toMatchObject({ state: 'completed', counts: { succeeded: 59, failed: 1 } });
      const { attempts } = await bench.engine.detail(ended.id, 7);
      expect(attempts).toMatchObject([{ outcome: 'crash', error: { fields: { signal } } }]);
    },
  );

  it.each(['auto', 1] as const)(
    'a worker that is killed from outside does not hang the batch, chunks of %s (cpython #66587)',
    async (chunkSize) => {
      const { id } = await bench.engine.submit({
        definition: bench.definition(language, hangs),
        inputs: range(60),
        options: { chunkSize },
      });
      process.kill(Number(await bench.sign('pid')), 'SIGKILL');
      const { state, counts } = await bench.engine.ended(id);
      expect([state, counts.succeeded + counts.failed]).toEqual(['completed', 60]);
      // Of several tasks that may have been the one, none is blamed: they are tried again, each alone.
      if (chunkSize === 1) expect(counts.failed).toBe(1);
      else expect(counts.failed).toBeLessThanOrEqual(1);
    },
  );

  it('a worker that dies does not hang map, and the pool goes on (cpython #66587, joblib #385)', async () => {
    const pool = bench.pool();
    const task = bench.taskFile(language, dies('SIGKILL'));
    const seen: unknown[] = [];
    const onResult = (value: unknown) => seen.push(value);
    await expect(pool.map(task, numbers(60), { onResult })).rejects.toMatchObject({
      name: 'WorkerCrash',
      signal: 'SIGKILL',
    });
    expect(seen).toHaveLength(59);
    expect(await pool.map(task, [1, 2, 3])).toEqual([1, 2, 3]);
  });

  it('a worker that cannot start is not handed every task: the batch stops (BullMQ #4283)', async () => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, oneLicence),
      inputs: range(41_776),
    });
    // Nobody opens the gate: it is the failed start alone that ends the batch.
    const ended = await bench.engine.ended(id);
    expect(ended).toMatchObject({ state: 'canceled', counts: { succeeded: 0, failed: 0 } });
    expect(ended.error?.message).toContain('only one licence');
    expect((await bench.sign('loads')).length).toBeLessThanOrEqual(3);
  });

  it('a worker that cannot start fails a map once, without a storm of workers (BullMQ #4283)', async () => {
    const task = bench.taskFile(language, {
      JavaScript: `import { appendFileSync } from 'node:fs';\nappendFileSync(DIR + '/loads', 'x');\nprocess.exit(9);`,
      Python: `import os\nwith open(DIR + '/loads', 'a') as loads:\n    loads.write('x')\nos._exit(9)\n`,
    });
    let told = 0;
    const onResult = () => {
      told += 1;
    };
    await expect(bench.pool().map(task, numbers(41_776), { onResult })).rejects.toThrow(/exit status 9/);
    expect(told).toBe(0);
    expect((await bench.sign('loads')).length).toBeLessThanOrEqual(3);
  });
});

it('processes that cannot be launched stop the batch, without a storm of launches (BullMQ #4283)', async () => {
  await expect(
    bench.engine.submit({
      definition: bench.definition('JavaScript', {
        JavaScript: `process.kill(process.pid, 'SIGKILL');\nexport default (x) => x;`,
        Python: '',
      }),
      inputs: range(41_776),
    }),
  ).rejects.toMatchObject({ code: 'WORKER_START' });
  expect(await bench.engine.list()).toEqual([]);
  expect(bench.launches).toBeLessThanOrEqual(4);
});
