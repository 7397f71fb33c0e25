import { create } from 'zustand';

/** Whether the command palette is open. */
export const usePalette = create<{ shown: boolean }>(() => ({ shown: false }));

export const showPalette = (): void => usePalette.setState({ shown: true });
export const hidePalette = (): void => usePalette.setState({ shown: false });
