import { fileURLToPath } from 'node:url';
import type { ErrorPlace } from '../../shared/errors.ts';

/** `    at parse (file:///tasks/a.mjs:3:9)`, `    at /tasks/a.mjs:3:9`: where a frame of V8 is. */
const nodeFrame = /^\s+at .*?(?:\(|\b)((?:file:\/\/)?[^()\s][^()]*?):(\d+):(\d+)\)?$/;
/** `  File "/tasks/a.py", line 3, in parse` */
const pythonFrame = /^\s*File "([^"]+)", line (\d+)/;

/**
 * The first frame of a stack that is in the user's own file, and not in Node, in a package or in a worker: of
 * Python, whose stacks end with the innermost frame, the last one.
 */
export function firstOwnFrame(stack: string | undefined): ErrorPlace | null {
  if (stack === undefined) return null;
  let python: ErrorPlace | null = null;
  for (const line of stack.split('\n')) {
    if (line.includes('<anonymous>')) continue;
    const node = nodeFrame.exec(line);
    if (node && isOwn(node[1]!))
      return { file: pathOf(node[1]!.replace(/^async /, '')), line: Number(node[2]) };
    const found = node ? null : pythonFrame.exec(line);
    if (found && isOwn(found[1]!)) python = { file: found[1]!, line: Number(found[2]) };
  }
  return python;
}

const isOwn = (file: string): boolean =>
  !/^(?:node|internal|native|evalmachine|wasm):?|[\\/](?:node_modules|site-packages|poolboard_worker)[\\/]|^<|[\\/]lib[\\/]python\d/.test(
    file,
  );

function pathOf(file: string): string {
  if (!file.startsWith('file://')) return file;
  try {
    // A file that is loaded again is loaded under another query.
    return fileURLToPath(file.replace(/[?#].*$/, ''));
  } catch {
    return file;
  }
}
