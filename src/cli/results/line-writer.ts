import type { Writable } from 'node:stream';

/** Writes to a stream no faster than its reader reads. */
export interface LineWriter {
  /** Resolves when the stream wants more. Rejects with the stream's error, for example `EPIPE`, also a former one. */
  write(text: string): Promise<void>;
  /** Resolves when all is with the operating system. */
  flush(): Promise<void>;
}

export function createLineWriter(out: Writable): LineWriter {
  let failed: Error | undefined;
  let waiting: PromiseWithResolvers<void> | undefined;
  out.on('error', (error) => {
    failed ??= error;
    waiting?.reject(failed);
    waiting = undefined;
  });
  out.on('drain', () => {
    waiting?.resolve();
    waiting = undefined;
  });
  return {
    async write(text) {
      if (failed) throw failed;
      if (out.write(text)) return;
      waiting ??= Promise.withResolvers();
      await waiting.promise;
    },
    flush() {
      if (failed) return Promise.reject(failed);
      return new Promise((resolve, reject) => {
        out.write('', (error) => (error ? reject(error) : resolve()));
      });
    },
  };
}
