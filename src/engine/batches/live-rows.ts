import type { TaskDetail, TaskPage, TaskQuery, TaskRow } from '../../shared/views.ts';
import type { RunningFacts } from '../pool/job.ts';
import { readable } from '../store/readable.ts';
import type { BatchRun } from './batch-run.ts';

/** Puts what runs now over rows of the store, which knows only what has ended. */
export function withRunning(page: TaskPage, run: BatchRun, query: TaskQuery): TaskPage {
  const running = new Map(run.running().map((task) => [task.index, task]));
  if (running.size === 0) return page;
  if (query.filter === 'pending') {
    const rows = page.rows.filter((row) => !running.has(row.index));
    return { ...page, rows, total: Math.max(0, page.total - running.size) };
  }
  const rows = page.rows.map((row) => {
    const task = running.get(row.index);
    return task && row.state === 'pending' ? overlay(row, task, run) : row;
  });
  return { ...page, rows };
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
  const isRunning = run.running().some((task) => task.index === detail.index);
  if (!isRunning || detail.state !== 'pending') return detail;
  return { ...detail, state: 'running', progress: run.progressOf(detail.index) };
}

function overlay(row: TaskRow, task: RunningFacts, run: BatchRun): TaskRow {
  return {
    ...row,
    state: 'running',
    startedAt: task.since,
    worker: task.worker,
    attempts: Math.max(1, row.attempts),
    ms: null,
    result: null,
    progress: run.progressOf(row.index),
  };
}
