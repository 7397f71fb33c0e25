import { create } from 'zustand';
import { en } from './en.ts';
import { speak } from './t.ts';

/** The languages of the window, as BCP 47 tags, each with the name that it has itself. */
export const languageNames = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof languageNames;
export const languages = Object.keys(languageNames) as Language[];

const key = 'poolboard.language';

/** The first of the languages that a person reads which the window has; English otherwise. */
export function languageFor(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const { language, script, region } = new Intl.Locale(tag).maximize();
    if (language === 'en') return 'en';
    // Traditional characters are another script, and no better served by simplified ones than by English.
    if (language === 'zh' && script === 'Hans' && region) return 'zh-CN';
  }
  return 'en';
}

const chosen = (): Language =>
  languages.find((known) => known === localStorage.getItem(key)) ?? languageFor(navigator.languages);

/** The language that the window speaks now. */
export const useLanguage = create<{ language: Language }>(() => ({ language: 'en' }));

/** Speaks what was chosen here before, or else as the system does; to be awaited before the first text. */
export async function startLanguage(): Promise<void> {
  try {
    await change(chosen());
  } catch {
    // A catalogue that does not come is no reason for a window that does not open.
    await change('en');
  }
}

/** Speaks another language from now on; remembered. Throws where its catalogue cannot be loaded. */
export async function setLanguage(language: Language): Promise<void> {
  await change(language);
  localStorage.setItem(key, language);
}

async function change(language: Language): Promise<void> {
  // Only what is read is loaded; English is there for what another catalogue is made after.
  if (language === 'en') speak(language, en);
  else {
    const { zhCn, engine } = await import('./zh-cn.ts');
    speak(language, zhCn, engine);
  }
  document.documentElement.lang = language;
  useLanguage.setState({ language });
}
