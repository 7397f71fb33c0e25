import { create } from 'zustand';
import { client } from '../connection.ts';
import { useHost } from '../state/host.ts';
import { report } from '../state/toasts.ts';

/** The size of the pool that is asked for, until the host has answered; null while none is. */
export const useWantedSize = create<{ wanted: number | null }>(() => ({ wanted: null }));

/** Milliseconds in which several steps in a row are one change. */
const restMs = 200;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Asks for a size of the pool. */
export function wantSize(size: number): void {
  useWantedSize.setState({ wanted: size });
  clearTimeout(timer);
  timer = setTimeout(() => {
    client.pool
      .setSize({ size })
      .then((pool) => useHost.setState({ pool }), report)
      // Another size that was asked for since waits for its own answer.
      .finally(() => useWantedSize.setState(({ wanted }) => (wanted === size ? { wanted: null } : {})));
  }, restMs);
}
