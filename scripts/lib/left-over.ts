import { afterAll } from 'vitest';
import { descendantsOf, signalAll } from '../../src/engine/launchers/kill-tree.ts';

// Before each file of tests: `setupFiles` of vitest.config.ts.
afterAll(endLeftOver);

/**
 * Ends the programs that the tests of a file have started and, where one failed half-way, not ended. What such a
 * program inherits of its streams keeps Vitest waiting for ever.
 */
export function endLeftOver(): void {
  signalAll(descendantsOf(process.pid), 'SIGKILL');
}
