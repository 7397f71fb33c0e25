import { describe, expect, it } from 'vitest';
import { type Code, gone, isRunning, languages, range, testBench } from './test-bench.ts';

const bench = testBench({ poolSize: 1 });

/** Writes the process ids of itself and of its own child, and lives on, whatever it is asked. */
const family = `trap "" TERM INT; sleep 1000 & echo $$ $! > "$0"; wait`;
const parent: Code = {
  JavaScript: `import { spawn } from 'node:child_process';
export default () => {
  spawn('sh', ['-c', ${JSON.stringify(family)}, DIR + '/family'], { stdio: 'ignore' });
  for (;;);
};`,
  Python: `import subprocess
def task(x):
    subprocess.Popen(['sh', '-c', ${JSON.stringify(family)}, DIR + '/family'])
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass
`,
};

async function familyOf(): Promise<number[]> {
  let pids: number[] = [];
  while (pids.length < 2) pids = (await bench.sign('family')).trim().split(' ').map(Number);
  for (const pid of pids) expect(isRunning(pid)).toBe(true);
  return pids;
}

describe.each(languages)('in %s', (language) => {
  it('terminate does not hang, and leaves no child or grandchild (tinypool #49, #132; joblib #181)', async () => {
    const pool = bench.pool({ workers: 1 });
    const result = pool.applyAsync(bench.taskFile(language, parent), [0]);
    const pids = await familyOf();
    await pool.terminate();
    await expect(result.get()).rejects.toThrow();
    await Promise.all(pids.map(gone));
  });

  it.each([
    ['cancel of a batch', (id: number) => bench.engine.cancel(id)],
    ['cancel of a task', (id: number) => bench.engine.cancelTasks(id, { indices: [0] })],
  ])('%s does not hang, and leaves no child or grandchild (tinypool #49; joblib #181)', async (_, end) => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, parent),
      inputs: range(1),
    });
    const pids = await familyOf();
    await end(id);
    expect((await bench.engine.ended(id)).counts.canceled).toBe(1);
    await Promise.all(pids.map(gone));
  });

  it('close of the engine does not hang, and leaves no child or grandchild (tinypool #132; joblib #181)', async () => {
    await bench.engine.submit({ definition: bench.definition(language, parent), inputs: range(1) });
    const pids = await familyOf();
    await bench.engine.close();
    await Promise.all(pids.map(gone));
    await bench.open({ poolSize: 1 });
  });

  it('a timeout leaves no child or grandchild (tinypool #49; joblib #181)', async () => {
    const { id } = await bench.engine.submit({
      definition: bench.definition(language, parent),
      inputs: range(1),
      options: { timeoutMs: 1500 },
    });
    const pids = await familyOf();
    expect((await bench.engine.ended(id)).counts.failed).toBe(1);
    await Promise.all(pids.map(gone));
  });
});

it('a command’s children and grandchildren end with its batch (joblib #181)', async () => {
  const { id } = await bench.engine.submit({
    definition: { kind: 'command', template: `sh -c '${family}' {}` },
    inputs: { kind: 'list', values: [bench.path('family')] },
  });
  const pids = await familyOf();
  await bench.engine.cancel(id);
  await bench.engine.ended(id);
  await Promise.all(pids.map(gone));
});
