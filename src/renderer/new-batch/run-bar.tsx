import { hasEnded } from '../../shared/batch.ts';
import { Button } from '../parts/button.tsx';
import { Segments } from '../parts/segments.tsx';
import { useBatches } from '../state/batches.ts';
import { useHost } from '../state/host.ts';
import { t } from '../words/t.ts';
import { edit, useDraft } from './draft-state.ts';
import { Refusal } from './part.tsx';
import { readiness } from './readiness.ts';
import { useUploads } from './uploads.ts';
import './run-bar.css';

/** The big button, with the number of tasks in its words; or the reason why it cannot be pressed yet. */
export function RunBar() {
  const state = useDraft();
  const windows = useHost(({ info }) => info?.platform === 'win32');
  const uploading = useUploads(({ progress }) => progress !== null);
  // Where nothing else runs there is nothing to wait for.
  const othersRun = useBatches(({ batches }) => [...batches.values()].some(({ state }) => !hasEnded(state)));
  const waits = state.draft.queued && othersRun;
  const { count, exact, reason } = readiness({ ...state, windows, uploading });
  return (
    <footer className="run-bar">
      <Refusal part="whole" />
      <div className="run-bar-line">
        <Button
          look="main"
          className="run-button"
          type="submit"
          disabled={reason !== null || state.submitting}
          aria-describedby={reason === null ? undefined : 'run-reason'}
        >
          {labelOf(state.submitting, state.draft.inputs === 'watch' ? 'watch' : count, exact, waits)}
        </Button>
        {othersRun && (
          <Segments<'now' | 'after'>
            small
            label={t('queue.start')}
            value={state.draft.queued ? 'after' : 'now'}
            onChange={(start) => edit({ queued: start === 'after' })}
            choices={[
              { value: 'now', label: t('queue.start-now') },
              { value: 'after', label: t('queue.after') },
            ]}
          />
        )}
        {reason !== null && (
          <span className="quiet" id="run-reason">
            {reason}
          </span>
        )}
      </div>
    </footer>
  );
}

function labelOf(
  submitting: boolean,
  count: number | 'watch' | null,
  exact: boolean,
  waits: boolean,
): string {
  if (submitting) return t('run.starting');
  if (count === 'watch') return t('run.watch');
  if (waits) {
    if (count === null) return t('queue.submit-plain');
    return t(exact ? 'queue.submit' : 'queue.submit-more', { count });
  }
  if (count === null) return t('run.plain');
  return exact ? t('run.count', { count }) : t('run.more-than', { count });
}
