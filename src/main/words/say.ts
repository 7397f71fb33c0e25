import { formatCount } from '../../shared/format.ts';
import { en } from './en.ts';
import { zhCn } from './zh-cn.ts';

let language = 'en';

/** The language of what the app says outside of its window, a BCP 47 tag. */
export const languageNow = (): string => language;

/** Takes the language of the system: Simplified Chinese, or else English. */
export function speakAs(locale: string): void {
  const wanted = new Intl.Locale(locale || 'en').maximize();
  language = wanted.language === 'zh' && wanted.script === 'Hans' ? 'zh-CN' : 'en';
}

/** A text of the catalogue, with its values put in; numbers have the separators of the language. */
export function say(key: keyof typeof en, values: Record<string, string | number> = {}): string {
  const text: string = (language === 'zh-CN' ? zhCn : en)[key];
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? formatCount(value, language) : value;
  });
}
