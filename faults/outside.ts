import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseName } from '../src/engine/store/open.ts';
import { hasEnded } from '../src/shared/batch.ts';
import type { PoolView } from '../src/shared/views.ts';
import type { RunFolder } from './folder.ts';
import { type Hosts, unless } from './hosts.ts';
import type { Fault, FaultType } from './schedule.ts';

/** What comes over a batch from outside. */
export class Outside {
  /** The faults that came while the batch ran. */
  readonly applied: FaultType[] = [];
  readonly #hosts: Hosts;
  readonly #folder: RunFolder;
  readonly #underWay: Promise<unknown>[] = [];

  constructor(hosts: Hosts, folder: RunFolder) {
    this.#hosts = hosts;
    this.#folder = folder;
  }

  async apply(fault: Fault): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, fault.momentMs));
    if (await this.#perform(fault)) this.applied.push(fault.type);
  }

  /** Resolves when what was started for faults has ended. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#underWay);
  }

  /** False where it came too late. */
  async #perform(fault: Fault): Promise<boolean> {
    const hosts = this.#hosts;
    const { batch } = hosts;
    switch (fault.type) {
      case 'kill-worker':
        return this.#signalWorker(fault.nth, fault.signal);
      case 'stop-worker':
        return this.#signalWorker(fault.nth, 'SIGSTOP');
      case 'kill-host':
        await hosts.kill();
        await hosts.replace();
        return true;
      case 'close-host':
        await hosts.close();
        await hosts.replace();
        return true;
      case 'rival-host':
        return hosts.rival();
      case 'pause':
        return this.#pause();
      case 'cancel-task':
        await unless('NOT_RUNNING', hosts.current.ask({ do: 'cancel-task', batch, index: fault.index }));
        return true;
      case 'cancel-and-resume':
        await unless('NOT_RUNNING', hosts.current.ask({ do: 'cancel', batch }));
        await hosts.whenEnded();
        await hosts.resume();
        return true;
      case 'pool-size':
        await hosts.current.ask({ do: 'pool-size', size: fault.size });
        return true;
      case 'lock-database':
        await this.#lock(fault.ms);
        return true;
    }
  }

  /** Sends a signal to a worker that has something to do. */
  async #signalWorker(nth: number, signal: NodeJS.Signals): Promise<boolean> {
    const { workers } = await this.#hosts.current.ask<PoolView>({ do: 'pool' });
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

  /** Pauses, waits until nothing runs, and goes on. */
  async #pause(): Promise<boolean> {
    const hosts = this.#hosts;
    await unless('NOT_RUNNING', hosts.current.ask({ do: 'pause', batch: hosts.batch }));
    for (;;) {
      const { state, counts } = await hosts.summary();
      if (hasEnded(state)) return false;
      if (counts.running === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await hosts.resume();
    return true;
  }

  async #lock(ms: number): Promise<void> {
    const program = fileURLToPath(new URL('lock.ts', import.meta.url));
    const file = join(this.#folder.dataDir, databaseName);
    const child = spawn(process.execPath, [program, file, String(ms)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    this.#underWay.push(ended);
    await Promise.race([once(child.stdout, 'data'), ended]);
  }
}
