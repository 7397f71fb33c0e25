import { useEffect, useRef } from 'react';
import { App } from './app.tsx';
import { useLanguage } from './words/language.ts';

/**
 * The window in the language of now. All that is shown is made anew when that changes, for texts are said once
 * and not looked up again; what was typed and chosen is state, and stays. So does the focus.
 */
export function SpokenApp() {
  const language = useLanguage((state) => state.language);
  const spoken = useRef(language);
  const focused = useRef('');
  if (spoken.current !== language) {
    spoken.current = language;
    focused.current = document.activeElement?.id ?? '';
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change that loses the focus
  useEffect(() => {
    if (focused.current) document.getElementById(focused.current)?.focus();
  }, [language]);
  return <App key={language} />;
}
