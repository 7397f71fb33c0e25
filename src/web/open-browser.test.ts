import { expect, test } from 'vitest';
import { browserOpener } from './open-browser.ts';

const url = 'http://127.0.0.1:8080/?token=a-b_c';

test('each platform opens an address with its own command, and none without a screen', () => {
  expect(browserOpener(url, 'darwin', {})).toMatchObject({ command: 'open', args: [url] });
  expect(browserOpener(url, 'win32', {})).toMatchObject({ args: ['/c', 'start', '""', `"${url}"`] });
  expect(browserOpener(url, 'linux', { DISPLAY: ':0' })).toMatchObject({ command: 'xdg-open', args: [url] });
  expect(browserOpener(url, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toMatchObject({
    command: 'xdg-open',
  });
  expect(browserOpener(url, 'linux', {})).toBeNull();
});
