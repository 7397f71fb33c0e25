import { cpSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

/** Python workers are started by path, as they are: `pythonWorkerEntry` finds them beside the built code. */
const copyPython: Plugin = {
  name: 'copy-python',
  writeBundle: () =>
    cpSync('src/workers/python', 'out/main/python', {
      recursive: true,
      filter: (file) => !file.endsWith('__pycache__'),
    }),
};

/**
 * Everything that runs in Node is one build, flat in `out/main`, so that each file finds the others beside it:
 * the Electron app, the command line (and through it the web host), the worker process, the threads of the
 * store and of exports.
 */
export default defineConfig({
  main: {
    plugins: [copyPython],
    build: {
      outDir: 'out/main',
      target: 'node24',
      sourcemap: true,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          cli: 'src/cli/index.ts',
          pool: 'src/engine/index.ts',
          worker: 'src/workers/entry.ts',
          'store-thread': 'src/engine/store/thread.ts',
          'export-thread': 'src/engine/export/thread.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: 'out/preload',
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      outDir: 'out/renderer',
      minify: true,
      // The window's content security policy allows no data: URLs but images.
      assetsInlineLimit: 0,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
