import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { useNow } from '../state/now.ts';
import { t } from '../words/t.ts';
import { actNow, stopWhenDone, useWhenDone } from './state.ts';

/** Says that all batches have ended and what follows; whoever is there can stop it. */
export function WhenDoneDialog() {
  const countdown = useWhenDone((state) => state.view.countdown);
  if (!countdown) return null;
  const { action } = countdown;
  const does = t(`when-done.does.${action}`);
  return (
    <Dialog title={t('when-done.title')} onClose={stopWhenDone}>
      <p>
        {does} <Countdown />
      </p>
      {/* Said once: a countdown that is read out each second keeps one from hearing anything else. */}
      <p className="hidden-text" role="alert">
        {t('when-done.alert', { does })}
      </p>
      <div className="dialog-buttons">
        <Button onClick={actNow}>{t(`when-done.now.${action}`)}</Button>
        <Button look="main" data-first onClick={stopWhenDone}>
          {t('when-done.stop')}
        </Button>
      </div>
    </Dialog>
  );
}

function Countdown() {
  const actAt = useWhenDone((state) => state.actAt);
  const now = useNow();
  const seconds = Math.max(0, Math.ceil(((actAt ?? now) - now) / 1000));
  return (
    <b className="when-done-left" aria-hidden="true">
      {t('when-done.in', { count: seconds })}
    </b>
  );
}
