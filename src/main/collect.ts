/**
 * Collects what is added within one turn of the event loop, so that files that the system opens together,
 * each with an event of its own, arrive together.
 */
export function collect(deliver: (paths: string[]) => void): (path: string) => void {
  let collected: string[] = [];
  return (path) => {
    collected.push(path);
    if (collected.length > 1) return;
    setImmediate(() => {
      const paths = collected;
      collected = [];
      deliver(paths);
    });
  };
}
