import type { ResultColumns } from '../../shared/contract/results.ts';
import { CallError } from '../../shared/rpc.ts';
import type { BatchId } from '../../shared/task.ts';
import { client, onConnected } from '../connection.ts';
import { useBatches } from '../state/batches.ts';
import { usePlace } from '../state/place.ts';
import { report } from '../state/toasts.ts';
import { rangeToWatch } from '../table/rows.ts';
import { visibleRows } from '../table/scroller.ts';
import { rowHeight } from '../table/table-state.ts';
import { geometryOf, shownColumns, takeResults, useResults } from './results-state.ts';

/** Least milliseconds between two questions while one scrolls, and while a batch runs. */
const intervalMs = 60;
const freshMs = 1500;

/** The question that was answered last, and for how many results. */
let answered = '';
let inFlight = false;
let lastAskedAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Results that the columns were asked for. */
let columnsOf = '';
let connected = false;

/** Asks the host for what the results tab shows, whenever that changes, and again as results come in. */
export function startAsking(): () => void {
  const stops = [
    useResults.subscribe(schedule),
    useBatches.subscribe(schedule),
    usePlace.subscribe(schedule),
  ];
  if (!connected) {
    connected = true;
    onConnected(askAgain);
  }
  schedule();
  return () => {
    for (const stop of stops) stop();
    clearTimeout(timer);
    timer = undefined;
    answered = '';
    columnsOf = '';
  };
}

function askAgain(): void {
  answered = '';
  columnsOf = '';
  schedule();
}

function wanted() {
  const state = useResults.getState();
  const { place } = usePlace.getState();
  const shown = place?.screen === 'batch' && place.tab === 'results' && place.batch === state.batch;
  if (!shown || state.batch === null || state.viewport <= 0) return null;
  const seen = state.asking
    ? { first: 0, count: Math.ceil(state.viewport / rowHeight) + 1 }
    : visibleRows(state.top, geometryOf(state));
  const columns = shownColumns(state).map(({ id }) => id);
  const batch = useBatches.getState().batches.get(state.batch);
  const version = batch ? `${batch.id} ${batch.counts.succeeded} ${batch.endedAt}` : '';
  const question = { batch: state.batch, query: state.query, columns, ...rangeToWatch(seen) };
  return { question, text: JSON.stringify(question), version };
}

function schedule(): void {
  if (timer || inFlight) return;
  const next = wanted();
  if (!next) return;
  const isNew = !answered.startsWith(`${next.text}\n`) || columnsOf === '';
  if (!isNew && answered === `${next.text}\n${next.version}` && columnsOf === next.version) return;
  const wait = lastAskedAt + (isNew ? intervalMs : freshMs) - performance.now();
  timer = setTimeout(ask, Math.max(0, wait));
}

async function ask(): Promise<void> {
  timer = undefined;
  const next = wanted();
  if (!next) return;
  inFlight = true;
  lastAskedAt = performance.now();
  try {
    // Nothing is known of the columns yet, or more results are there to find some in.
    if (columnsOf !== next.version) {
      const { batch } = next.question;
      const known = useResults.getState().columns?.columns.length ?? 0;
      const columns = await client.results.columns({ batch, quick: true });
      columnsOf = next.version;
      // A part of the results may lack columns that are known.
      if (columns.complete || columns.columns.length > known) takeColumns(columns);
      // While a batch runs, what it needs is not taken from it.
      if (!columns.complete && useBatches.getState().batches.get(batch)?.endedAt) void askAllColumns(batch);
    }
    const now = wanted();
    if (now && now.question.columns.length > 0) {
      const page = await client.results.page(now.question);
      answered = `${now.text}\n${now.version}`;
      // Another question was asked meanwhile: its answer is on the way, and this one is of no use.
      const query = JSON.stringify(useResults.getState().query);
      if (query === JSON.stringify(now.question.query)) takeResults(page, now.question.columns);
    }
  } catch (error) {
    // Asked again with the next change; once more at once would say the same.
    answered = `${next.text}\n${next.version}`;
    columnsOf ||= next.version;
    useResults.setState({ asking: false });
    if (!(error instanceof CallError && error.info.code === 'CONNECTION_LOST')) report(error);
  }
  inFlight = false;
  schedule();
}

/** Batches of whose columns all results are read now: where one is left for another, both are. */
const askingAll = new Set<BatchId>();

/** Asks for the columns of all results, which can take a while, and lets the rows be shown meanwhile. */
async function askAllColumns(batch: BatchId): Promise<void> {
  if (askingAll.has(batch)) return;
  askingAll.add(batch);
  try {
    takeColumns(await client.results.columns({ batch }));
  } catch {
    // Those of a part are shown, and the next change asks again.
  }
  askingAll.delete(batch);
}

function takeColumns(columns: ResultColumns): void {
  if (columns.batch === useResults.getState().batch) useResults.setState({ columns });
}
