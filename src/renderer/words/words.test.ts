import { describe, expect, test } from 'vitest';
import { en } from './en.ts';
import { ago, clockTime, percent } from './numbers.ts';
import { fill, type Key, t } from './t.ts';

const sources = import.meta.glob<string>(
  [
    '../**/*.{ts,tsx}',
    '!../**/*.test.ts',
    '!../words/{en,zh-cn}.ts',
    '!../words/{en,zh-cn}/**',
    '!../fixtures/**',
  ],
  {
    query: '?raw',
    import: 'default',
    eager: true,
  },
);
const code = Object.values(sources).join('\n');

describe('a text', () => {
  test('takes the form of its count, and the count the separators of the language', () => {
    expect(t('run.count', { count: 1 })).toBe('Run 1 task');
    expect(t('run.count', { count: 4213 })).toBe('Run 4,213 tasks');
    expect(t('run.count', { count: 0 })).toBe('Run 0 tasks');
  });

  test('holds its values as they are, and numbers among them grouped', () => {
    expect(fill('{a} of {b}', { a: '{b}', b: 12_345 })).toBe('{b} of 12,345');
    expect(fill({ other: 'all {count}' }, { count: 1 })).toBe('all 1');
  });
});

describe('the catalogue', () => {
  test('holds no text that the window does not use', () => {
    const prefixes = [...code.matchAll(/`([a-z][a-z.-]*[.-])\$\{/g)].map(([, prefix]) => prefix!);
    const unused = Object.keys(en).filter(
      (key) => !code.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });

  test('has a plural wherever it has a singular, and values in both', () => {
    const names = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
    for (const key of Object.keys(en) as Key[]) {
      const text: string | { one?: string; other: string } = en[key];
      if (typeof text === 'string' || text.one === undefined) continue;
      const other = names(text.other);
      expect(
        [...names(text.one)].filter((name) => !other.has(name)),
        key,
      ).toEqual([]);
    }
  });
});

describe('numbers', () => {
  test('a percent is rounded down, so that 100% means all', () => {
    expect(percent(0.9999)).toBe('99%');
    expect(percent(1)).toBe('100%');
    expect(percent(0.29)).toBe('29%');
  });

  test('time that goes on is told in whole seconds', () => {
    expect(clockTime(0)).toBe('0:00');
    expect(clockTime(41_900)).toBe('0:41');
    expect(clockTime(187_000)).toBe('3:07');
    expect(clockTime(72 * 60_000)).toBe('1 h 12 min');
    expect(clockTime(-5)).toBe('0:00');
  });

  test('a moment is relative while it is fresh', () => {
    const now = new Date(2026, 10, 22, 14, 30).getTime();
    expect(ago(now - 5_000, now)).toBe('just now');
    expect(ago(now - 4 * 60_000, now)).toBe('4 minutes ago');
    expect(ago(now - 3 * 3_600_000, now)).toBe('11:30 AM');
    expect(ago(now - 50 * 3_600_000, now)).toBe('Nov 20, 2026');
  });
});
