import { IconButton } from '../parts/button.tsx';
import { t } from '../words/t.ts';
import { toggleNotices, useNotices } from './browser-notices.ts';

/** Asks for notifications of the browser, or for none any more. The Electron app has its own and shows no button. */
export function NoticesSwitch() {
  const notices = useNotices((state) => state.notices);
  if (notices === 'none') return null;
  return (
    <IconButton
      icon="bell"
      label={t(notices === 'denied' ? 'notices.denied' : 'notices.ask')}
      aria-pressed={notices === 'on'}
      disabled={notices === 'denied'}
      onClick={() => void toggleNotices()}
    />
  );
}
