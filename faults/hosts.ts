import { type BatchSummary, hasEnded } from '../src/shared/batch.ts';
import { executionsOf } from './checks.ts';
import { type RunFolder, specOf } from './folder.ts';
import { HostClient, HostError } from './host-client.ts';
import type { ToldRow } from './host-protocol.ts';
import { killAll, processesWith, whenGone, whichCanEnd } from './processes.ts';
import type { Schedule } from './schedule.ts';

/** How long what a killed host had started may live on, milliseconds. */
const orphanMs = 10_000;

/** The hosts of a run, one after another, the batch that they run, and what they have told of it. */
export class Hosts {
  batch = 0;
  /** Those that were ended while the batch ran. */
  ended = 0;
  /** How long the processes of killed hosts lived on, at most, milliseconds. */
  slowestOrphanMs = 0;
  readonly problems: string[] = [];
  /** The last that was told of each task; and how often it had been executed by then. */
  readonly told = new Map<number, ToldRow>();
  readonly executions = new Map<number, number>();
  readonly #schedule: Schedule;
  readonly #folder: RunFolder;
  #current!: HostClient;
  /** What workers had started that died with their host. */
  #orphans: number[] = [];
  #waiters: { count: number; resolve: () => void }[] = [];

  constructor(schedule: Schedule, folder: RunFolder) {
    this.#schedule = schedule;
    this.#folder = folder;
  }

  /** The host that runs the batch now. */
  get current(): HostClient {
    return this.#current;
  }

  async submit(): Promise<void> {
    this.#current = await this.#open();
    const spec = specOf(this.#schedule, this.#folder);
    this.batch = (await this.#current.ask<BatchSummary>({ do: 'submit', spec })).id;
  }

  summary(): Promise<BatchSummary> {
    return this.#current.ask({ do: 'get', batch: this.batch });
  }

  /** Resolves when the batch has ended, while this host lives. */
  whenEnded(): Promise<BatchSummary> {
    const ended = this.#current.ask<BatchSummary>({ do: 'ended', batch: this.batch });
    // Where the host is killed, the next one is asked.
    ended.catch(() => {});
    return ended;
  }

  /** Resolves once the ends of so many tasks have been told. */
  async whenTold(count: number): Promise<void> {
    if (this.told.size >= count) return;
    await new Promise<void>((resolve) => this.#waiters.push({ count, resolve }));
  }

  async resume(): Promise<void> {
    await unless('NOTHING_TO_RESUME', this.#current.ask({ do: 'resume', batch: this.batch }));
  }

  /** Runs all that did not succeed again. */
  async retry(): Promise<void> {
    for (const [index, { state }] of this.told) {
      if (state === 'succeeded') continue;
      this.told.delete(index);
      this.executions.delete(index);
    }
    await unless('NOTHING_TO_RETRY', this.#current.ask({ do: 'retry', batch: this.batch }));
    await this.whenEnded();
  }

  /** Closes the engine and waits for its program, and for all that it had started. */
  async close(): Promise<void> {
    await this.#current.close();
    const how = await this.#current.ended;
    if (how !== 'exit status 0') this.problems.push(`the host ended with ${how}: ${this.#current.stderr}`);
    const left = await whenGone(this.#folder.path, 1000);
    for (const command of left) this.problems.push(`after the host was closed there is process ${command}`);
    killAll(processesWith(this.#folder.path));
  }

  async kill(): Promise<void> {
    const killed = performance.now();
    this.#current.kill();
    await this.#current.ended;
    // Nobody is left who could end a worker that was stopped from outside, nor what one had started that died in
    // the same moment: the next host ends that.
    const left = await whenGone(this.#folder.path, orphanMs, (found) =>
      whichCanEnd(found).filter(({ isOrphan }) => !isOrphan),
    );
    this.slowestOrphanMs = Math.max(this.slowestOrphanMs, performance.now() - killed);
    for (const command of left) {
      this.problems.push(`${orphanMs / 1000} s after the host was killed there is process ${command}`);
    }
    const others = processesWith(this.#folder.path);
    this.#orphans = others.filter(({ isOrphan }) => isOrphan).map(({ pid }) => pid);
    killAll(others.filter(({ isOrphan }) => !isOrphan));
  }

  /** Opens another host on the same folder in place of one that has ended, and resumes. */
  async replace(): Promise<void> {
    this.ended += 1;
    this.#current = await this.#open();
    const left = await whenGone(this.#folder.path, orphanMs, (found) =>
      found.filter(({ pid }) => this.#orphans.includes(pid)),
    );
    for (const command of left) this.problems.push(`the next host leaves process ${command}`);
    const { state } = await this.summary();
    if (!hasEnded(state)) this.problems.push(`the batch of a host that has ended is ${state}`);
    if (state !== 'completed') await this.resume();
  }

  /** Another host on the same folder wants the batch while the first runs it. False where it had ended by then. */
  async rival(): Promise<boolean> {
    const rival = await this.#open();
    const refusal = await rival.ask({ do: 'resume', batch: this.batch }).then(
      () => 'no refusal',
      (error: HostError) => error.code,
    );
    await rival.close();
    await rival.ended;
    const { state } = await this.summary();
    if (hasEnded(state)) return false;
    if (refusal !== 'NOT_RUNNING') this.problems.push(`a rival that resumed the batch heard ${refusal}`);
    return true;
  }

  /** What the host says of a run that does not end. */
  async dump(): Promise<string> {
    const asked = [
      this.#current.ask({ do: 'get', batch: this.batch }),
      this.#current.ask({ do: 'running', batch: this.batch }),
      this.#current.ask({ do: 'pool' }),
    ].map((answer) => answer.then((result) => JSON.stringify(result), String));
    const patience = new Promise<string[]>((resolve) => {
      setTimeout(resolve, 5000, ['the host does not answer']);
    });
    return (await Promise.race([Promise.all(asked), patience])).join('\n');
  }

  async #open(): Promise<HostClient> {
    const { dataDir, path, tmp, cwd } = this.#folder;
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

  #hear(rows: ToldRow[]): void {
    for (const row of rows) {
      const before = this.told.get(row.index);
      if (before)
        this.problems.push(`task ${row.index} was told as ${before.state}, and then as ${row.state}`);
      this.told.set(row.index, row);
      this.executions.set(row.index, executionsOf(this.#folder, row.index));
    }
    const due = this.#waiters.filter(({ count }) => this.told.size >= count);
    this.#waiters = this.#waiters.filter((waiter) => !due.includes(waiter));
    for (const { resolve } of due) resolve();
  }
}

/** Waits for a command that may be refused with that code. */
export async function unless(code: string, asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof HostError) || error.code !== code) throw error;
  }
}
