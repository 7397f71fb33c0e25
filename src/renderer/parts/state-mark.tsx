import { beatMs } from '../../shared/beat.ts';
import type { TaskState } from '../../shared/task.ts';
import { useNow } from '../state/now.ts';
import './state-mark.css';

/** What has a shape: the states of tasks, a task that waits for its next attempt, an interrupted batch. */
export type Mark = TaskState | 'retrying' | 'interrupted';

const shapes: Record<Mark, string> = {
  pending: 'M6 2.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z',
  running: 'M6 1.5a4.5 4.5 0 0 1 4.5 4.5',
  succeeded: 'M2 6.5l2.8 2.8L10.2 3.2',
  failed: 'M2.8 2.8l6.4 6.4M9.2 2.8L2.8 9.2',
  canceled: 'M2.5 6h7',
  skipped: 'M2.5 3l3 3-3 3M6.5 3l3 3-3 3',
  retrying: 'M10 6.6A4 4 0 1 1 8.6 3M8.8 0.9v2.4H6.4',
  interrupted: 'M7.2 1L2.8 7h3.4L4.8 11 9.2 5H5.8z',
};

/** The shape and colour of a state; the word stands beside it. `still`: where nothing runs, it is only a word's. */
export function StateMark({ state, still = false }: { state: Mark; still?: boolean }) {
  const turns = state === 'running' && !still;
  // By the clock that figures change on: an animation would have the whole window drawn sixty times a second.
  const now = useNow(turns);
  return (
    <svg
      className={`state-mark state-mark-${state}`}
      style={turns ? { rotate: `${(Math.floor(now / beatMs) % 8) * 45}deg` } : undefined}
      width="12"
      height="12"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth={state === 'interrupted' ? '1.25' : '1.75'}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {state === 'running' && <circle cx="6" cy="6" r="4.5" opacity="0.25" />}
      <path d={shapes[state]} />
    </svg>
  );
}
