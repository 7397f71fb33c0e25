import { describe, expect, it } from 'vitest';
import type { OutputPiece } from '../../shared/task.ts';
import { allTasks, type Code, languages, range, testBench, turn } from './test-bench.ts';

const bench = testBench();

const talking: Code = {
  JavaScript: `import { existsSync, writeFileSync } from 'node:fs';
export default async (x, ctx) => {
  console.log('out', x); console.error('err', x); ctx.log('log', x);
  ctx.progress((x + 1) / 4, 'part ' + x);
  writeFileSync(DIR + '/at-' + x, 'on');
  while (!existsSync(DIR + '/go')) await new Promise(setImmediate);
  return x;
};`,
  Python: `import os, sys, time
def task(x, ctx):
    print('out', x)
    print('err', x, file=sys.stderr)
    ctx.log('log', x)
    ctx.progress((x + 1) / 4, 'part ' + str(x))
    with open(DIR + '/at-' + str(x), 'w') as at:
        at.write('on')
    while not os.path.exists(DIR + '/go'):
        time.sleep(0.001)
    return x
`,
};

const textOf = (pieces: OutputPiece[], stream: OutputPiece['stream']) =>
  pieces
    .filter((piece) => piece.stream === stream)
    .map((piece) => piece.text)
    .join('');

describe.each(languages)('in %s', (language) => {
  it('each running task’s progress is seen, and each one’s output apart (joblib #972, workerpool #423)', async () => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, talking),
      inputs: range(2),
      options: { chunkSize: 1 },
    });
    await bench.sign('at-0');
    await bench.sign('at-1');
    const seen = async () => (await bench.engine.page(id, allTasks, 0, 10)).rows.map((row) => row.progress);
    while ((await seen()).includes(null)) await turn();
    expect(await seen()).toEqual([
      { fraction: 0.25, message: 'part 0' },
      { fraction: 0.5, message: 'part 1' },
    ]);
    bench.give('go');
    expect((await bench.engine.ended(id)).counts.succeeded).toBe(2);
    for (const x of [0, 1]) {
      const { output } = await bench.engine.detail(id, x);
      expect((['stdout', 'stderr', 'log'] as const).map((stream) => textOf(output, stream))).toEqual([
        `out ${x}\n`,
        `err ${x}\n`,
        `log ${x}\n`,
      ]);
    }
  });

  it('a batch counts what has ended while the rest runs (joblib #972)', async () => {
    const definition = bench.definition(language, {
      JavaScript: `import { existsSync } from 'node:fs';
export default async (x) => { while (x >= 50 && !existsSync(DIR + '/go')) await new Promise(setImmediate); return x; };`,
      Python: `import os, time
def task(x):
    while x >= 50 and not os.path.exists(DIR + '/go'):
        time.sleep(0.001)
    return x
`,
    });
    const { id } = await bench.engine.submit({ definition, inputs: range(60), options: { chunkSize: 1 } });
    for (;;) {
      const { state, counts } = await bench.engine.get(id);
      expect(state).not.toBe('completed');
      if (counts.succeeded === 50) break;
      await turn();
    }
    bench.give('go');
    expect((await bench.engine.ended(id)).counts.succeeded).toBe(60);
  });

  it('a pool tells of results and of what tasks print as they come, task by task (joblib #972, workerpool #423)', async () => {
    const pieces: OutputPiece[] = [];
    const pool = bench.pool({ onOutput: (piece) => pieces.push(piece) });
    const seen: unknown[] = [];
    const result = pool.mapAsync(
      bench.taskFile(language, {
        JavaScript: `import { existsSync } from 'node:fs';
export default async (x) => { console.log('is', x); while (x === 3 && !existsSync(DIR + '/go')) await new Promise(setImmediate); return x; };`,
        Python: `import os, time
def task(x):
    print('is', x)
    while x == 3 and not os.path.exists(DIR + '/go'):
        time.sleep(0.001)
    return x
`,
      }),
      [0, 1, 2, 3],
      { chunkSize: 1, onResult: (value) => seen.push(value) },
    );
    while (seen.length < 3) await turn();
    expect(result.ready()).toBe(false);
    bench.give('go');
    expect(await result.get()).toEqual([0, 1, 2, 3]);
    for (const x of [0, 1, 2, 3]) {
      expect(
        textOf(
          pieces.filter((piece) => piece.index === x),
          'stdout',
        ),
      ).toBe(`is ${x}\n`);
    }
  });
});
