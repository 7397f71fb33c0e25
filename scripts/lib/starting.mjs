import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { electronExecutable, fetchRuntime, openApp } from './electron-runtime.mjs';
import { needsBuild } from './freshness.mjs';
import { bundledNode, isNewEnough, runOn } from './node-24.mjs';

/**
 * What `npm start` does, as things that can be tried one by one.
 *
 * @typedef {object} Starting
 * @property {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean, hasElectron: boolean }} surroundings
 * @property {(line: string) => void} say to the user, on standard error.
 * @property {() => string | null} missing what has to be installed first, in a sentence.
 * @property {() => boolean} needsBuild
 * @property {() => Promise<number>} build
 * @property {() => boolean} hasRuntime
 * @property {() => Promise<string | null>} fetchRuntime why it failed, or null.
 * @property {(args: string[]) => Promise<{ status: number, failure?: string }>} openApp
 * @property {(args: string[]) => Promise<number>} serve
 */

/** @returns {Starting} of a checkout in the folder `root`. */
export function startingOf(root) {
  const node = isNewEnough() ? process.execPath : bundledNode(root);
  const inModules = (...path) => join(root, 'node_modules', ...path);
  return {
    surroundings: {
      platform: process.platform,
      env: process.env,
      isRoot: process.getuid?.() === 0,
      hasElectron: existsSync(inModules('electron', 'install.js')),
    },
    say: (line) => console.error(line),
    missing: () =>
      node && existsSync(inModules('electron-vite'))
        ? null
        : 'Poolboard is not installed yet: run npm ci first.',
    needsBuild: () => needsBuild(root),
    build: () =>
      runOn(node, [inModules('electron-vite', 'bin', 'electron-vite.js'), 'build', '--logLevel', 'warn'], {
        cwd: root,
      }),
    hasRuntime: () => electronExecutable(root) !== null,
    fetchRuntime: () => fetchRuntime(node, root),
    openApp: (args) => openApp(electronExecutable(root), root, args),
    serve: (args) => runOn(node, [join(root, 'out', 'main', 'cli.js'), 'serve', ...args]),
  };
}
