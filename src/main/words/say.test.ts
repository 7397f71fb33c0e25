import { afterEach, expect, test } from 'vitest';
import { en } from './en.ts';
import { languageNow, say, speakAs } from './say.ts';
import { zhCn } from './zh-cn.ts';

afterEach(() => speakAs('en'));

test('speaks Simplified Chinese where the system does, and English elsewhere', () => {
  for (const [locale, language] of [
    ['zh-CN', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-TW', 'en'],
    ['de-DE', 'en'],
    ['', 'en'],
  ] as const) {
    speakAs(locale);
    expect(languageNow(), locale).toBe(language);
  }
});

test('puts values into texts', () => {
  expect(say('quit.more', { count: 1200 })).toBe('1,200 batches are still running.');
  speakAs('zh-CN');
  expect(say('quit.more', { count: 1200 })).toBe('还有 1,200 个批次正在运行。');
});

test('both catalogues take the same values', () => {
  const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const key of Object.keys(en) as (keyof typeof en)[]) {
    expect(names(zhCn[key]), key).toEqual(names(en[key]));
  }
});
