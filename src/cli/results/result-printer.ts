import type { ExportRow } from '../../engine/store/store.ts';
import type { TaskIndex } from '../../shared/task.ts';
import { IndexSet } from './index-set.ts';
import type { LineWriter } from './line-writer.ts';

export interface ResultPrinterOptions {
  writer: LineWriter;
  /** A row as one line, without its end. */
  line: (row: ExportRow) => string;
  /** Print in the order of the inputs, each row as soon as all before it are printed. */
  ordered: boolean;
  /** The rows of the batch from the store, from an index on, in index order, as they are now. */
  readRows: (from: TaskIndex) => AsyncIterable<ExportRow[]>;
  /** Called once, where the reader of the results is gone or the disk is full. Nothing is printed after it. */
  onBroken: (error: Error) => void;
  limits?: HeldLimits;
}

/** How much may wait in memory for its turn or for a slow reader. */
export interface HeldLimits {
  rows: number;
  characters: number;
}

/** Prints the results of one batch. */
export interface ResultPrinter {
  /** Takes rows as they are committed. Never waits. */
  add(rows: readonly ExportRow[]): void;
  /** Where ordered: the batch has results from before, which are printed too, each in its turn. */
  addFormer(): void;
  /** To be called when the batch has ended: resolves when all rows are printed, or printing broke. */
  finish(): Promise<void>;
}

const defaultLimits: HeldLimits = { rows: 30_000, characters: 10_000_000 };
/** Share of the time that may go into reading rows back, so that a batch that goes on is not slowed by it. */
const shareOfReading = 0.2;

/**
 * Rows wait in memory up to a limit. Beyond it they are forgotten, for the store has them, and are read back
 * in one pass once all that waited is printed: memory is bounded however slow the reader is, and however far
 * a slow first task holds back the others of an ordered batch.
 */
export function createResultPrinter(options: ResultPrinterOptions): ResultPrinter {
  const { writer, line, ordered, readRows, onBroken, limits = defaultLimits } = options;
  /** Rows that come while none waits: most of all, and not worth an entry in a map each. */
  let fresh: readonly ExportRow[] = [];
  const held = new Map<TaskIndex, ExportRow>();
  let heldCharacters = 0;
  const forgotten = new IndexSet();
  /** The next index to print, where ordered. */
  let next = 0;
  let former = false;
  let ended = false;
  let broken = false;
  let working: Promise<void> | undefined;
  let notBefore = 0;
  let timer: NodeJS.Timeout | undefined;

  const take = (row: ExportRow): void => {
    // It was read back, as a result from before, after it was stored and before it came.
    if (ordered && row.index < next) return;
    const full = held.size >= limits.rows || heldCharacters >= limits.characters;
    if (full && !(ordered && row.index === next)) {
      forgotten.add(row.index);
      return;
    }
    held.set(row.index, row);
    heldCharacters += sizeOf(row);
  };
  const release = (row: ExportRow): void => {
    held.delete(row.index);
    heldCharacters -= sizeOf(row);
  };

  /** The held rows whose turn it is. */
  const due = (): readonly ExportRow[] => {
    if (fresh.length > 0) {
      const rows = fresh;
      fresh = [];
      return rows;
    }
    const rows: ExportRow[] = [];
    if (!ordered) rows.push(...held.values());
    else {
      for (let row = held.get(next); row; row = held.get(next)) {
        rows.push(row);
        next += 1;
      }
    }
    for (const row of rows) release(row);
    return rows;
  };

  const print = (rows: readonly ExportRow[]): Promise<void> =>
    rows.length === 0 ? Promise.resolve() : writer.write(`${rows.map(line).join('\n')}\n`);

  /** Prints rows that were forgotten; where ordered, up to the first that has not ended. */
  const readBack = async (): Promise<void> => {
    for await (const slice of readRows(ordered ? next : forgotten.first())) {
      if (broken) return;
      const rows: ExportRow[] = [];
      let gap = false;
      for (const row of slice) {
        if (ordered) {
          if (row.index < next) continue;
          gap = row.index > next || !(forgotten.has(next) || held.has(next));
          if (gap) break;
          next += 1;
        } else if (!forgotten.has(row.index)) continue;
        forgotten.delete(row.index);
        if (held.has(row.index)) release(row);
        rows.push(row);
      }
      await print(rows);
      if (gap || forgotten.size === 0) return;
    }
  };

  /** Results from before: those without a gap before them are printed, the others are left in the store. */
  const readFormer = async (): Promise<void> => {
    former = false;
    for await (const slice of readRows(0)) {
      if (broken) return;
      const rows: ExportRow[] = [];
      for (const row of slice) {
        if (row.index < next || row.state === 'pending' || row.state === 'running') continue;
        if (row.index === next) {
          if (held.has(next)) release(held.get(next)!);
          forgotten.delete(next);
          rows.push(row);
          next += 1;
        } else if (!held.has(row.index)) forgotten.add(row.index);
      }
      await print(rows);
    }
  };

  /** What is left at the end. Where ordered, tasks without a result (canceled before they started) leave gaps. */
  const printRest = async (): Promise<void> => {
    if (forgotten.size === 0) {
      const rows = [...held.values()].sort((a, b) => a.index - b.index);
      held.clear();
      return print(rows);
    }
    for await (const slice of readRows(ordered ? next : forgotten.first())) {
      if (broken || forgotten.size === 0) break;
      await print(slice.filter(({ index }) => forgotten.delete(index) || held.delete(index)));
    }
    await print([...held.values()].sort((a, b) => a.index - b.index));
  };

  const isDue = () => (ordered ? held.has(next) : held.size > 0);
  const wantsReading = () => (ordered ? forgotten.has(next) : forgotten.size > 0);

  const work = async (): Promise<void> => {
    while (!broken) {
      if (former) await readFormer();
      const rows = due();
      if (rows.length > 0) await print(rows);
      else if (!ended && wantsReading() && performance.now() >= notBefore) {
        const startedAt = performance.now();
        await readBack();
        notBefore = performance.now() + (performance.now() - startedAt) / shareOfReading;
      } else break;
    }
    if (ended && !broken) await printRest();
  };

  const start = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    working ??= work()
      .catch((error: Error) => {
        broken = true;
        held.clear();
        onBroken(error);
      })
      .finally(() => {
        working = undefined;
        if (broken || ended) return;
        // Rows may have come since the work found nothing to do.
        if (former || isDue()) void start();
        else if (wantsReading()) timer = setTimeout(start, notBefore - performance.now()).unref();
      });
    return working;
  };

  return {
    add(rows) {
      if (broken) return;
      if (!ordered && !working && held.size === 0) fresh = rows;
      else for (const row of rows) take(row);
      void start();
    },
    addFormer() {
      if (!ordered) return;
      former = true;
      void start();
    },
    async finish() {
      ended = true;
      while (working) await working;
      if (!broken) await start();
    },
  };
}

const sizeOf = (row: ExportRow): number => row.input.length + (row.value?.length ?? 0) + 200;
