import { fileURLToPath } from 'node:url';

/**
 * The files that the engine starts as processes and threads of their own. In the build they lie beside this
 * code; from source they are found in the tree, and Node runs the TypeScript as it is.
 */
const fromSource = import.meta.url.endsWith('.ts');
const entry = (built: string, source: string) =>
  fileURLToPath(new URL(fromSource ? source : built, import.meta.url));

export const workerEntry = entry('./worker.js', '../workers/entry.ts');
export const storeThreadEntry = entry('./store-thread.js', './store/thread.ts');
export const exportThreadEntry = entry('./export-thread.js', './export/thread.ts');
/** Copied into the build as it is: see `electron.vite.config.ts`. */
export const pythonWorkerEntry = entry('./python/worker.py', '../workers/python/worker.py');
