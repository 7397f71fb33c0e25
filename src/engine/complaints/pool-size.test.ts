import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Code, languages, range, testBench, turn } from './test-bench.ts';

const bench = testBench({ poolSize: 1 });

const waiting: Code = {
  JavaScript: `import { appendFileSync, existsSync, writeFileSync } from 'node:fs';
export default async (x) => {
  appendFileSync(DIR + '/order', process.pid + '\\n');
  writeFileSync(DIR + '/at-' + x, 'on');
  while (!existsSync(DIR + '/go')) await new Promise(setImmediate);
};`,
  Python: `import os, time
def task(x):
    with open(DIR + '/order', 'a') as order:
        order.write(str(os.getpid()) + '\\n')
    with open(DIR + '/at-' + str(x), 'w') as at:
        at.write('on')
    while not os.path.exists(DIR + '/go'):
        time.sleep(0.001)
`,
};
const started = () => readdirSync(bench.dir).filter((name) => name.startsWith('at-')).length;
const busy = () => bench.engine.pool().workers.filter((worker) => worker.state === 'busy').length;

it('the pool’s size is seen, beside the cores that there are (joblib, 12 workers to 3)', () => {
  expect(bench.engine.pool()).toMatchObject({ size: 1, cores: availableParallelism() });
  bench.engine.setPoolSize(3);
  expect(bench.engine.pool().size).toBe(3);
});

describe.each(languages)('in %s', (language) => {
  it('the pool’s size is changed while a batch runs, up and down (12 workers to 3: 1:45 to 1:05)', async () => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, waiting),
      inputs: range(60),
      options: { chunkSize: 1 },
    });
    await bench.sign('order');
    expect(started()).toBe(1);
    bench.engine.setPoolSize(3);
    while (started() < 3 || busy() < 3) await turn();
    expect(started()).toBe(3);
    bench.engine.setPoolSize(1);
    expect(bench.engine.pool().size).toBe(1);
    bench.give('go');
    expect((await bench.engine.ended(id)).counts.succeeded).toBe(60);
    // Those that were let go may end what they hold; from then on there is one.
    const pids = (await bench.sign('order')).trim().split('\n');
    expect(new Set(pids).size).toBeGreaterThanOrEqual(3);
    expect(new Set(pids.slice(-30)).size).toBe(1);
  });
});

it('a batch can be given fewer workers than the pool has (12 workers to 3: 1:45 to 1:05)', async () => {
  bench.engine.setPoolSize(3);
  const { id } = await bench.engine.submit({
    definition: bench.definition('JavaScript', waiting),
    inputs: range(30),
    options: { workers: 1, chunkSize: 1 },
  });
  await bench.sign('order');
  bench.give('go');
  await bench.engine.ended(id);
  expect(new Set((await bench.sign('order')).trim().split('\n')).size).toBe(1);
});
