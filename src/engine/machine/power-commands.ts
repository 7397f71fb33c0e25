import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PoolboardError } from '../../shared/errors.ts';

export const powerActions = ['sleep', 'shut-down'] as const;
export type PowerAction = (typeof powerActions)[number];

/** A program, and its arguments. */
type Command = readonly [program: string, ...parameters: string[]];

/** What each platform itself offers, as its user would type it. */
const commands: Partial<Record<NodeJS.Platform, Record<PowerAction, Command>>> = {
  linux: { sleep: ['systemctl', 'suspend'], 'shut-down': ['systemctl', 'poweroff'] },
  darwin: {
    sleep: ['pmset', 'sleepnow'],
    // Asks the other programs to end, as the menu does.
    'shut-down': ['osascript', '-e', 'tell application "System Events" to shut down'],
  },
  win32: {
    // `rundll32 powrprof.dll,SetSuspendState` hibernates where that is switched on, whatever it is given.
    sleep: [
      'powershell.exe',
      '-NoProfile',
      '-Command',
      "Add-Type -AssemblyName System.Windows.Forms; [void][System.Windows.Forms.Application]::SetSuspendState('Suspend', $false, $false)",
    ],
    'shut-down': ['shutdown.exe', '/s', '/t', '0'],
  },
};

export interface PowerOptions {
  platform?: NodeJS.Platform;
  env?: NodeJS.ProcessEnv;
  /** Runs a program to its end, and throws where it says that it failed. For tests. */
  run?: (program: string, parameters: readonly string[]) => Promise<void>;
}

/** What this machine can be told to do, by the platform's own commands: those whose program is there. */
export function powerCommands(options: PowerOptions = {}): Partial<Record<PowerAction, () => Promise<void>>> {
  const { platform = process.platform, env = process.env, run = runProgram } = options;
  const offered = commands[platform];
  if (!offered) return {};
  const found = powerActions.flatMap((action) => {
    const [program, ...parameters] = offered[action];
    return isThere(program, env) ? [[action, () => run(program, parameters)] as const] : [];
  });
  return Object.fromEntries(found);
}

function isThere(program: string, env: NodeJS.ProcessEnv): boolean {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function runProgram(program: string, parameters: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'], windowsHide: true });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-500);
    });
    const refuse = (why: string) =>
      reject(
        new PoolboardError('POWER_REFUSED', `${[program, ...parameters].join(' ').slice(0, 60)}: ${why}`),
      );
    child.once('error', (error) => refuse(error.message));
    child.once('close', (status) => {
      if (status === 0) resolve();
      else refuse(said.trim() || `it ended with status ${status}.`);
    });
  });
}
