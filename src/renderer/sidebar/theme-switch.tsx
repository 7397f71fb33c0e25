import { IconButton } from '../parts/button.tsx';
import { setTheme, type Theme, themes, useTheme } from '../state/theme.ts';
import { t } from '../words/t.ts';
import './theme-switch.css';

const icons = { system: 'system', light: 'sun', dark: 'moon' } as const satisfies Record<Theme, string>;

/** Light, dark, or as the system is. */
export function ThemeSwitch() {
  const chosen = useTheme((state) => state.theme);
  return (
    <fieldset className="theme-switch">
      <legend className="hidden-text">{t('theme.title')}</legend>
      {themes.map((theme) => (
        <IconButton
          key={theme}
          icon={icons[theme]}
          label={t(`theme.${theme}`)}
          aria-pressed={theme === chosen}
          onClick={() => setTheme(theme)}
        />
      ))}
    </fieldset>
  );
}
