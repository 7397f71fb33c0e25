import type { Watch } from '../../shared/contract.ts';
import { CallError } from '../../shared/rpc.ts';
import type { TaskPage } from '../../shared/views.ts';
import { client, onConnected } from '../connection.ts';
import { type Tab, usePlace } from '../state/place.ts';
import { report } from '../state/toasts.ts';
import { takeDetail, takeRows, useTable, watchOf, watchOfPanel } from './table-state.ts';

/** Least milliseconds between two watches, so that scrolling quickly through a million rows asks for few. */
const intervalMs = 60;

/** Tabs other than the table that a task's side panel opens beside. */
const panelTabs: readonly Tab[] = ['timeline'];

let sent = 'null';
/** The query of the watch that was sent last. */
let sentQuery = '';
let lastSentAt = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** Number of the last watch, and whether the host has answered it. */
let asked = 0;
let answered = true;
/** The latest rows that came while a new query had no answer yet: they may still be those of the query before. */
let early: TaskPage | null = null;

/** Tells the host what the table shows, whenever that changes, and takes what the host tells of it. */
export function startWatching(): void {
  client.tasks.on.rows((page) => {
    // Beside the panel of a task alone, no rows are shown.
    if (!showsTable()) return;
    const { asking, query } = useTable.getState();
    // A new query that waits to be sent has no answer: these rows are still those of the one before.
    if (asking && sentQuery !== JSON.stringify(query)) return;
    if (asking && !answered) early = page;
    else takeRows(page);
  });
  client.tasks.on.detail(takeDetail);
  useTable.subscribe(schedule);
  usePlace.subscribe(schedule);
  onConnected(() => {
    sent = 'null';
    schedule();
  });
}

function wanted(): Watch | null {
  const { place } = usePlace.getState();
  const table = useTable.getState();
  if (place?.screen !== 'batch' || place.batch !== table.batch) return null;
  return place.tab === 'tasks' ? watchOf(table) : panelTabs.includes(place.tab) ? watchOfPanel(table) : null;
}

function showsTable(): boolean {
  const { place } = usePlace.getState();
  return place?.screen === 'batch' && place.tab === 'tasks';
}

function schedule(): void {
  if (timer || JSON.stringify(wanted()) === sent) return;
  timer = setTimeout(send, Math.max(0, lastSentAt + intervalMs - performance.now()));
}

async function send(): Promise<void> {
  timer = undefined;
  const watch = wanted();
  const text = JSON.stringify(watch);
  if (text === sent) return;
  sent = text;
  sentQuery = JSON.stringify(watch?.query);
  lastSentAt = performance.now();
  const number = ++asked;
  answered = false;
  early = null;
  try {
    await client.tasks.watch(watch);
  } catch (error) {
    const lost = error instanceof CallError && error.info.code === 'CONNECTION_LOST';
    if (number === asked && !lost) report(error);
  }
  if (number !== asked) return;
  // The host answers through `rows` before it resolves, so what came last is the answer.
  answered = true;
  if (early) takeRows(early);
  early = null;
}
