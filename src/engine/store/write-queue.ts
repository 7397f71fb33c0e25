import type { Database } from './database.ts';
import type { Place } from './place.ts';
import { isMoved, isOwnFault } from './store-error.ts';

/** A transaction takes no more writes after this long, so that nothing else waits longer. */
const fullAfterMs = 30;

export interface Write<Result> {
  /** Runs inside a transaction, and once more in another where that one failed. */
  run: () => Result;
  /** Told the result once it is on disk. */
  done: (result: Result) => void;
  failed: (error: unknown) => void;
}

/**
 * Runs writes in the order that they come, as many as wait at that moment in one transaction: while one is
 * written to the disk the next ones gather, so the busier the store is the less each write costs.
 */
export class WriteQueue {
  private readonly waiting: Write<unknown>[] = [];
  private readonly onEmpty: (() => void)[] = [];
  private readonly db: Database;
  private readonly place: Place | null;
  private scheduled = false;
  /** What waits first was written to a place that the database has left. */
  private isSecondTry = false;

  /** @param place watched over before each transaction. */
  constructor(db: Database, place: Place | null = null) {
    this.db = db;
    this.place = place;
  }

  add<Result>(write: Write<Result>): void {
    this.waiting.push(write as Write<unknown>);
    this.schedule();
  }

  /** Calls back when all that was added is done. */
  whenEmpty(callback: () => void): void {
    this.onEmpty.push(callback);
    this.schedule();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    // Not at once: the messages that have come already are handed over first, and reads get their turn.
    setImmediate(() => {
      this.scheduled = false;
      this.writeGroup();
      if (this.waiting.length > 0) this.schedule();
      else for (const callback of this.onEmpty.splice(0)) callback();
    });
  }

  private writeGroup(): void {
    if (this.waiting.length === 0) return;
    const group: Write<unknown>[] = [];
    try {
      this.place?.beforeWrite();
      const results = this.db.transaction(() => this.runSome(group));
      this.isSecondTry = false;
      for (const [position, write] of group.entries()) write.done(results[position]);
    } catch (error) {
      this.place?.failed(error);
      if (isMoved(error) && !this.isSecondTry) {
        // Nothing was written: all of it goes to the new place.
        this.isSecondTry = true;
        this.waiting.unshift(...group);
        return;
      }
      // No transaction could begin: those that wait have waited for it too.
      if (group.length === 0) group.push(...this.waiting.splice(0));
      if (group.length > 1 && isOwnFault(error)) for (const write of group) this.writeAlone(write);
      else for (const write of group) write.failed(error);
    }
  }

  private runSome(group: Write<unknown>[]): unknown[] {
    const results: unknown[] = [];
    const until = performance.now() + fullAfterMs;
    for (let write = this.waiting.shift(); write; write = this.waiting.shift()) {
      group.push(write);
      results.push(write.run());
      if (performance.now() > until) break;
    }
    return results;
  }

  private writeAlone(write: Write<unknown>): void {
    try {
      write.done(this.db.transaction(write.run));
    } catch (error) {
      this.place?.failed(error);
      write.failed(error);
    }
  }
}
