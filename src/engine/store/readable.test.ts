import { expect, test } from 'vitest';
import { enoughJson, readable } from './readable.ts';
import { hostileTexts } from './test-store.ts';

test.each(hostileTexts)('a string is shown as it is: %j', (text) => {
  expect(readable(JSON.stringify(text))).toBe(text);
});

test.each(['1', 'null', '{"a":"b"}', '["\\n"]'])('what is no string is shown as JSON: %s', (json) => {
  expect(readable(json)).toBe(json);
});

test('a long text is cut, and shows that it is', () => {
  expect(readable(JSON.stringify('x'.repeat(200)))).toBe('x'.repeat(200));
  expect(readable(JSON.stringify('x'.repeat(201)))).toBe(`${'x'.repeat(200)}…`);
  expect(readable(`[${'1,'.repeat(200)}1]`)).toBe(`[${'1,'.repeat(99)}1…`);
});

test.each(['\0', '"', '\\', '\n', 'é', '\ud800'])(
  'the start of a JSON text is enough, wherever it is cut: %j',
  (character) => {
    const json = JSON.stringify(character.repeat(10_000));
    for (const more of [0, 1, 2, 3, 4, 5, 6]) {
      expect(readable(json.slice(0, enoughJson + more))).toBe(`${character.repeat(200).toWellFormed()}…`);
    }
  },
);

test('a pair of surrogates is not cut in half', () => {
  expect(readable(JSON.stringify(`x${'😀'.repeat(150)}`)).isWellFormed()).toBe(true);
});
