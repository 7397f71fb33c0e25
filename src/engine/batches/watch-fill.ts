import type { WatchSource } from '../../shared/inputs.ts';
import { checkWatched, FolderWatch, type WatchedFile } from '../inputs/watch.ts';
import type { StoredBatch, WatchedFiles } from '../store/store.ts';
import type { Filling, FillTarget, FillTools, FirstFilling } from './fill.ts';
import { StoreSource } from './store-source.ts';

/** Files remembered, or asked for, at once. */
const page = 5000;
/** Stands among the files that a batch remembers once those are that were there at its start. */
const startMark = { path: '', stamp: 'start' };

/**
 * The filling of a new batch with a watched folder. What is in the folder now is remembered before the batch is
 * made, so that a file that comes right after it is new. Throws `NO_SUCH_PATH`.
 */
export async function openWatch(source: WatchSource, tools: FillTools): Promise<FirstFilling> {
  await checkWatched(source);
  const watch = createWatch(source, tools);
  const present = source.existing ? [] : await presentIn(watch);
  watch.know(present);
  const tasks = createSource(tools);
  return {
    source: tasks,
    // What a command's template is checked against: a path.
    first: source.folder,
    async fill(to) {
      tasks.open(to.batch);
      await remember(tools, to.batch, present);
      await follow(watch, tasks, tools, to, 0);
      return true;
    },
    stop: () => watch.stop(),
    // Its end is heard of by the signal of `tools`.
    leave: () => false,
    async drop() {},
  };
}

/** The filling of a batch that goes on: files that it had taken, or passed over at its start, stay so. */
export function reopenWatch(batch: StoredBatch, source: WatchSource, tools: FillTools): Filling {
  const watch = createWatch(source, tools);
  const tasks = createSource(tools);
  return {
    source: tasks,
    async fill(to) {
      tasks.open(batch.id);
      tasks.added(batch.total);
      if (!batch.enumerated) {
        const isMarked = await recall(tools, batch, watch);
        if (!isMarked) {
          const present = source.existing ? [] : await presentIn(watch);
          watch.know(present);
          await remember(tools, batch.id, present);
        }
        await follow(watch, tasks, tools, to, batch.total);
      } else tasks.complete();
      return true;
    },
    stop: () => watch.stop(),
    leave: () => false,
  };
}

function createWatch(source: WatchSource, { enumerating, onAway }: FillTools): FolderWatch {
  const { warn, signal = new AbortController().signal } = enumerating;
  return new FolderWatch(source, {
    warn,
    signal,
    onAway: (isAway) => onAway(isAway ? source.folder : null),
  });
}

const createSource = ({ store, patience, onError }: FillTools) => new StoreSource(store, patience, onError);

async function presentIn(watch: FolderWatch): Promise<WatchedFile[]> {
  const present: WatchedFile[] = [];
  for await (const files of watch.present()) for (const file of files) present.push(file);
  return present;
}

async function remember({ store, patience }: FillTools, batch: number, files: WatchedFile[]): Promise<void> {
  for (let from = 0; from < files.length; from += page) {
    const some = columnsOf(files.slice(from, from + page));
    await patience.until(() => store.addWatched(batch, null, some));
  }
  await patience.until(() => store.addWatched(batch, null, columnsOf([startMark])));
}

/** Knows again what the batch remembers; false where it was ended before it remembered its start. */
async function recall(
  { store, patience }: FillTools,
  { id }: StoredBatch,
  watch: FolderWatch,
): Promise<boolean> {
  let after: string | null = null;
  let isMarked = false;
  for (;;) {
    const from: string | null = after;
    const { paths, stamps }: WatchedFiles = await patience.until(() => store.readWatched(id, from, page));
    watch.know(paths.map((path, at) => ({ path, stamp: stamps[at]! })));
    isMarked ||= paths[0] === startMark.path;
    if (paths.length < page) return isMarked;
    after = paths.at(-1)!;
  }
}

async function follow(
  watch: FolderWatch,
  tasks: StoreSource,
  { store, patience, enumerating }: FillTools,
  { batch, grew }: FillTarget,
  from: number,
): Promise<void> {
  let total = from;
  for await (const files of watch.files()) {
    const first = total;
    await patience.until(() => store.addWatched(batch, first, columnsOf(files)));
    total += files.length;
    grew(total);
    tasks.added(total);
  }
  sayWhatIsLeft(watch.unsettled, enumerating.warn);
  tasks.complete();
}

/** Files that came too late to be taken. */
function sayWhatIsLeft(unsettled: string[], warn: (sentence: string) => void): void {
  for (const path of unsettled.slice(0, 20)) {
    warn(`Not taken: ${path} was still being written when the watching ended.`);
  }
  if (unsettled.length > 20) warn(`Not taken either: ${unsettled.length - 20} more that were being written.`);
}

const columnsOf = (files: WatchedFile[]) => ({
  paths: files.map(({ path }) => path),
  stamps: files.map(({ stamp }) => stamp),
});
