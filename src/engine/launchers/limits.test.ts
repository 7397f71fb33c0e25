import { getPriority } from 'node:os';
import { describe, expect, test } from 'vitest';
import { type Conversation, conversationAbout, nodeConversationAbout } from './fixtures/conversation.ts';

const linux = process.platform === 'linux';
const windows = process.platform === 'win32';

/** The nice values of all threads of the worker and of a child of it, and the variables that tell it. */
const nodeNice = `
  import { execFileSync } from 'node:child_process';
  import { readdirSync, readFileSync } from 'node:fs';
  import { getPriority } from 'node:os';
  const ofThread = (id) => {
    const stat = readFileSync('/proc/self/task/' + id + '/stat', 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  };
  export default () => ({
    own: getPriority(),
    threads: process.platform === 'linux' ? readdirSync('/proc/self/task').map(ofThread) : [],
    child: Number(execFileSync('nice')),
    told: Object.keys(process.env).filter((name) => name.startsWith('POOLBOARD_')),
  });
`;
const pythonNice = `
  import os, subprocess
  def of_thread(id):
      with open(f"/proc/self/task/{id}/stat") as file:
          return int(file.read().rpartition(")")[2].split()[16])
  def task(x):
      return {
          "own": os.getpriority(os.PRIO_PROCESS, 0),
          "threads": [of_thread(id) for id in os.listdir("/proc/self/task")] if os.path.exists("/proc") else [],
          "child": int(subprocess.check_output(["nice"])),
          "told": [name for name in os.environ if name.startswith("POOLBOARD_")],
      }
`;

type Start = (nice?: number) => Promise<Conversation>;
const workers: [string, Start][] = [
  ['Node', (nice) => nodeConversationAbout(nodeNice, { launch: { nice, heapMb: 512 } })],
  ['Python', (nice) => conversationAbout(pythonNice, { launch: { nice, heapMb: 512 } })],
];

describe.skipIf(windows).each(workers)('the priority of a %s worker', (_, start) => {
  const own = getPriority();
  const read = async (nice?: number) =>
    (await (await start(nice)).values([0]))[0] as {
      own: number;
      threads: number[];
      child: number;
      told: string[];
    };

  test('is lowered for all of its threads and its children', async () => {
    const found = await read(3);
    const wanted = Math.min(19, own + 3);
    expect(found).toMatchObject({ own: wanted, child: wanted, told: ['POOLBOARD_WORKER'] });
    if (linux) expect(new Set(found.threads)).toEqual(new Set([wanted]));
  });

  test('is that of its host where nothing is asked for', async () => {
    expect(await read()).toMatchObject({ own, child: own, told: ['POOLBOARD_WORKER'] });
  });
});

describe.skipIf(!linux)('the limit of a Python worker’s heap', () => {
  test('is a MemoryError of the task that wants more, and the worker goes on', async () => {
    const talk = await conversationAbout(
      `
      def task(megabytes):
          kept = [bytearray(1 << 20) for _ in range(megabytes)]
          return len(kept)
    `,
      { launch: { heapMb: 200 } },
    );
    const [small, much, again] = await talk.values([100, 100_000, 150]);
    expect([small, again]).toEqual([100, 150]);
    expect(much).toMatchObject({ name: 'MemoryError', place: { line: 2 } });
  });

  test('holds for each process that it starts', async () => {
    const talk = await conversationAbout(
      `
      import subprocess, sys
      def task(x):
          return subprocess.run([sys.executable, "-c", "bytearray(300 << 20)"], capture_output=True, text=True).stderr
    `,
      { launch: { heapMb: 200 } },
    );
    expect((await talk.values([0]))[0]).toContain('MemoryError');
  });
});
