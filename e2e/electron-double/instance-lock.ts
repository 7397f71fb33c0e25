import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What a second instance tells the first. */
export interface SecondInstance {
  argv: string[];
  cwd: string;
  data: unknown;
}

/**
 * A lock on a folder, held by one process. Where another holds it, that one is told, and the answer is false.
 * The lock of a process that is gone is taken over.
 */
export function takeLock(
  folder: string,
  mine: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): boolean {
  const lock = join(folder, 'SingletonLock');
  const inbox = join(folder, 'SingletonInbox');
  mkdirSync(inbox, { recursive: true });
  if (!claim(lock)) {
    // Renaming is left out: the reader waits for a whole message by reading until it can be understood.
    writeFileSync(join(inbox, `${process.pid}`), serialize(mine));
    return false;
  }

  const read = (): void => {
    for (const name of readdirSync(inbox)) {
      const file = join(inbox, name);
      let second: SecondInstance;
      try {
        second = deserialize(readFileSync(file)) as SecondInstance;
      } catch {
        continue;
      }
      rmSync(file);
      onSecond(second);
    }
  };
  const watcher = watch(inbox, read).unref();
  read();
  process.once('exit', () => {
    watcher.close();
    rmSync(lock, { force: true });
  });
  return true;
}

function claim(lock: string): boolean {
  for (;;) {
    try {
      const handle = openSync(lock, 'wx');
      writeFileSync(handle, String(process.pid));
      closeSync(handle);
      return true;
    } catch {
      if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
      rmSync(lock, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
