import { createLineWriter } from './results/line-writer.ts';
import type { Terminal } from './terminal.ts';

/** Prints lines to standard output. A reader that has seen enough (`| head`) is no error. */
export async function print(terminal: Pick<Terminal, 'stdout'>, lines: Iterable<string>): Promise<void> {
  const text = [...lines].map((line) => `${line}\n`).join('');
  const writer = createLineWriter(terminal.stdout);
  try {
    await writer.write(text);
    await writer.flush();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  }
}
