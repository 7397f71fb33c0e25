import { createHash } from 'node:crypto';
import type { IHasher } from 'hash-wasm';
import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { readChunks } from './read-chunks.ts';

interface Hasher {
  update(chunk: Buffer): unknown;
  digest(encoding: 'hex'): string;
}

export const hash: BuiltinMaker = async ({ algorithm }) => {
  const name = String(algorithm);
  // The crypto of Electron knows no BLAKE2.
  const withHasher = name === 'blake2b' ? await withBlake2b() : withNodeHash(name);
  return (input, context) =>
    withHasher(async (hasher) => {
      const path = pathInput('hash', input);
      const bytes = await readChunks(path, context, (chunk) => hasher.update(chunk));
      return { algorithm: name, digest: hasher.digest('hex'), bytes };
    });
};

type WithHasher = <T>(use: (hasher: Hasher) => Promise<T>) => Promise<T>;

const withNodeHash =
  (algorithm: string): WithHasher =>
  (use) =>
    use(createHash(algorithm));

/** A hasher is a WebAssembly instance: as many are made as files are hashed at once, and used again. */
async function withBlake2b(): Promise<WithHasher> {
  const { createBLAKE2b } = await import('hash-wasm');
  const free: IHasher[] = [];
  return async (use) => {
    const hasher = free.pop() ?? (await createBLAKE2b(512));
    try {
      return await use(hasher.init());
    } finally {
      free.push(hasher);
    }
  };
}
