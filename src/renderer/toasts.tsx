import { ExportProgress } from './exports/export-progress.tsx';
import { Button, IconButton } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { actOn, dismissToast, hold, letGo, useToasts } from './state/toasts.ts';
import { t } from './words/t.ts';
import './toasts.css';

/** Short messages in the corner. They stay while someone points at them or has the focus in them. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  return (
    <section className="toasts" aria-label={t('toast.region')}>
      <ExportProgress />
      {toasts.map((toast) => {
        const { id, kind, text, action } = toast;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: it only stays while someone is at it
          <div
            key={id}
            className={`toast toast-${kind}`}
            role={kind === 'error' ? 'alert' : 'status'}
            onPointerEnter={() => hold(id)}
            onPointerLeave={() => letGo(id)}
            onFocus={() => hold(id)}
            onBlur={() => letGo(id)}
          >
            <Icon name={kind === 'error' ? 'warning' : 'check'} />
            <p>{text}</p>
            {action && (
              <Button aria-keyshortcuts="Control+Z" onClick={() => actOn(toast)}>
                {action.label}
              </Button>
            )}
            <IconButton icon="close" label={t('toast.dismiss')} onClick={() => dismissToast(id)} />
          </div>
        );
      })}
    </section>
  );
}
