import type { TaskAt } from '../../shared/contract/stats.ts';
import { type Mark, StateMark } from '../parts/state-mark.tsx';
import { count, moment } from '../words/numbers.ts';
import { t } from '../words/t.ts';
import { taskTime } from './task-time.ts';
import { momentText } from './ticks.ts';
import type { Found } from './timeline-state.ts';

/** What is known of the attempt that is pointed at. */
export function TimelineTip({
  found: { task, by },
  x,
  y,
  above,
  width,
  step,
}: {
  found: Found;
  x: number;
  y: number;
  above: boolean;
  width: number;
  /** Between two ticks of the axis, milliseconds: moments are as exact. */
  step: number;
}) {
  const mark = markOf(task);
  const side = x > width / 2 ? { right: width - x } : { left: x };
  return (
    <div
      className={above ? 'timeline-tip timeline-tip-above' : 'timeline-tip'}
      style={{ ...side, top: y }}
      role={by === 'key' ? 'status' : undefined}
    >
      <div className="timeline-tip-head">
        <b>{t('panel.title', { index: count(task.index) })}</b>
        <span className={`timeline-tip-state timeline-tip-${mark}`}>
          <StateMark state={mark} />
          {outcomeWord(task)}
        </span>
      </div>
      {task.input && <div className="mono timeline-tip-input">{task.input}</div>}
      <div className="quiet" title={moment(task.startedAt)}>
        {t('timeline.tip', {
          time: taskTime(task.ms),
          at: momentText(task.from, Math.min(100, step)),
          worker: task.worker,
        })}
        {task.attempt > 1 && ` · ${t('timeline.attempt', { attempt: task.attempt })}`}
      </div>
    </div>
  );
}

function markOf({ outcome, state }: TaskAt): Mark {
  if (outcome === null) return 'running';
  if (outcome === 'ok') return 'succeeded';
  if (outcome === 'canceled') return 'canceled';
  return state === 'pending' ? 'retrying' : 'failed';
}

function outcomeWord(task: TaskAt): string {
  if (task.outcome === null) return t('task.state.running');
  if (task.outcome === 'ok') return t('task.state.succeeded');
  return t(`outcome.${task.outcome}`);
}
