import type { WorkerReport } from '../pool/worker-set.ts';

export type SeenWorker = Pick<WorkerReport, 'number' | 'pid' | 'cpu' | 'memoryBytes'>;

/** Sees from the numbers of processes when a worker has another one. */
export class ProcessWatch {
  readonly #pids = new Map<number, number>();

  /** Workers whose process is another than at the last look, or, where `isNew`, that were not seen before. */
  look(workers: SeenWorker[]): { worker: number; isNew: boolean }[] {
    return workers.flatMap(({ number, pid }) => {
      const before = this.#pids.get(number);
      if (pid === null || pid === before) return [];
      this.#pids.set(number, pid);
      return [{ worker: number, isNew: before === undefined }];
    });
  }
}
