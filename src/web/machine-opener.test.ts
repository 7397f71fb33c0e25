import { expect, test } from 'vitest';
import { fileOpener, machineOpener } from './machine-opener.ts';

const screen = { DISPLAY: ':0' };

test.each([
  ['linux', 'file', screen, 'xdg-open', ['/out/a b.png']],
  ['linux', 'folder', screen, 'xdg-open', ['/out']],
  ['darwin', 'file', {}, 'open', ['/out/a b.png']],
  ['darwin', 'folder', {}, 'open', ['-R', '/out/a b.png']],
  ['win32', 'folder', {}, 'explorer.exe', ['/select,/out/a b.png']],
] as const)('%s opens the %s', (platform, what, env, command, args) => {
  expect(fileOpener(what, '/out/a b.png', platform, env)).toEqual({ command, args });
});

test('without a screen there is nothing to open it on', () => {
  expect(fileOpener('file', '/out/a.png', 'linux', {})).toBeNull();
});

test('a link that is no address of the web is refused', async () => {
  await expect(machineOpener().link('file:///etc/passwd')).rejects.toMatchObject({ code: 'OPEN_REFUSED' });
});
