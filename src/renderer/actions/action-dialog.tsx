import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { t } from '../words/t.ts';
import { type Asking, reachOfTouched, stopAsking, useAsking } from './touch.ts';
import { TouchedList } from './touched-list.tsx';

/** Says what an action will touch and what that means, before it is done. */
export function ActionDialog() {
  const asking = useAsking((state) => state.asking);
  if (!asking) return null;
  const { what, touched } = asking;
  const reach = reachOfTouched(what, touched);
  const { succeeded } = touched.counts;
  return (
    <Dialog
      title={t(what === 'retry' ? 'actions.retry-title' : 'actions.cancel-title', { count: reach })}
      onClose={stopAsking}
    >
      <TouchedList touched={touched} total={reach} />
      <p>{t(what === 'retry' ? 'actions.retry-meaning' : 'actions.cancel-meaning')}</p>
      {what === 'retry' && succeeded > 0 && (
        <p className="touched-warning">{t('actions.retry-replaces', { count: succeeded })}</p>
      )}
      <div className="dialog-buttons">
        <Button onClick={stopAsking}>{t('actions.leave')}</Button>
        <Button
          look={what === 'cancel' || succeeded > 0 ? 'danger' : 'main'}
          data-first
          onClick={() => {
            stopAsking();
            asking.act();
          }}
        >
          {labelOf(asking, reach)}
        </Button>
      </div>
    </Dialog>
  );
}

function labelOf({ what, touched }: Asking, reach: number): string {
  if (what === 'cancel') return t('actions.cancel-do', { count: reach });
  const { succeeded } = touched.counts;
  return succeeded === reach
    ? t('actions.retry-replace', { count: reach })
    : t('actions.retry-do', { count: reach });
}
