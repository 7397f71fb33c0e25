import type { BatchSummary } from '../../shared/batch.ts';
import { FilterBar } from './filter-bar.tsx';
import { TaskGrid } from './task-grid.tsx';
import './tasks-tab.css';

/** The tasks of a batch: what to look for, and the table. */
export function TasksTab({ batch }: { batch: BatchSummary }) {
  return (
    <div className="tasks-tab">
      <FilterBar batch={batch} />
      <TaskGrid batch={batch} />
    </div>
  );
}
