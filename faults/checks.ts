import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { databaseName, openStore } from '../src/engine/store/open.ts';
import type { ExportRow, Store, StoredBatch } from '../src/engine/store/store.ts';
import { noCounts } from '../src/shared/batch.ts';
import { type TaskState, taskStates } from '../src/shared/task.ts';
import { taskQuerySchema } from '../src/shared/views.ts';
import { expectedOf, isHalted, wrongValue } from './expected.ts';
import type { RunFolder } from './folder.ts';
import type { ToldRow } from './host-protocol.ts';
import type { Schedule } from './schedule.ts';

/** What a run leaves to be checked. */
export interface Played {
  schedule: Schedule;
  folder: RunFolder;
  batch: number;
  /** The last that was told of each task. */
  told: ReadonlyMap<number, ToldRow>;
  /** How often each task had been executed when its end was told. */
  executions: ReadonlyMap<number, number>;
  /** Hosts that were ended while the batch ran. */
  hostsEnded: number;
}

/** Everything that is wrong with what a run has left, a sentence each. */
export async function check(played: Played): Promise<string[]> {
  const { folder, batch, schedule } = played;
  const store = await openStore(folder.dataDir);
  const problems: string[] = [];
  try {
    const stored = await store.getBatch(batch);
    if (!stored) return [`batch ${batch} is not in the store`];
    const rows: ExportRow[] = [];
    for await (const slice of store.exportRows(batch, taskQuerySchema.parse({}))) rows.push(...slice);
    problems.push(...wrongBatch(schedule, stored, rows));
    for (const row of rows.slice(0, schedule.behaviours.length))
      problems.push(...wrongRow(played, row), ...(await wrongAttempts(played, store, row)));
  } finally {
    await store.close();
  }
  return [...problems, ...wrongDatabase(folder), ...wrongFiles(played)];
}

function wrongBatch(schedule: Schedule, batch: StoredBatch, rows: ExportRow[]): string[] {
  const problems: string[] = [];
  const total = schedule.behaviours.length;
  const { halt } = schedule.options;
  const counted = noCounts();
  for (const { state } of rows) counted[state] += 1;
  if (rows.some(({ index }, i) => index !== i) || rows.length !== total) {
    problems.push(`the store has ${rows.length} tasks in place of 0 to ${total - 1}`);
  }
  if (batch.total !== total) problems.push(`the batch's total is ${batch.total}, not ${total}`);
  if (!batch.enumerated) problems.push('the batch is not enumerated');
  for (const state of taskStates) {
    if (batch.counts[state] !== counted[state]) {
      problems.push(`the batch counts ${batch.counts[state]} ${state}, and its rows are ${counted[state]}`);
    }
  }
  const wasHalted = halt && isHalted(counted, total, halt);
  // Where all that is left was running when the batch was canceled, there is nothing to go on with.
  const canEndCanceled = wasHalted || schedule.faults.some(({ type }) => type === 'cancel-and-resume');
  const isRight = batch.state === 'completed' || (batch.state === 'canceled' && canEndCanceled);
  if (!isRight) problems.push(`the batch is ${batch.state} (${batch.error?.message ?? 'no error'})`);
  if (halt && !wasHalted && counted.skipped > 0) {
    problems.push(`${counted.skipped} tasks were skipped before the batch was to halt`);
  }
  problems.push(...tooManyCanceled(schedule, counted));
  return problems;
}

/** A cancel ends what runs, and a cancel of one task ends that one. */
function tooManyCanceled({ faults, options }: Schedule, counted: Record<TaskState, number>): string[] {
  const cancels = faults.filter(({ type }) => type === 'cancel-and-resume').length + (options.halt ? 1 : 0);
  const tasks = faults.filter(({ type }) => type === 'cancel-task').length;
  const most = cancels * 4 * (options.concurrency ?? 1) + tasks;
  return counted.canceled > most ? [`${counted.canceled} tasks are canceled, and ${most} can have run`] : [];
}

function wrongRow({ schedule, folder, told, executions }: Played, row: ExportRow): string[] {
  const { index, state, value } = row;
  const problems: string[] = [];
  const behaviour = schedule.behaviours[index]!;
  const { states } = expectedOf(schedule, index);
  if (!states.includes(state)) {
    const error = row.error ? ` (${row.error.code ?? row.error.name}: ${row.error.message})` : '';
    problems.push(`task ${index} (${behaviour}) is ${state}, not ${states.join(' or ')}${error}`);
  }
  if (state === 'succeeded') {
    const wrong = value === null ? `task ${index} has no value` : wrongValue(schedule, folder, index, value);
    if (wrong) problems.push(wrong);
  }
  const said = told.get(index);
  if (said && (said.state !== state || said.value !== value)) {
    problems.push(`task ${index} was told as ${said.state}, and is ${state} in the store`);
  }
  const before = executions.get(index);
  const now = executionsOf(folder, index);
  if (before !== undefined && now > before) {
    problems.push(
      `task ${index} (${behaviour}) was executed again after it was told as ${state}: ${before}, then ${now}`,
    );
  }
  return problems;
}

async function wrongAttempts(played: Played, store: Store, row: ExportRow): Promise<string[]> {
  const { index, state } = row;
  const { schedule, batch, hostsEnded } = played;
  const task = await store.task(batch, index);
  if (!task) return [`task ${index} has no detail`];
  const { attempts } = task;
  const shown = `task ${index} (${schedule.behaviours[index]}, ${state}): attempts ${attempts.map(({ attempt, outcome }) => `${attempt} ${outcome}`).join(', ') || 'none'}`;
  const problems: string[] = [];
  if (task.state !== state) problems.push(`${shown}, and its detail says ${task.state}`);
  if (attempts.some(({ attempt }, i) => attempt !== i + 1)) problems.push(`${shown}, not numbered from 1`);
  if (row.attempts !== attempts.length) problems.push(`${shown}, and its row says ${row.attempts}`);
  const last = attempts.at(-1);
  const { failures } = expectedOf(schedule, index);
  if (state === 'succeeded' && last?.outcome !== 'ok') problems.push(`${shown}, and it succeeded`);
  if (state === 'failed' && !(last && failures.includes(last.outcome))) {
    problems.push(`${shown}, not ended by ${failures.join(' or ')}`);
  }
  if (state === 'skipped' && last?.outcome === 'ok') problems.push(`${shown}, and it was skipped`);
  if (attempts.slice(0, -1).some(({ outcome }) => outcome === 'ok'))
    problems.push(`${shown}, tried again after ok`);
  const again = schedule.retries || schedule.faults.some(({ type }) => type === 'cancel-and-resume');
  // Whoever goes on with a batch tries as often as the batch says.
  const most = ((schedule.options.retries ?? 0) + 1) * (hostsEnded + 1);
  if (!again && attempts.length > most) problems.push(`${shown}, more than ${most}`);
  if (schedule.behaviours[index] === 'leak' && state === 'failed' && last?.outcome === 'crash') {
    const isTold = last.error?.code === 'OUT_OF_MEMORY';
    const mayBeOther = schedule.faults.some(({ type }) => type === 'kill-worker' || type === 'stop-worker');
    if (!isTold && !mayBeOther) problems.push(`${shown}, ended by ${last.error?.code} and not OUT_OF_MEMORY`);
  }
  return problems;
}

function wrongDatabase({ dataDir }: RunFolder): string[] {
  const database = new DatabaseSync(join(dataDir, databaseName), { timeout: 5000 });
  try {
    const problems: string[] = [];
    const integrity = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    const said = integrity.map((row) => row.integrity_check).join('; ');
    if (said !== 'ok') problems.push(`the database is not whole: ${said.slice(0, 300)}`);
    const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
    if (checkpoint.busy !== 0) problems.push('the database cannot be checkpointed: somebody holds it');
    return problems;
  } finally {
    database.close();
  }
}

/** Files that nobody asked for; a folder without any is no harm. */
function wrongFiles({ folder, schedule }: Played): string[] {
  const strangers = (path: string, isKnown: (name: string) => boolean) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !isKnown(relative(path, file)))
      .map((file) => `${file} was left behind`);
  const isOutput = (name: string) => {
    const index = Number(/^file-(\d+)\.gz$/.exec(name)?.[1] ?? Number.NaN);
    return schedule.behaviours[index] !== undefined && schedule.behaviours[index] !== 'throws';
  };
  return [
    ...strangers(folder.dataDir, (name) => name === databaseName),
    ...strangers(folder.tmp, () => false),
    ...strangers(folder.cwd, () => false),
    ...strangers(folder.task, (name) => ['task.js', 'task.py', 'task.sh'].includes(name)),
    ...strangers(folder.files, (name) => name === 'inputs.jsonl' || /^file-\d+$/.test(name)),
    ...strangers(folder.out, isOutput),
  ];
}

/** How often a task was executed; 0 for kinds that leave no trace of it. */
export function executionsOf({ tries }: RunFolder, index: number): number {
  return statSync(join(tries, String(index)), { throwIfNoEntry: false })?.size ?? 0;
}
