import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseName } from '../src/engine/store/open.ts';
import { type BatchSummary, hasEnded } from '../src/shared/batch.ts';
import type { PoolView } from '../src/shared/views.ts';
import { check, executionsOf } from './checks.ts';
import { makeFolder, type RunFolder, specOf } from './folder.ts';
import { HostClient, HostError } from './host-client.ts';
import type { ToldRow } from './host-protocol.ts';
import { killAll, whenGone } from './processes.ts';
import type { Fault, FaultType, Schedule } from './schedule.ts';

/** A run that takes longer than this, milliseconds, hangs. */
const deadlineMs = 120_000;
/** How long what a killed host had started may live on, milliseconds. */
const orphanMs = 10_000;

export interface Report {
  schedule: Schedule;
  /** A sentence each; none where all is well. */
  problems: string[];
  /** The faults that came in time. */
  applied: FaultType[];
  seconds: number;
  /** How long the processes of killed hosts lived on, at most, milliseconds. */
  slowestOrphanMs: number;
  /** Where it can be looked at, where there are problems. */
  folder: string;
}

/** Runs a schedule on the real thing, and checks what it leaves. Its folder is kept where there are problems. */
export async function play(schedule: Schedule): Promise<Report> {
  const started = performance.now();
  const run = new Run(schedule);
  const problems = await run.play();
  const folder = run.folder.path;
  if (problems.length === 0) rmSync(folder, { recursive: true });
  else writeFileSync(join(folder, 'problems.txt'), `${JSON.stringify(schedule)}\n\n${problems.join('\n')}\n`);
  return {
    schedule,
    problems,
    applied: run.applied,
    seconds: (performance.now() - started) / 1000,
    slowestOrphanMs: run.slowestOrphanMs,
    folder,
  };
}

class Run {
  readonly folder: RunFolder;
  readonly applied: FaultType[] = [];
  slowestOrphanMs = 0;
  readonly #schedule: Schedule;
  readonly #problems: string[] = [];
  readonly #told = new Map<number, ToldRow>();
  readonly #executions = new Map<number, number>();
  readonly #others: Promise<unknown>[] = [];
  #waiters: { count: number; resolve: () => void }[] = [];
  #host!: HostClient;
  #batch = 0;
  #hostsEnded = 0;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
    this.folder = makeFolder(schedule);
  }

  async play(): Promise<string[]> {
    const late = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => late.resolve('late'), deadlineMs);
    try {
      const end = await Promise.race([this.#perform(), late.promise]);
      if (end === 'late')
        this.#problems.push(`it did not end within ${deadlineMs / 1000} s: ${await this.#dump()}`);
    } catch (error) {
      this.#problems.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      clearTimeout(timer);
      killAll(this.folder.path);
    }
    await Promise.allSettled(this.#others);
    return this.#problems;
  }

  async #perform(): Promise<void> {
    this.#host = await this.#openHost();
    const { id } = await this.#host.ask<BatchSummary>({
      do: 'submit',
      spec: specOf(this.#schedule, this.folder),
    });
    this.#batch = id;
    let ended = this.#ended();
    for (const fault of this.#schedule.faults) {
      if (await Promise.race([this.#toldOf(fault.after), ended.then(() => true)])) break;
      await this.#apply(fault);
      ended = this.#ended();
    }
    await ended;
    if (this.#schedule.retries) await this.#retry();
    await this.#closeHost();
    const { folder } = this;
    this.#problems.push(
      ...(await check({
        schedule: this.#schedule,
        folder,
        batch: this.#batch,
        told: this.#told,
        executions: this.#executions,
        hostsEnded: this.#hostsEnded,
      })),
    );
  }

  // --- the host ------------------------------------------------------------------------------------------

  async #openHost(): Promise<HostClient> {
    const { dataDir, path, tmp, cwd } = this.folder;
    const host = new HostClient({
      dataDir,
      cwd,
      poolSize: this.#schedule.poolSize,
      env: {
        ...process.env,
        POOLBOARD_FAULTS_DIR: path,
        TMPDIR: tmp,
        NODE_OPTIONS: '',
        NODE_COMPILE_CACHE: '',
      },
      onResults: (rows) => this.#hear(rows),
    });
    await host.opened;
    return host;
  }

  /** Another host on the same folder wants the batch while the first runs it. False where it had ended by then. */
  async #openRival(): Promise<boolean> {
    const rival = await this.#openHost();
    const refusal = await rival.ask({ do: 'resume', batch: this.#batch }).then(
      () => 'no refusal',
      (error: HostError) => error.code,
    );
    await rival.close();
    await rival.ended;
    const { state } = await this.#summary();
    if (hasEnded(state)) return false;
    if (refusal !== 'NOT_RUNNING') this.#problems.push(`a rival that resumed the batch heard ${refusal}`);
    return true;
  }

  #hear(rows: ToldRow[]): void {
    for (const row of rows) {
      const before = this.#told.get(row.index);
      if (before)
        this.#problems.push(`task ${row.index} was told as ${before.state}, and then as ${row.state}`);
      this.#told.set(row.index, row);
      this.#executions.set(row.index, executionsOf(this.folder, row.index));
    }
    const due = this.#waiters.filter(({ count }) => this.#told.size >= count);
    this.#waiters = this.#waiters.filter((waiter) => !due.includes(waiter));
    for (const { resolve } of due) resolve();
  }

  /** Resolves with false once the ends of so many tasks have been told. */
  async #toldOf(count: number): Promise<boolean> {
    if (this.#told.size < count) {
      await new Promise<void>((resolve) => this.#waiters.push({ count, resolve }));
    }
    return false;
  }

  #ended(): Promise<BatchSummary> {
    const ended = this.#host.ask<BatchSummary>({ do: 'ended', batch: this.#batch });
    // Where the host is killed, the next one is asked.
    ended.catch(() => {});
    return ended;
  }

  /** Closes the engine and waits for its program, and for all that it had started. */
  async #closeHost(): Promise<void> {
    await this.#host.close();
    const how = await this.#host.ended;
    if (how !== 'exit status 0') this.#problems.push(`the host ended with ${how}: ${this.#host.stderr}`);
    const left = await whenGone(this.folder.path, 1000);
    for (const command of left) this.#problems.push(`after the host was closed there is process ${command}`);
    killAll(this.folder.path);
  }

  async #killHost(): Promise<void> {
    this.#host.kill();
    await this.#host.ended;
    const killed = performance.now();
    // Nobody is left who could end a worker that was stopped from outside.
    const left = await whenGone(this.folder.path, orphanMs, ({ isStopped }) => isStopped);
    this.slowestOrphanMs = Math.max(this.slowestOrphanMs, performance.now() - killed);
    for (const command of left) {
      this.#problems.push(`${orphanMs / 1000} s after the host was killed there is process ${command}`);
    }
    killAll(this.folder.path);
  }

  /** Opens another host on the same folder, and resumes. */
  async #resumeElsewhere(): Promise<void> {
    this.#hostsEnded += 1;
    this.#host = await this.#openHost();
    const { state } = await this.#summary();
    if (!hasEnded(state)) this.#problems.push(`the batch of a host that has ended is ${state}`);
    if (state !== 'completed') await this.#resume();
  }

  async #resume(): Promise<void> {
    await this.#unless('NOTHING_TO_RESUME', this.#host.ask({ do: 'resume', batch: this.#batch }));
  }

  #summary(): Promise<BatchSummary> {
    return this.#host.ask({ do: 'get', batch: this.#batch });
  }

  async #retry(): Promise<void> {
    for (const [index, { state }] of this.#told) {
      if (state === 'succeeded') continue;
      this.#told.delete(index);
      this.#executions.delete(index);
    }
    await this.#unless('NOTHING_TO_RETRY', this.#host.ask({ do: 'retry', batch: this.#batch }));
    await this.#ended();
  }

  /** Waits for a command that may be refused with that code. */
  async #unless(code: string, asked: Promise<unknown>): Promise<void> {
    try {
      await asked;
    } catch (error) {
      if (!(error instanceof HostError) || error.code !== code) throw error;
    }
  }

  // --- faults --------------------------------------------------------------------------------------------

  async #apply(fault: Fault): Promise<void> {
    const batch = this.#batch;
    await new Promise((resolve) => setTimeout(resolve, fault.momentMs));
    switch (fault.type) {
      case 'kill-worker':
        if (!(await this.#signalWorker(fault.nth, fault.signal))) return;
        break;
      case 'stop-worker':
        if (!(await this.#signalWorker(fault.nth, 'SIGSTOP'))) return;
        break;
      case 'kill-host':
        await this.#killHost();
        await this.#resumeElsewhere();
        break;
      case 'close-host':
        await this.#closeHost();
        await this.#resumeElsewhere();
        break;
      case 'rival-host':
        if (!(await this.#openRival())) return;
        break;
      case 'pause':
        if (!(await this.#pause())) return;
        break;
      case 'cancel-task':
        await this.#unless('NOT_RUNNING', this.#host.ask({ do: 'cancel-task', batch, index: fault.index }));
        break;
      case 'cancel-and-resume':
        await this.#unless('NOT_RUNNING', this.#host.ask({ do: 'cancel', batch }));
        await this.#ended();
        await this.#resume();
        break;
      case 'pool-size':
        await this.#host.ask({ do: 'pool-size', size: fault.size });
        break;
      case 'lock-database':
        await this.#lock(fault.ms);
        break;
    }
    this.applied.push(fault.type);
  }

  /** Sends a signal to a worker that has something to do. False where none has. */
  async #signalWorker(nth: number, signal: NodeJS.Signals): Promise<boolean> {
    const { workers } = await this.#host.ask<PoolView>({ do: 'pool' });
    const busy = workers.filter(({ pid, state }) => pid !== null && state === 'busy');
    const worker = busy[nth % Math.max(1, busy.length)];
    if (!worker) return false;
    try {
      process.kill(worker.pid!, signal);
    } catch {
      return false;
    }
    return true;
  }

  /** Pauses, waits until nothing runs, and goes on. False where the batch had ended. */
  async #pause(): Promise<boolean> {
    await this.#unless('NOT_RUNNING', this.#host.ask({ do: 'pause', batch: this.#batch }));
    for (;;) {
      const { state, counts } = await this.#summary();
      if (hasEnded(state)) return false;
      if (counts.running === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await this.#resume();
    return true;
  }

  async #lock(ms: number): Promise<void> {
    const program = fileURLToPath(new URL('lock.ts', import.meta.url));
    const child = spawn(process.execPath, [program, join(this.folder.dataDir, databaseName), String(ms)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#others.push(once(child, 'close'));
    await Promise.race([once(child.stdout, 'data'), once(child, 'close')]);
  }

  /** What the host says of a run that does not end. */
  async #dump(): Promise<string> {
    const give = (result: unknown) => JSON.stringify(result);
    const asked = (['get', 'running'] as const).map((what) =>
      this.#host.ask({ do: what, batch: this.#batch }).then(give, String),
    );
    const pool = this.#host.ask({ do: 'pool' }).then(give, String);
    const patience = new Promise<string>((resolve) => setTimeout(resolve, 5000, 'the host does not answer'));
    return Promise.race([Promise.all([...asked, pool]).then((parts) => parts.join('\n')), patience]);
  }
}
