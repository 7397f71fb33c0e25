import { expect, test } from 'vitest';
import { parseUploadPath } from './upload-path.ts';

const drop = 'b3f1c2d4-0000-4000-8000-000000000000';
const names = (path: string, platform: NodeJS.Platform = 'linux') =>
  parseUploadPath(`/upload/${drop}/${path}`, platform).names;

test('takes names as they are, whatever they hold', () => {
  const hostile = [
    'a b',
    "it's",
    '"q"',
    '$(touch pwned)',
    '-rf',
    'line\nbreak',
    '🎉',
    'ü',
    '50%',
    'a?b#c',
    '..a',
  ];
  expect(names(hostile.map(encodeURIComponent).join('/'))).toEqual(hostile);
  expect(parseUploadPath(`/upload/${drop}/a`).drop).toBe(drop);
});

test.each([
  ['a way up', '..'],
  ['a way up, encoded', '%2e%2e'],
  ['a way up inside', 'a/../../b'],
  ['the folder itself', '.'],
  ['an encoded separator', '..%2F..%2Fetc%2Fpasswd'],
  ['an absolute path', '/etc/passwd'],
  ['an empty name', 'a//b'],
  ['a folder', 'a/'],
  ['a zero character', 'a%00.txt'],
  ['half a percent sign', 'a%'],
  ['half a character', '%ff'],
  ['a long name', 'x'.repeat(256)],
  ['a long path', 'x/'.repeat(2000)],
  ['no name', ''],
])('refuses %s', (_what, path) => {
  expect(() => names(path)).toThrow(expect.objectContaining({ code: 'BAD_UPLOAD' }));
});

test.each(['short', '../../etc', 'x'.repeat(65), 'with_underscore', '%2e%2e%2e%2e%2e%2e%2e%2e', ''])(
  'refuses the drop %j',
  (id) => {
    expect(() => parseUploadPath(`/upload/${id}/a`)).toThrow(expect.objectContaining({ code: 'BAD_UPLOAD' }));
  },
);

test('refuses a drop without a file', () => {
  expect(() => parseUploadPath(`/upload/${drop}`)).toThrow('The upload has no file name.');
});

test.each(['a%5Cb', '..%5C..%5Cb', 'C:', 'a:stream', 'nul', 'COM1.txt', 'a.', 'a%20', 'a%0Ab', 'a*'])(
  'on Windows refuses %s',
  (path) => {
    expect(() => names(path, 'win32')).toThrow(expect.objectContaining({ code: 'BAD_UPLOAD' }));
  },
);
