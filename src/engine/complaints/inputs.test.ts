import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { testBench, turn } from './test-bench.ts';

const bench = testBench();

/** How much of a long input may be read before its first result is there, at most. */
const bound = 100_000;

function counted() {
  const read = { count: 0 };
  const inputs = function* (): Generator<string> {
    while (read.count < 10 * bound) {
      read.count += 1;
      yield bench.path('go');
    }
  };
  return { read, inputs: inputs() };
}

/** Resolves once nothing more was read for many turns: what is read ahead is read. */
async function settled(read: { count: number }): Promise<number> {
  for (let quiet = 0, last = read.count; quiet < 200; quiet++) {
    await turn();
    if (read.count !== last) quiet = 0;
    last = read.count;
    expect(last).toBeLessThan(bound);
  }
  return read.count;
}

const waitFor = async (file: string) => {
  const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs');
  writeFileSync(`${file}-at`, 'on');
  while (!existsSync(file)) await new Promise(setImmediate);
};

it('map does not swallow its whole input (cpython #74028)', async () => {
  const { read, inputs } = counted();
  const result = bench.pool().mapAsync(waitFor, inputs);
  await bench.sign('go-at');
  expect(await settled(read)).toBeGreaterThan(0);
  expect(result.ready()).toBe(false);
});

it.each(['imap', 'imapUnordered'] as const)(
  '%s reads a long input only as far as its results are read (cpython #74028)',
  async (method) => {
    const { read, inputs } = counted();
    bench.give('go');
    const results = bench.pool()[method](waitFor, inputs);
    await results.next();
    const before = await settled(read);
    for (let i = 0; i < 100; i++) await results.next();
    expect(before).toBeGreaterThan(0);
    await results.return?.();
  },
);

it('a batch works on its first inputs while the rest has not been read (cpython #74028)', async () => {
  const stdin = new PassThrough();
  stdin.write('first\n');
  const results = Promise.withResolvers<string | null>();
  const { id } = await bench.engine.submit(
    {
      definition: bench.definition('JavaScript', { JavaScript: 'export default (x) => x;', Python: '' }),
      inputs: { kind: 'rows', file: '-', format: 'lines' },
    },
    { stdin, onResults: ([row]) => results.resolve(row!.value) },
  );
  expect(await results.promise).toBe('"first"');
  expect((await bench.engine.get(id)).enumerated).toBe(false);
  stdin.end('second\n');
  await once(stdin, 'end');
  expect((await bench.engine.ended(id)).counts.succeeded).toBe(2);
});
