import { afterEach, describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { languageFor } from './language.ts';
import { ago, bytes, duration, percent, rate } from './numbers.ts';
import { retryOnWords } from './option-words.ts';
import { type Key, speak, t } from './t.ts';
import { placeholders, type Text } from './text.ts';
import { zhCn } from './zh-cn.ts';

const chinese: Partial<Record<Key, Text>> = zhCn;

describe('the catalogue of Simplified Chinese', () => {
  test('has exactly the texts of English', () => {
    expect(Object.keys(en).filter((key) => !(key in chinese))).toEqual([]);
    expect(Object.keys(chinese).filter((key) => !(key in en))).toEqual([]);
  });

  test('takes the values that English takes, and no others', () => {
    for (const key of Object.keys(en) as Key[]) {
      const text = chinese[key];
      if (text === undefined) continue;
      const [english, translated] = [placeholders(en[key]), placeholders(text)];
      // A plural form may leave the count to the form itself.
      const needed = [...english].filter((name) => name !== 'count' || allForms(en[key], '{count}'));
      expect(
        [...translated].filter((name) => !english.has(name)),
        key,
      ).toEqual([]);
      expect(
        needed.filter((name) => !translated.has(name)),
        key,
      ).toEqual([]);
    }
  });

  test('is Chinese wherever English is words', () => {
    const plain = (Object.entries(chinese) as [Key, Text][])
      .filter(([key, text]) => JSON.stringify(text) === JSON.stringify(en[key]))
      .map(([key]) => key)
      .filter((key) => /\p{L}{2}/u.test(JSON.stringify(en[key]).replaceAll(/\{\w+\}|other|one/g, '')));
    // Names of formats and of Poolboard are the same in both.
    const names = /^(Poolboard|CSV|TSV|JSON|Parquet|\{name\} – Poolboard|\{percent\} \{name\} – Poolboard)$/;
    expect(plain.filter((key) => !names.test(String(en[key])))).toEqual([]);
  });
});

const allForms = (text: Text, part: string): boolean =>
  (typeof text === 'string' ? [text] : Object.values(text)).every((form) => form.includes(part));

describe('spoken in Chinese', () => {
  afterEach(() => speak('en', en));

  test('numbers, durations, dates and lists are those of the language', () => {
    speak('zh-CN', zhCn);
    expect(t('run.count', { count: 4213 })).toBe('运行 4,213 个任务');
    expect(duration(31)).toBe('31毫秒');
    expect(duration(72 * 60_000)).toBe('1小时12分钟');
    expect(rate(184)).toBe('184 /秒');
    expect(bytes(4_100_000)).toBe('4.1 MB');
    expect(percent(0.29)).toBe('29%');
    expect(retryOnWords(['error', 'crash'])).toBe('出错或崩溃');
    const now = new Date(2026, 10, 22, 14, 30).getTime();
    expect(ago(now - 4 * 60_000, now)).toBe('4分钟前');
    expect(ago(now - 50 * 3_600_000, now)).toBe('2026年11月20日');
  });

  test('what another catalogue lacks is said in English', () => {
    speak('zh-CN', {});
    expect(t('sidebar.new')).toBe('New batch');
  });
});

describe('the language at first', () => {
  test('is the first that the system wants and the window has', () => {
    expect(languageFor(['de-DE', 'zh-CN', 'en'])).toBe('zh-CN');
    expect(languageFor(['zh'])).toBe('zh-CN');
    expect(languageFor(['zh-Hans-SG'])).toBe('zh-CN');
    expect(languageFor(['en-GB', 'zh-CN'])).toBe('en');
    expect(languageFor(['fr'])).toBe('en');
    expect(languageFor([])).toBe('en');
  });

  test('is not Simplified where one reads Traditional', () => {
    expect(languageFor(['zh-TW', 'en'])).toBe('en');
    expect(languageFor(['zh-Hant'])).toBe('en');
  });
});
