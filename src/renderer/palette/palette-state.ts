import { create } from 'zustand';

/** The command palette that is open, each time another one; null where none is. */
export const usePalette = create<{ shown: number | null }>(() => ({ shown: null }));

let opened = 0;

/** Opens a new one, also while the last one is closing. */
export const showPalette = (): void => usePalette.setState({ shown: ++opened });

/** That one has closed. */
export const hidePalette = (which: number): void =>
  usePalette.setState(({ shown }) => ({ shown: shown === which ? null : shown }));
