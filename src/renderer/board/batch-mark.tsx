import type { BatchSummary } from '../../shared/batch.ts';
import { Icon } from '../parts/icon.tsx';
import { type Mark, StateMark } from '../parts/state-mark.tsx';
import { isHalted, stateWord } from './state-word.ts';
import './batch-mark.css';

/** The shape that stands for a batch's state. */
export function BatchMark({ batch }: { batch: BatchSummary }) {
  if (batch.notice) {
    return (
      <span className="batch-mark-waiting">
        <Icon name="warning" size={12} />
      </span>
    );
  }
  if (batch.state === 'paused') return <Icon name="pause" size={12} />;
  return <StateMark state={markOf(batch)} />;
}

/** A batch's state in a word, with its shape. */
export function BatchStateWord({ batch }: { batch: BatchSummary }) {
  return (
    <span className={batch.state === 'interrupted' ? 'batch-state batch-state-interrupted' : 'batch-state'}>
      <BatchMark batch={batch} />
      {stateWord(batch)}
    </span>
  );
}

function markOf(batch: BatchSummary): Mark {
  const { state, error, counts } = batch;
  if (error) return 'failed';
  switch (state) {
    case 'queued':
      return 'pending';
    case 'running':
    case 'closing':
      return 'running';
    case 'completed':
      return counts.failed > 0 ? 'failed' : isHalted(batch) ? 'skipped' : 'succeeded';
    case 'interrupted':
      return 'interrupted';
    default:
      return 'canceled';
  }
}
