import { setTimeout as delay } from 'node:timers/promises';
import type { BatchId } from '../../shared/task.ts';
import type { TaskQuery } from '../../shared/views.ts';
import type { MadeList } from './select.ts';

/** Lists that take long in one step: made on one thread for another one, each once for all who ask meanwhile. */
export class LongLists {
  private readonly making = new Map<string, Promise<void>>();
  private readonly makeList: (id: BatchId, query: TaskQuery) => Promise<MadeList>;
  private readonly keepList: (id: BatchId, query: TaskQuery, list: MadeList) => Promise<void>;

  constructor(
    makeList: (id: BatchId, query: TaskQuery) => Promise<MadeList>,
    keepList: (id: BatchId, query: TaskQuery, list: MadeList) => Promise<void>,
  ) {
    this.makeList = makeList;
    this.keepList = keepList;
  }

  /** Resolves once the list is with the thread that answers, or after about so many milliseconds. */
  async make(id: BatchId, query: TaskQuery, budgetMs: number): Promise<void> {
    const name = JSON.stringify([id, query]);
    const patience = new AbortController();
    try {
      const made = this.making.get(name) ?? this.begin(name, id, query);
      await Promise.race([made, delay(budgetMs, undefined, { signal: patience.signal })]);
    } finally {
      patience.abort();
    }
  }

  private begin(name: string, id: BatchId, query: TaskQuery): Promise<void> {
    const made = this.makeList(id, query)
      .then((list) => this.keepList(id, query, list))
      .finally(() => this.making.delete(name));
    // Whoever asks next hears of it.
    made.catch(() => {});
    this.making.set(name, made);
    return made;
  }
}
