import { runInThisContext } from 'node:vm';

/** Runs a function of a spec in this process, with `electron` as its argument, as Playwright does in Electron. */
export function obeySpec(electron: object): void {
  process.on('message', (message: { type?: string; id: number; source: string; argument: unknown }) => {
    if (message?.type !== 'evaluate') return;
    const { id, source, argument } = message;
    const run = async () => runInThisContext(`(${source})`)(electron, argument);
    run().then(
      (value: unknown) => process.send?.({ type: 'evaluated', id, value }),
      (error: unknown) => process.send?.({ type: 'evaluated', id, error: String(error) }),
    );
  });
  // The spec has gone: so has its app.
  process.on('disconnect', () => process.exit(0));
}
