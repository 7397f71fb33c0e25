import { create } from 'zustand';
import type { StorageView } from '../../shared/views.ts';
import { client } from '../connection.ts';
import { report } from './toasts.ts';

/** What the history takes, and how long it is kept; null before the host told. */
export const useStorage = create<{ storage: StorageView | null }>(() => ({ storage: null }));

/** Asks how much the history takes now. That it could not be asked is said elsewhere, if it matters. */
export function refreshStorage(): void {
  client.storage.view().then(
    (storage) => useStorage.setState({ storage }),
    () => {},
  );
}

export function setRetention(days: number | null): void {
  // Shown as chosen at once; what the host says of it is the truth.
  useStorage.setState(({ storage }) => ({ storage: storage && { ...storage, retentionDays: days } }));
  client.storage.setRetention({ days }).then(
    (storage) => useStorage.setState({ storage }),
    (error) => {
      report(error);
      refreshStorage();
    },
  );
}
