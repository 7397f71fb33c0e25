import { fileURLToPath } from 'node:url';
import { protocol } from 'electron';
import type { ResultsApi } from '../engine/results/results-api.ts';
import { answerImage } from './result-images.ts';
import { answerWith } from './window-files.ts';
import { windowScheme } from './window-url.ts';

/** Where the window's built files lie, seen from `out/main`. */
const windowFiles = fileURLToPath(new URL('../renderer/', import.meta.url));

/**
 * Declares the window's own scheme: an origin like that of a web page, but reachable by nobody else, and
 * without the rights that `file:` gives. Before the app is ready.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: windowScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Answers the window's requests with its files, and with images that results name. Once the app is ready. */
export function serveWindow(results: ResultsApi): void {
  const answer = answerWith(windowFiles);
  protocol.handle(windowScheme, async (request) => (await answerImage(request, results)) ?? answer(request));
}
