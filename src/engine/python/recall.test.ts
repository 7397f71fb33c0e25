import { readdirSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbers, TestEngine } from '../test-engine.ts';

const test = TestEngine.forEachTest();

describe('a long Python task', () => {
  it('loses the tasks behind it to another worker, and runs none of them itself', async () => {
    const file = test.path('task.py');
    writeFileSync(
      file,
      `import os, time
def task(x):
    open(os.path.join(${JSON.stringify(test.dir)}, f"call-{x}-{os.getpid()}"), "x").close()
    time.sleep(3 if x == 20 else 0.03)
    return x
`,
    );
    const options = { chunkSize: 4 };
    const spec = { definition: { kind: 'python' as const, file }, inputs: numbers(40), options };
    const ended = await test.run(spec);
    expect(ended.counts.succeeded).toBe(40);
    expect(readdirSync(test.dir).filter((name) => name.startsWith('call-'))).toHaveLength(40);
  });
});
