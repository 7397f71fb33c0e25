import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src', 'package.json', 'electron.vite.config.ts'];
const outputs = ['out/main/cli.js', 'out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html'];

/** Whether a part of the build is missing, or older than a source. */
export function needsBuild(root) {
  const built = Math.min(
    ...outputs.map((output) => modifiedAt(join(root, output)) ?? Number.NEGATIVE_INFINITY),
  );
  return sources.some((source) => newestIn(join(root, source)) > built);
}

/** The time of the last change in a file or a folder, milliseconds; tests are no part of a build. */
function newestIn(path) {
  const entries = folderEntries(path);
  if (!entries) return modifiedAt(path) ?? Number.NEGATIVE_INFINITY;
  const names = entries.filter((name) => !name.includes('.test.') && name !== 'fixtures');
  return Math.max(modifiedAt(path) ?? 0, ...names.map((name) => newestIn(join(path, name))));
}

function folderEntries(path) {
  try {
    return readdirSync(path);
  } catch {
    return null;
  }
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}
