import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { powerCommands } from './power-commands.ts';

/** A folder of programs, which is all that the path has. */
function programs(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'poolboard-power-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names) {
    writeFileSync(join(folder, name), '');
    chmodSync(join(folder, name), 0o755);
  }
  return { PATH: folder };
}

test.each([
  ['linux', ['systemctl'], 'systemctl suspend', 'systemctl poweroff'],
  [
    'darwin',
    ['pmset', 'osascript'],
    'pmset sleepnow',
    'osascript -e tell application "System Events" to shut down',
  ],
  [
    'win32',
    ['powershell.exe', 'shutdown.exe'],
    /^powershell\.exe .*SetSuspendState\('Suspend'/,
    'shutdown.exe /s /t 0',
  ],
] as const)('on %s the commands are its own', async (platform, names, sleep, shutDown) => {
  const ran: string[] = [];
  const run = async (program: string, parameters: readonly string[]) => {
    ran.push([program, ...parameters].join(' '));
  };
  const offered = powerCommands({ platform, env: programs(...names), run });
  await offered.sleep!();
  await offered['shut-down']!();
  expect(ran[0]).toMatch(sleep);
  expect(ran[1]).toBe(shutDown);
});

test('what is not installed is not offered', () => {
  expect(powerCommands({ platform: 'linux', env: programs() })).toEqual({});
  expect(Object.keys(powerCommands({ platform: 'darwin', env: programs('pmset') }))).toEqual(['sleep']);
  expect(powerCommands({ platform: 'aix', env: programs('systemctl') })).toEqual({});
});

test.skipIf(process.platform === 'win32')('what the program says of its failure is told', async () => {
  const env = programs('systemctl');
  const said = join(env.PATH, 'said');
  writeFileSync(
    join(env.PATH, 'systemctl'),
    `#!/bin/sh\necho "$@" > '${said}'\necho 'Access denied' >&2\nexit 1\n`,
  );
  const before = process.env.PATH;
  // The one that is started is the first of the path: never a real one.
  process.env.PATH = `${env.PATH}:${before}`;
  onTestFinished(() => {
    process.env.PATH = before;
  });
  const offered = powerCommands({ platform: 'linux', env });
  await expect(offered.sleep!()).rejects.toThrow('systemctl suspend: Access denied');
  expect(readFileSync(said, 'utf8')).toBe('suspend\n');
});
