import { afterAll } from 'vitest';
import { descendantsOf } from '../../src/engine/launchers/kill-tree.ts';

// Before each file of tests: `setupFiles` of vitest.config.ts.
afterAll(endLeftOver);

/**
 * Ends the programs that the tests of a file have started and, where one failed half-way, not ended. What such a
 * program inherits of its streams keeps Vitest waiting for ever.
 */
export function endLeftOver(): void {
  for (const pid of descendantsOf(process.pid)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended since it was listed.
    }
  }
}
