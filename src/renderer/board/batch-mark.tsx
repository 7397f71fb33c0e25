import type { BatchSummary } from '../../shared/batch.ts';
import type { TaskState } from '../../shared/task.ts';
import { Icon } from '../parts/icon.tsx';
import { StateMark } from '../parts/state-mark.tsx';
import { t } from '../words/t.ts';
import './batch-mark.css';

/** The shape that stands for a batch's state. */
export function BatchMark({ batch }: { batch: BatchSummary }) {
  if (batch.state === 'paused') return <Icon name="pause" size={12} />;
  return <StateMark state={markOf(batch)} />;
}

/** A batch's state in a word, with its shape. */
export function BatchStateWord({ batch }: { batch: BatchSummary }) {
  return (
    <span className="batch-state">
      <BatchMark batch={batch} />
      {batch.error ? t('batch.stopped') : t(`batch.state.${batch.state}`)}
    </span>
  );
}

function markOf({ state, error, counts }: BatchSummary): TaskState {
  if (error) return 'failed';
  switch (state) {
    case 'queued':
      return 'pending';
    case 'running':
    case 'closing':
      return 'running';
    case 'completed':
      return counts.failed > 0 ? 'failed' : 'succeeded';
    default:
      return 'canceled';
  }
}
