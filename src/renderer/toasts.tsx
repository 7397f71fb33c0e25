import { IconButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { dismissToast, useToasts } from './state/toasts.ts';
import { t } from './words/t.ts';
import './toasts.css';

/** Short messages in the corner. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label={t('toast.region')}>
      {toasts.map(({ id, kind, text }) => (
        <div key={id} className={`toast toast-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
          <Icon name={kind === 'error' ? 'warning' : 'check'} />
          <p>{text}</p>
          <IconButton icon="close" label={t('toast.dismiss')} onClick={() => dismissToast(id)} />
        </div>
      ))}
    </section>
  );
}
