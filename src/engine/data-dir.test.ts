import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { defaultDataDir } from './data-dir.ts';

const home = '/home/ada';

test('Linux keeps data where the XDG specification says', () => {
  const at = (env: NodeJS.ProcessEnv) => defaultDataDir({ env, platform: 'linux', home });
  expect(at({})).toBe('/home/ada/.local/share/poolboard');
  expect(at({ XDG_DATA_HOME: '/data' })).toBe('/data/poolboard');
  expect(at({ XDG_DATA_HOME: 'relative' })).toBe('/home/ada/.local/share/poolboard');
});

test('macOS and Windows keep data where their applications do', () => {
  expect(defaultDataDir({ env: {}, platform: 'darwin', home })).toBe(
    '/home/ada/Library/Application Support/Poolboard',
  );
  expect(defaultDataDir({ env: { APPDATA: '/roaming' }, platform: 'win32', home })).toBe(
    join('/roaming', 'Poolboard'),
  );
});

test('POOLBOARD_DATA_DIR wins, and becomes absolute', () => {
  expect(defaultDataDir({ env: { POOLBOARD_DATA_DIR: 'mine' }, platform: 'darwin', home })).toBe(
    resolve('mine'),
  );
});
