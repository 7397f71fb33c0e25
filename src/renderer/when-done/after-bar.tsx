import { hasEnded } from '../../shared/batch.ts';
import { NoticesSwitch } from '../around/notices-switch.tsx';
import { useBatches } from '../state/batches.ts';
import { WhenDoneChoice } from './when-done-choice.tsx';
import './when-done.css';

/** What follows the batches, offered while any runs: whether one is told of their ends, and what is done after the last. */
export function AfterBar() {
  const isRunning = useBatches(({ batches }) => [...batches.values()].some(({ state }) => !hasEnded(state)));
  if (!isRunning) return null;
  return (
    <div className="after-bar">
      <NoticesSwitch />
      <WhenDoneChoice />
    </div>
  );
}
