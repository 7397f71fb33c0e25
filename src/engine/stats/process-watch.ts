import type { LaneMark } from '../../shared/contract/stats.ts';
import type { WorkerReport } from '../pool/worker-set.ts';

export type SeenWorker = Pick<WorkerReport, 'number' | 'pid' | 'cpu' | 'memoryBytes'>;

/** Sees from the numbers of processes when a worker was started, or replaced. */
export class ProcessWatch {
  readonly #pids = new Map<number, number>();

  /** What has happened since the last look. */
  look(workers: SeenWorker[]): { worker: number; mark: Extract<LaneMark, 'starts' | 'recycles'> }[] {
    return workers.flatMap(({ number, pid }) => {
      const before = this.#pids.get(number);
      if (pid === null || pid === before) return [];
      this.#pids.set(number, pid);
      return [{ worker: number, mark: before === undefined ? 'starts' : 'recycles' }];
    });
  }
}
