import { useEffect, useRef, useState } from 'react';
import { hasEnded } from '../shared/batch.ts';
import { type Announced, announcementOf } from './announcement.ts';
import { useBatches } from './state/batches.ts';
import { usePlace } from './state/place.ts';

/** Tells those who do not see the board how its batch goes: seldom while it runs, and when it has ended. */
export function Announcer() {
  const place = usePlace((state) => state.place);
  const id = place?.screen === 'batch' ? place.batch : null;
  const batch = useBatches(({ batches }) => (id === null ? undefined : batches.get(id)));
  const said = useRef<Announced | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    if (!batch) return;
    const next = announcementOf(batch, said.current, Date.now());
    // A batch that had ended before it was opened has nothing to announce.
    const old = said.current?.batch !== batch.id && hasEnded(batch.state);
    said.current = next.announced;
    if (next.text && !old) setText(next.text);
  }, [batch]);
  return (
    <div className="hidden-text" role="status" aria-live="polite" data-testid="announcer">
      {text}
    </div>
  );
}
