import { showKeys } from '../keys/key-list.tsx';
import { IconButton } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { placeHash, usePlace } from '../state/place.ts';
import { t } from '../words/t.ts';
import { BatchList } from './batch-list.tsx';
import { HistoryFoot } from './history-foot.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { Workers } from './workers.tsx';
import './sidebar.css';

/** All batches, and the workers, always in view. */
export function Sidebar() {
  const isNew = usePlace(({ place }) => place?.screen === 'new');
  return (
    <aside className="sidebar">
      <a
        className="new-link"
        href={placeHash({ screen: 'new' })}
        aria-current={isNew ? 'page' : undefined}
        aria-keyshortcuts="n"
      >
        <Icon name="plus" />
        {t('sidebar.new')}
        <kbd>N</kbd>
      </a>
      <BatchList />
      <HistoryFoot />
      <Workers />
      <footer className="sidebar-foot">
        <ThemeSwitch />
        <LanguageSwitch />
        <IconButton icon="keyboard" label={t('keys.title')} onClick={showKeys} />
      </footer>
    </aside>
  );
}
