import { report } from '../state/toasts.ts';
import { languageNames, languages, setLanguage, useLanguage } from '../words/language.ts';
import { t } from '../words/t.ts';
import './language-switch.css';

/** The language of the window; each is called what it calls itself. */
export function LanguageSwitch() {
  const spoken = useLanguage((state) => state.language);
  return (
    <select
      id="language"
      className="language-switch"
      aria-label={t('language.title')}
      title={t('language.title')}
      value={spoken}
      onChange={({ target }) => {
        const chosen = languages.find((language) => language === target.value);
        if (chosen) setLanguage(chosen).catch(report);
      }}
    >
      {languages.map((language) => (
        <option key={language} value={language} lang={language}>
          {languageNames[language]}
        </option>
      ))}
    </select>
  );
}
