import { create } from 'zustand';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'poolboard.theme';
const stored = themes.find((theme) => theme === localStorage.getItem(key)) ?? 'system';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** Light, dark, or as the system is; remembered. */
export const useTheme = create<{ theme: Theme }>(() => ({ theme: stored }));

export function setTheme(theme: Theme): void {
  localStorage.setItem(key, theme);
  useTheme.setState({ theme });
}

/** Puts the theme on the document, now and whenever it or the system's changes. */
export function followTheme(): void {
  const apply = () => {
    const { theme } = useTheme.getState();
    const system = systemIsDark.matches ? 'dark' : 'light';
    document.documentElement.dataset.theme = theme === 'system' ? system : theme;
  };
  useTheme.subscribe(apply);
  systemIsDark.addEventListener('change', apply);
  apply();
}
