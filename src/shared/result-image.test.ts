import { expect, test } from 'vitest';
import { parseResultImagePath, resultImagePath } from './result-image.ts';

test('the address of an image leads back to its cell', () => {
  const image = { batch: 12, task: 7, column: 'value["a/b","ü \\"?#"]' };
  const { pathname } = new URL(resultImagePath(image), 'http://127.0.0.1');
  expect(parseResultImagePath(pathname)).toEqual(image);
});

test.each([
  '/result-image/1/2',
  '/result-image/0/2/x',
  '/result-image/1/-2/x',
  '/result-image/1/2/x/y',
  '/result-image/1/2/%zz',
  '/other/1/2/x',
])('%s is none', (path) => {
  expect(parseResultImagePath(path)).toBeNull();
});
