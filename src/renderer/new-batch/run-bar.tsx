import { Button } from '../parts/button.tsx';
import { useHost } from '../state/host.ts';
import { t } from '../words/t.ts';
import { useDraft } from './draft-state.ts';
import { Refusal } from './part.tsx';
import { readiness } from './readiness.ts';
import { useUploads } from './uploads.ts';
import './run-bar.css';

/** The big button, with the number of tasks in its words; or the reason why it cannot be pressed yet. */
export function RunBar() {
  const state = useDraft();
  const windows = useHost(({ info }) => info?.platform === 'win32');
  const uploading = useUploads(({ progress }) => progress !== null);
  const { count, exact, reason } = uploading
    ? { count: null, exact: true, reason: t('reason.uploading') }
    : readiness({ ...state, windows });
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
          {labelOf(state.submitting, count, exact)}
        </Button>
        {reason !== null && (
          <span className="quiet" id="run-reason">
            {reason}
          </span>
        )}
      </div>
    </footer>
  );
}

function labelOf(submitting: boolean, count: number | null, exact: boolean): string {
  if (submitting) return t('run.starting');
  if (count === null) return t('run.plain');
  return exact ? t('run.count', { count }) : t('run.more-than', { count });
}
