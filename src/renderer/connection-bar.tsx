import { reconnectNow, useLink } from './connection.ts';
import { Button } from './parts/button.tsx';
import { Icon } from './parts/icon.tsx';
import { useNow } from './state/now.ts';
import { t } from './words/t.ts';
import './connection-bar.css';

/** Says that the host does not answer and that the window is trying; nothing else is taken away. */
export function ConnectionBar() {
  const link = useLink((state) => state.link);
  const now = useNow(link.state === 'lost');
  if (link.state !== 'lost') return null;
  const seconds = Math.max(0, Math.ceil((link.retryAt - now) / 1000));
  return (
    <div className="connection-bar">
      <Icon name="warning" />
      <span role="status">{t(link.refused ? 'connection.refused' : 'connection.lost')}</span>
      <span className="quiet" aria-hidden="true">
        {seconds > 0 ? t('connection.next-try', { count: seconds }) : t('connection.trying')}
      </span>
      <Button look="ghost" onClick={reconnectNow}>
        {t('connection.try-now')}
      </Button>
    </div>
  );
}
