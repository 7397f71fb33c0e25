import { afterEach, describe, expect, test } from 'vitest';
import { builtinDescriptions } from '../../shared/builtins.ts';
import { en } from './en.ts';
import { languageFor } from './language.ts';
import { ago, bytes, duration, percent, rate } from './numbers.ts';
import { retryOnWords } from './option-words.ts';
import { said } from './said.ts';
import { type Key, speak, t } from './t.ts';
import { placeholders, type Text } from './text.ts';
import { engine, zhCn } from './zh-cn.ts';

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

  test('all that a built-in task says of itself and of its parameters is Chinese', () => {
    speak('zh-CN', zhCn, engine);
    const texts = builtinDescriptions.flatMap(({ summary, params }) => [
      summary,
      ...Object.values(params.properties).flatMap(({ title, description }) => [title, description]),
    ]);
    const inEnglish = texts
      .filter((text) => text !== undefined && text !== null)
      .map(said)
      .filter((text) => /[a-z]{2,} [a-z]{2,}/.test(text) || !/\p{Script=Han}/u.test(text));
    expect(texts.length).toBeGreaterThan(40);
    expect(inEnglish).toEqual([]);
  });

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

describe('sentences of the engine', () => {
  afterEach(() => speak('en', en));

  test('are said in Chinese with their values, one in another too', () => {
    speak('zh-CN', zhCn, engine);
    expect(said('There is no task 7 in batch 3.')).toBe('批次 3 中没有任务 7。');
    expect(said('/x/a.csv cannot be read: it is gone (ENOENT).')).toBe(
      '无法读取 /x/a.csv：它已不存在（ENOENT）。',
    );
    expect(said('/x/a.mjs: there is no such file.')).toBe('/x/a.mjs：没有这个文件。');
    expect(said('There is no file or folder /x/y: /x has nothing named "y".')).toBe(
      '没有文件或文件夹 /x/y：/x 中没有名为 "y" 的内容。',
    );
    expect(said('Something that is not known.')).toBe('Something that is not known.');
  });

  test('stay as they are in English', () => {
    expect(said('There is no batch 3.')).toBe('There is no batch 3.');
  });

  test('are those that there are: none has changed since it was translated', () => {
    const sources = import.meta.glob<string>(
      ['../../{engine,workers,shared,web}/**/*.ts', '!../../**/*.test.ts'],
      { query: '?raw', import: 'default', eager: true },
    );
    const code = Object.values(sources)
      .join('\n')
      .replaceAll(/\$\{(?:[^{}`]|`[^`]*`|\{[^{}]*\})*\}/g, '{}')
      .replaceAll(/['`] \+\s*['`]/g, '');
    const quoted = (sentence: string) => ["'", '`', '"'].some((quote) => code.includes(quote + sentence));
    expect(Object.keys(engine).filter((sentence) => !quoted(sentence))).toEqual([]);
  });

  test('take no value that they do not have', () => {
    for (const [sentence, translation] of Object.entries(engine)) {
      const values = sentence.split('{}').length - 1;
      for (const [, number] of translation.matchAll(/\{(\d)\}/g)) {
        expect(Number(number), sentence).toBeLessThanOrEqual(values);
      }
    }
  });
});
