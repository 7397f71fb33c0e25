/** A frame of the worker's loop, in source or in the build, where a class may be renamed with `$1`. */
const ownFrame = /^\s+at (?:async )?Worker(?:\$\d+)?\.(?:#run\w+|run)\b/;

/** A stack without the worker's own frames: below them nothing is the task's. */
export function withoutOwnFrames(stack: string): string {
  const lines = stack.split('\n');
  const end = lines.findIndex((line) => ownFrame.test(line));
  return end < 0 ? stack : lines.slice(0, end).join('\n');
}
