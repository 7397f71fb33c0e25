import { expect, test } from 'vitest';
import { en } from './en.ts';
import { textsOfCode } from './fixtures/texts-of-code.ts';

const sources = import.meta.glob<string>(
  ['../**/*.{ts,tsx}', '!../**/*.test.ts', '!../words/**', '!../fixtures/**'],
  { query: '?raw', import: 'default', eager: true },
);

/** Texts of the catalogue by their keys, replacement strings, and names that are the same in all languages. */
const isNoText = (text: string): boolean => text in en || /^\{\w+\}$/.test(text) || text === 'Poolboard';

test('no text for people stands outside the catalogues', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  const found = Object.entries(sources).flatMap(([file, source]) =>
    textsOfCode(file, source)
      .filter((text) => !isNoText(text.replace(/^\d+: /, '')))
      .map((text) => `${file}:${text}`),
  );
  expect(found).toEqual([]);
});

test('a text is found wherever one can stand', () => {
  // biome-ignore-start lint/suspicious/noTemplateCurlyInString: it is code that is read
  const texts = (code: string) => textsOfCode('x.tsx', code).map((text) => text.replace(/^\d+: /, ''));
  expect(texts('<p>Hello <b>there</b></p>')).toEqual(['Hello', 'there']);
  expect(texts('<p>{`rows ${n}`} · {a ? "one" : b || "two"} {"th" + "ree"} <kbd>K</kbd></p>')).toEqual([
    'rows',
    'one',
    'two',
    'th',
    'ree',
  ]);
  expect(texts('<a title="tip" aria-label={x ? `all ${n}` : "none"} className="blue" />')).toEqual([
    'tip',
    'all',
    'none',
  ]);
  expect(texts('toast("info", "Done."); box.textContent = "Text"; ({ label: "Name", kind: "row" })')).toEqual(
    ['Done.', 'Text', 'Name'],
  );
  // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
  expect(texts('<p title={t("x.tip")}>{t("x.y")}: {n} / 10</p>')).toEqual([]);
});
