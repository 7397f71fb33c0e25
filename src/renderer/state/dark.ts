import { useSyncExternalStore } from 'react';

const isDark = (): boolean => document.documentElement.dataset.theme === 'dark';

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

/** True while the dark theme is shown: for colours that are computed. */
export const useDark = (): boolean => useSyncExternalStore(subscribe, isDark);
