import { lazy, Suspense } from 'react';
import { Announcer } from './announcer.tsx';
import { Board } from './board/board.tsx';
import { ConnectionBar } from './connection-bar.tsx';
import { DropVeil } from './drop-veil.tsx';
import { InterruptedBar } from './interrupted-bar.tsx';
import { KeyList } from './keys/key-list.tsx';
import { useKeys } from './keys/use-keys.ts';
import { NewBatch } from './new-batch/new-batch.tsx';
import { Palette } from './palette/palette.tsx';
import { Boundary } from './parts/boundary.tsx';
import { PresetDialogs } from './presets/preset-dialogs.tsx';
import { Sidebar } from './sidebar/sidebar.tsx';
import { useBatches } from './state/batches.ts';
import { usePlace } from './state/place.ts';
import { Toasts } from './toasts.tsx';
import { useTitle } from './use-title.ts';
import { WhenDoneDialog } from './when-done/when-done-dialog.tsx';
import './app.css';

/** Few come here: its code is loaded when one does. */
const CompareScreen = lazy(() => import('./compare/compare-screen.tsx'));

/** The window: the sidebar, and beside it "New batch" or the board of a batch. */
export function App() {
  const place = usePlace((state) => state.place);
  const loaded = useBatches((state) => state.loaded);
  useKeys();
  useTitle();
  return (
    <div className="app">
      <ConnectionBar />
      <InterruptedBar />
      <div className="app-body">
        <Sidebar />
        <main className="app-main" id="main">
          <Boundary key={place?.screen === 'batch' ? place.batch : 'new'}>
            {loaded && place?.screen === 'new' && <NewBatch />}
            {loaded && place?.screen === 'compare' && (
              <Suspense>
                <CompareScreen before={place.before} after={place.after} />
              </Suspense>
            )}
            {loaded && place?.screen === 'batch' && <Board id={place.batch} tab={place.tab} />}
          </Boundary>
        </main>
      </div>
      <DropVeil />
      <PresetDialogs />
      <KeyList />
      <Palette />
      <WhenDoneDialog />
      <Toasts />
      <Announcer />
    </div>
  );
}
