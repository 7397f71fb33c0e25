import { useSyncExternalStore } from 'react';

/** The value of a token of `tokens.css`, as the theme has it. */
export type Tokens = (name: string) => string;

let tokens: Tokens | undefined;

function subscribe(listener: () => void): () => void {
  const observer = new MutationObserver(() => {
    tokens = undefined;
    listener();
  });
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => {
    observer.disconnect();
    tokens = undefined;
  };
}

function read(): Tokens {
  if (tokens) return tokens;
  const style = getComputedStyle(document.documentElement);
  tokens = (name) => style.getPropertyValue(name).trim();
  return tokens;
}

/** The tokens for what is drawn and not styled: another function whenever the theme changes. */
export const useTokens = (): Tokens => useSyncExternalStore(subscribe, read);
