import { realpathSync, statSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What TypeScript's own resolution tries for an extension that an import names, best first. */
const stands: Record<string, string[]> = {
  '.js': ['.ts'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const extensions = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

export const isTypeScript = (path: string): boolean => /\.[mc]?ts$/.test(path);

/**
 * The file that a relative import in a TypeScript file means, where Node would look for another name: `./util`
 * and `./util.js` are `util.ts`, a folder is its `index.ts`. Undefined where Node's own answer is right.
 * @returns a `file:` URL.
 */
export function resolveFromTypeScript(specifier: string, parentUrl: string): string | undefined {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return undefined;
  let wanted: URL;
  let path: string;
  try {
    wanted = new URL(specifier, parentUrl);
    path = fileURLToPath(wanted);
  } catch {
    return undefined;
  }
  const found = [...candidates(path)].find(isFile);
  if (found === undefined) return undefined;
  const url = pathToFileURL(realpathSync(found));
  url.search = wanted.search;
  return url.href;
}

function* candidates(path: string): Generator<string> {
  const extension = extname(path);
  for (const other of stands[extension] ?? []) yield path.slice(0, -extension.length) + other;
  if (isFile(path)) return;
  for (const added of extensions) yield path + added;
  for (const added of extensions) yield `${path}/index${added}`;
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
