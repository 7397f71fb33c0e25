import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';

/** How the launcher tells; see `src/engine/launchers/worker-variables.ts`. */
const variable = 'POOLBOARD_NICE';

/**
 * Gives this process, and all that it will start, the priority that the launcher asks for. Does nothing where
 * it asks for none, or the system refuses. The variable by which it asks is gone afterwards: tasks do not see it.
 */
export function takePriority(): void {
  const nice = Number(process.env[variable] ?? 0);
  delete process.env[variable];
  if (!(nice > 0)) return;
  // On Linux a priority is a thread's (setpriority(2)): later threads inherit it, those of the runtime are there.
  for (const id of [0, ...otherThreads()]) {
    try {
      setPriority(id, Math.min(19, getPriority(id) + nice));
    } catch {
      // Not permitted, or gone since: it works all the same.
    }
  }
}

function otherThreads(): number[] {
  if (process.platform !== 'linux') return [];
  try {
    const all = readdirSync('/proc/self/task').map(Number);
    return all.filter((thread) => thread !== process.pid);
  } catch {
    return [];
  }
}
