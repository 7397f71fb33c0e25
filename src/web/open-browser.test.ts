import { expect, test } from 'vitest';
import { browserOpener } from './open-browser.ts';

const url = 'http://127.0.0.1:8080/?token=a-b_c';

test('each platform opens an address with its own command, and none without a screen', () => {
  expect(browserOpener(url, 'darwin', {})).toEqual({ command: 'open', args: [url] });
  expect(browserOpener(url, 'win32', {})).toEqual({
    command: 'rundll32',
    args: ['url.dll,FileProtocolHandler', url],
  });
  expect(browserOpener(url, 'linux', { DISPLAY: ':0' })).toEqual({ command: 'xdg-open', args: [url] });
  expect(browserOpener(url, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toMatchObject({
    command: 'xdg-open',
  });
  expect(browserOpener(url, 'linux', {})).toBeNull();
});

test.each(['linux', 'darwin', 'win32'] as const)(
  'on %s an address is one argument and no command',
  (platform) => {
    const opener = browserOpener('https://a.test/?a=1&calc.exe&b="x y"', platform, { DISPLAY: ':0' });
    expect(opener?.command).not.toMatch(/cmd|start|sh$/);
    expect(opener?.args.at(-1)).toBe('https://a.test/?a=1&calc.exe&b=%22x%20y%22');
  },
);

test.each(['file:///etc/passwd', 'C:\\Windows\\calc.exe', '-a Calculator', 'javascript:alert(1)', ''])(
  '%s is no address that a browser is given',
  (address) => {
    expect(() => browserOpener(address, 'win32', {})).toThrow('it is no address of http or https.');
  },
);
