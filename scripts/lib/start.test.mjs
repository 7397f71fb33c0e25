import { expect, test } from 'vitest';
import { start } from './start.mjs';

/** A start whose parts do nothing but say that they were called. */
function setUp(more = {}) {
  const said = [];
  const done = [];
  const note = (name, result) => (args) => {
    done.push(args ? `${name} ${args.join(' ')}`.trim() : name);
    return Promise.resolve(result);
  };
  const starting = {
    surroundings: { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false, hasElectron: true },
    say: (line) => said.push(line),
    missing: () => null,
    needsBuild: () => false,
    build: note('build', 0),
    hasRuntime: () => true,
    fetchRuntime: note('fetch', null),
    openApp: note('app', { status: 0 }),
    serve: note('serve', 0),
    ...more,
  };
  return { starting, said, done, note };
}
const surroundings = (more) => ({
  surroundings: { platform: 'linux', env: { DISPLAY: ':0' }, isRoot: false, hasElectron: true, ...more },
});

test('opens the app, and ends with its status', async () => {
  const { starting, said, done, note } = setUp();
  starting.openApp = note('app', { status: 3 });
  expect(await start(starting, ['photos'])).toBe(3);
  expect(done).toEqual(['app photos']);
  expect(said).toEqual([]);
});

test('builds what is missing or old first, and goes no further where that fails', async () => {
  const built = setUp({ needsBuild: () => true });
  await start(built.starting, []);
  expect(built.done).toEqual(['build', 'app']);
  const failed = setUp({ needsBuild: () => true, build: async () => 7 });
  expect(await start(failed.starting, [])).toBe(7);
  expect(failed.done).toEqual([]);
});

test('says what to install first', async () => {
  const { starting, said, done } = setUp({ missing: () => 'Run npm ci first.' });
  expect(await start(starting, [])).toBe(2);
  expect(said).toEqual(['Run npm ci first.']);
  expect(done).toEqual([]);
});

test.each([
  ['no display', surroundings({ env: {} }), 'There is no display; Poolboard opens in the browser instead.'],
  [
    'root',
    surroundings({ isRoot: true }),
    'Electron does not run as root, for its sandbox would be off; Poolboard opens in the browser instead.',
  ],
  [
    'no Electron',
    surroundings({ hasElectron: false }),
    'Electron is not installed; Poolboard opens in the browser instead.',
  ],
])('with %s says so in a line and serves the window', async (_what, more, line) => {
  const { starting, said, done } = setUp(more);
  expect(await start(starting, ['--no-open'])).toBe(0);
  expect(said).toEqual([line]);
  expect(done).toEqual(['serve --no-open']);
});

test.each([
  ['a Wayland display', surroundings({ env: { WAYLAND_DISPLAY: 'wayland-0' } })],
  ['macOS', surroundings({ platform: 'darwin', env: {} })],
  ['Windows', surroundings({ platform: 'win32', env: {} })],
])('with %s opens the app', async (_what, more) => {
  const { starting, done } = setUp(more);
  await start(starting, []);
  expect(done).toEqual(['app']);
});

test('fetches the runtime once, where it is not there', async () => {
  const { starting, done } = setUp({ hasRuntime: () => false });
  await start(starting, []);
  expect(done).toEqual(['fetch', 'app']);
});

test('a runtime that cannot be fetched, or started, is said in a line', async () => {
  const unfetched = setUp({
    hasRuntime: () => false,
    fetchRuntime: async () => 'the network cannot be reached',
  });
  await start(unfetched.starting, []);
  expect(unfetched.said.at(-1)).toBe(
    "Electron's runtime cannot be fetched (the network cannot be reached); Poolboard opens in the browser instead.",
  );
  expect(unfetched.done).toEqual(['serve']);

  const broken = setUp({
    openApp: async () => ({ status: 127, failure: 'the library libnss3.so is missing' }),
  });
  await start(broken.starting, []);
  expect(broken.said).toEqual([
    'Electron cannot start (the library libnss3.so is missing); Poolboard opens in the browser instead.',
  ]);
  expect(broken.done).toEqual(['serve']);
});
