import { describe, expect, it } from 'vitest';
import { type Code, languages, range, testBench } from './test-bench.ts';

const bench = testBench({ poolSize: 1 });

const waiting: Code = {
  JavaScript: `import { existsSync, writeFileSync } from 'node:fs';
export default async (x, { signal }) => {
  writeFileSync(DIR + '/at-' + x, 'on');
  while (!existsSync(DIR + '/go-' + x)) { signal.throwIfAborted(); await new Promise(setImmediate); }
  return x;
};`,
  Python: `import os, time
def task(x):
    with open(DIR + '/at-' + str(x), 'w') as at:
        at.write('on')
    while not os.path.exists(DIR + '/go-' + str(x)):
        time.sleep(0.001)
    return x
`,
};
const hanging: Code = {
  JavaScript: `import { writeFileSync } from 'node:fs';
export default (x) => { if (x === 5) { writeFileSync(DIR + '/at', 'on'); for (;;); } return x; };`,
  Python: `import ctypes
def task(x):
    if x == 5:
        with open(DIR + '/at', 'w') as at:
            at.write('on')
        ctypes.PyDLL(None).sleep(1000)
    return x
`,
};
const slow: Code = {
  JavaScript: `export default (x, { signal }) => new Promise((done, fail) => {
  setTimeout(done, 300, x);
  signal.addEventListener('abort', () => fail(signal.reason));
});`,
  Python: `import time\ndef task(x):\n    time.sleep(0.3)\n    return x\n`,
};

describe.each(languages)('in %s', (language) => {
  it('one running task can be canceled, whatever it does, and the others go on (loky #176, cpython #128041, BullMQ #632)', async () => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, hanging),
      inputs: range(40),
    });
    await bench.sign('at');
    expect(await bench.engine.cancelTasks(id, { indices: [5] })).toBe(1);
    const ended = await bench.engine.ended(id);
    expect(ended).toMatchObject({ state: 'completed', counts: { succeeded: 39, canceled: 1, failed: 0 } });
    expect((await bench.rows(id))[5]?.state).toBe('canceled');
  });

  it('a cancel never hits the task after it, however late it comes (workerpool #548, piscina #934)', async () => {
    const count = 24;
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, waiting),
      inputs: range(count),
      options: { chunkSize: count },
    });
    for (let x = 0; x < count; x += 2) {
      await bench.sign(`at-${x}`);
      if (x % 4 === 0) {
        // Just as it ends.
        const canceled = bench.engine.cancelTasks(id, { indices: [x] });
        bench.give(`go-${x}`);
        await canceled;
        await bench.sign(`at-${x + 1}`);
      } else {
        // After it has ended, which the pool may not have heard of yet: the next one runs.
        bench.give(`go-${x}`);
        await bench.sign(`at-${x + 1}`);
        await bench.engine.cancelTasks(id, { indices: [x] });
      }
      bench.give(`go-${x + 1}`);
    }
    const ended = await bench.engine.ended(id);
    expect(ended.counts).toMatchObject({ failed: 0, skipped: 0 });
    const rows = await bench.rows(id);
    for (const { index, state, value } of rows) {
      if (index % 2 === 1) expect([index, state, value]).toEqual([index, 'succeeded', String(index)]);
      else expect(['succeeded', 'canceled']).toContain(state);
    }
  });

  it('the timeout counts from the start of the attempt, not from the queue (piscina #869)', async () => {
    const ended = await bench.run({
      definition: bench.definition(language, slow),
      inputs: range(6),
      // The last one waits for longer than that before it starts.
      options: { timeoutMs: 1200, chunkSize: 6 },
    });
    expect(ended.counts).toMatchObject({ succeeded: 6, failed: 0 });
    expect(ended.endedAt! - ended.startedAt!).toBeGreaterThan(1200);
  });
});
