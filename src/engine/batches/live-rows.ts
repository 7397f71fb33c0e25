import type { TaskDetail, TaskPage, TaskQuery, TaskRow } from '../../shared/views.ts';
import type { RunningFacts } from '../pool/job.ts';
import { readable } from '../store/readable.ts';
import type { BatchRun } from './batch-run.ts';

/** Puts what runs now over rows of the store, which knows only what has ended. */
export function withRunning(page: TaskPage, run: BatchRun, query: TaskQuery): TaskPage {
  const running = new Map(run.running().map((task) => [task.index, task]));
  if (query.filter === 'pending') {
    const rows = page.rows.filter((row) => !running.has(row.index)).map((row) => now(row));
    return { ...page, rows, total: Math.max(0, page.total - running.size) };
  }
  return { ...page, rows: page.rows.map((row) => now(row)) };

  function now(row: TaskRow): TaskRow {
    if (row.state !== 'pending') return row;
    const task = running.get(row.index);
    return task ? overlay(row, task, run) : { ...row, retry: run.nextAttempt(row.index) };
  }
}

/** The page of the tasks that run now: few, and known without the store. */
export function runningPage(run: BatchRun, from: number, count: number): TaskPage {
  const running = run.running().sort((a, b) => a.index - b.index);
  const rows = running.slice(from, from + count).map((task) =>
    overlay(
      {
        index: task.index,
        input: readable(String(task.input)),
        state: 'running',
        startedAt: null,
        ms: null,
        worker: null,
        attempts: 1,
        outcome: null,
        how: null,
        retry: null,
        result: null,
        progress: null,
      },
      task,
      run,
    ),
  );
  return { batch: run.id, from, rows, total: running.length };
}

/** The same for one task. */
export function withRunningDetail(detail: TaskDetail, run: BatchRun): TaskDetail {
  const running = run.running().find((task) => task.index === detail.index);
  if (detail.state !== 'pending') return detail;
  if (!running) return { ...detail, retry: run.nextAttempt(detail.index) };
  const { printedAt } = running;
  return { ...detail, state: 'running', progress: run.progressOf(detail.index), printedAt };
}

function overlay(row: TaskRow, task: RunningFacts, run: BatchRun): TaskRow {
  return {
    ...row,
    state: 'running',
    startedAt: task.since,
    worker: task.worker,
    attempts: task.attempt,
    outcome: null,
    how: null,
    ms: null,
    result: null,
    progress: run.progressOf(row.index),
    printedAt: task.printedAt,
  };
}
