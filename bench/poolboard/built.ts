/**
 * The built package, which is what people run. By path: this folder is a package of its own, in which the name
 * `poolboard` means nothing.
 */
const entry = new URL('../../out/main/pool.js', import.meta.url).href;
export const { Pool, createEngine, forkLauncher } = (await import(
  entry
)) as typeof import('../../src/engine/index.ts');

export const squareFile = new URL('../../examples/tasks/square.js', import.meta.url);
