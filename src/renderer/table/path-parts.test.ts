import { expect, test } from 'vitest';
import { pathParts } from './path-parts.ts';

test.each([
  ['/data/a b/x.jpg', '/data/a b/', 'x.jpg'],
  ['/x', '/', 'x'],
  ['C:\\data\\x.jpg', 'C:\\data\\', 'x.jpg'],
  ['\\\\server\\share\\x', '\\\\server\\share\\', 'x'],
])('%s is a folder and a name', (path, folder, name) => {
  expect(pathParts(path)).toEqual({ folder, name });
});

test.each(['42', 'photo.jpg', 'https://example.org/a', '/folder/', '{"path":"/a"}', 'a/b'])(
  '%s is no absolute path',
  (text) => {
    expect(pathParts(text)).toBeNull();
  },
);
