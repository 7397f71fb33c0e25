import { OpenTasks } from '../actions/touched-list.tsx';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useBatches } from '../state/batches.ts';
import { t } from '../words/t.ts';
import { cancelBatch, useCanceling } from './actions.ts';

const close = () => useCanceling.setState({ batch: null });

/** Asks before a batch is canceled, and says what that means. */
export function CancelDialog() {
  const id = useCanceling((state) => state.batch);
  const batch = useBatches(({ batches }) => (id === null ? undefined : batches.get(id)));
  if (!batch) return null;
  const left = batch.counts.pending + batch.counts.running;
  return (
    <Dialog title={t('cancel.title', { name: batch.name })} onClose={close}>
      <OpenTasks batch={batch.id} counts={batch.counts} />
      <p>{t('cancel.meaning')}</p>
      <div className="dialog-buttons">
        <Button onClick={close}>{t('cancel.keep')}</Button>
        <Button
          look="danger"
          data-first
          onClick={() => {
            cancelBatch(batch.id);
            close();
          }}
        >
          {t('cancel.do', { count: left })}
        </Button>
      </div>
    </Dialog>
  );
}
