import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';

const needed = 24;

/** Whether a Node of this version runs Poolboard: with `node:sqlite`, and TypeScript as it is. */
export function isNewEnough(version = process.versions.node) {
  return Number.parseInt(version, 10) >= needed;
}

/** The Node 24 of a checkout's `node` development dependency, or null where it is not installed. */
export function bundledNode(root, platform = process.platform) {
  const file = join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(file) ? file : null;
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in this one's place: same terminal, same signals. Resolves with its exit status; for a program
 * that a signal ended, 128 and the signal's number, as shells do.
 *
 * A terminal sends Ctrl-C to both programs, so that the other one hears it twice; it knows about echoes.
 */
export function runOn(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const pass = (signal) => child.kill(signal);
  for (const signal of passedOn) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const name of passedOn) process.off(name, pass);
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}
