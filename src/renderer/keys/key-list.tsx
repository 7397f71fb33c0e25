import { create } from 'zustand';
import { Dialog } from '../parts/dialog.tsx';
import { t } from '../words/t.ts';
import { keyHelp } from './key-help.ts';
import { keyName } from './key-name.ts';
import './key-list.css';

const useKeyList = create<{ shown: boolean }>(() => ({ shown: false }));

export const showKeys = (): void => useKeyList.setState({ shown: true });

/** The list of all keys, where it is open. */
export function KeyList() {
  const shown = useKeyList((state) => state.shown);
  if (!shown) return null;
  return (
    <Dialog wide title={t('keys.title')} onClose={() => useKeyList.setState({ shown: false })}>
      <div className="key-groups">
        {keyHelp.map(({ title, lines }) => (
          <section key={title} className="key-group" aria-label={t(title)}>
            <h3>{t(title)}</h3>
            <dl>
              {lines.map(({ keys, does }) => (
                <div key={does} className="key-line">
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{keyName(key)}</kbd>
                    ))}
                  </dt>
                  <dd>{t(does)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
