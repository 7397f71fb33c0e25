import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEngine, forkLauncher, squareFile } from './poolboard/built.ts';

/**
 * How long Poolboard takes to get over deaths: from the kill of a worker to its replacement running a task, and
 * the resume of a batch whose program was killed when half of it was done.
 *
 *     npm run build && npx node bench/recovery.ts [KILLS] [TASKS]
 */
const kills = Number(process.argv[2] ?? 40);
const tasks = Number(process.argv[3] ?? 1_000_000);
const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-bench-'));

if (process.argv[2] === 'program') await program(process.argv[3]!, Number(process.argv[4]));
else {
  await replacement();
  await resume();
  rmSync(dataDir, { recursive: true });
}

async function replacement(): Promise<void> {
  const file = join(dataDir, 'forever.mjs');
  writeFileSync(file, 'export default () => new Promise(() => setInterval(() => {}, 1000));');
  const engine = await createEngine({ dataDir, launcher: forkLauncher(), poolSize: 2 });
  const { id } = await engine.submit({
    definition: { kind: 'module', file },
    inputs: { kind: 'range', from: 0, to: kills * 2 },
    options: { retries: 0 },
  });
  const times: number[] = [];
  for (let i = 0; i < kills; i++) {
    const victim = await worker(({ pid, task }) => pid !== null && task !== null);
    const killedAt = performance.now();
    process.kill(victim.pid!, 'SIGKILL');
    await worker(({ number, pid, task }) => number === victim.number && pid !== victim.pid && task !== null);
    times.push(performance.now() - killedAt);
  }
  await engine.cancel(id);
  await engine.close();
  times.sort((a, b) => a - b);
  const at = (share: number) => `${times[Math.floor(share * (times.length - 1))]!.toFixed(0)} ms`;
  console.log(
    `worker killed to replacement running, ${kills} kills: p50 ${at(0.5)}, p95 ${at(0.95)}, worst ${at(1)}`,
  );

  type View = ReturnType<typeof engine.pool>['workers'][number];
  function worker(isWanted: (worker: View) => boolean): Promise<View> {
    return new Promise((resolve) => {
      const look = () => {
        const found = engine.pool().workers.find(isWanted);
        if (!found) return;
        stop();
        resolve(found);
      };
      const stop = engine.on(look);
      setImmediate(look);
    });
  }
}

async function resume(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), ['program', dataDir, String(tasks)]);
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');

  const openedAt = performance.now();
  const engine = await createEngine({ dataDir, launcher: forkLauncher(), poolSize: 2 });
  const batch = (await engine.list()).find(({ state }) => state === 'interrupted')!;
  const done = batch.counts.succeeded;
  const listed = performance.now();
  let first = 0;
  await engine.resume(batch.id, {
    onResults: () => {
      first ||= performance.now();
    },
  });
  const resumed = performance.now();
  const ended = await engine.ended(batch.id);
  const endedAt = performance.now();
  if (ended.counts.succeeded !== tasks) throw new Error(`${ended.counts.succeeded} of ${tasks} succeeded.`);
  let right = 0;
  const everything = { filter: 'all', search: '', sort: 'index', descending: false } as const;
  for await (const rows of engine.exportRows(batch.id, everything)) {
    for (const { index, value } of rows) if (Number(value) === index * index) right += 1;
  }
  if (right !== tasks) throw new Error(`${right} of ${tasks} results are right.`);
  await engine.close();
  const ms = (from: number, to: number) => `${(to - from).toFixed(0)} ms`;
  console.log(
    `resume of ${tasks} tasks, ${done} done: opened and listed in ${ms(openedAt, listed)}, ` +
      `running after ${ms(listed, resumed)}, first result on disk after ${ms(listed, first)}, ` +
      `the other ${tasks - done} done after ${ms(listed, endedAt)}; all results right`,
  );
}

/** Runs a batch until half of it is done, says so, and goes on until it is killed. */
async function program(folder: string, count: number): Promise<void> {
  const engine = await createEngine({ dataDir: folder, launcher: forkLauncher(), poolSize: 2 });
  engine.on((event) => {
    if (event.type === 'batch' && event.batch.counts.succeeded >= count / 2) process.send!('half');
  });
  await engine.submit({
    definition: { kind: 'module', file: fileURLToPath(squareFile) },
    inputs: { kind: 'range', from: 0, to: count },
  });
}
