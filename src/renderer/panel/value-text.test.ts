import { expect, test } from 'vitest';
import { readable } from './value-text.ts';

test('a string is shown as its own text, anything else indented', () => {
  expect(readable('"a\\nb"')).toEqual({ text: 'a\nb', isText: true });
  expect(readable('{"a":[1]}').text).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(readable('null')).toEqual({ text: 'null', isText: false });
});

test('a very long value is shown as it came', () => {
  const json = `[${'1,'.repeat(1_500_000)}1]`;
  expect(readable(json).text).toBe(json);
});
