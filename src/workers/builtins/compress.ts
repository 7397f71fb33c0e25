import { constants, createGunzip, createGzip, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { PoolboardError } from '../../shared/errors.ts';
import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { outputWriter } from './output.ts';
import { transformFile } from './transform-file.ts';

const chunkSize = 1 << 17;

/** Gives the output's path and the bytes before and after. */
export const gzip: BuiltinMaker = (params) => {
  const write = outputWriter(params, '{/}.gz');
  return (input, context) => {
    const path = pathInput('gzip', input);
    return write(path, context, (temporary) =>
      transformFile(path, temporary, context, createGzip({ level: Number(params.level), chunkSize })),
    );
  };
};

export const gunzip: BuiltinMaker = (params) => {
  const write = outputWriter(params, '{/.}');
  return (input, context) => {
    const path = pathInput('gunzip', input);
    if (!params.name) requireEnding(path, '.gz');
    return write(path, context, (temporary) =>
      transformFile(path, temporary, context, createGunzip({ chunkSize })).catch(explain(path, 'gzip')),
    );
  };
};

export const zstd: BuiltinMaker = (params) => (params.decompress ? unzstd(params) : compressZstd(params));

const compressZstd: BuiltinMaker = (params) => {
  const write = outputWriter(params, '{/}.zst');
  return (input, context) => {
    const path = pathInput('zstd', input);
    const options = { chunkSize, params: { [constants.ZSTD_c_compressionLevel]: Number(params.level) } };
    return write(path, context, (temporary) =>
      transformFile(path, temporary, context, createZstdCompress(options)),
    );
  };
};

const unzstd: BuiltinMaker = (params) => {
  const write = outputWriter(params, '{/.}');
  return (input, context) => {
    const path = pathInput('zstd', input);
    if (!params.name) requireEnding(path, '.zst');
    return write(path, context, (temporary) =>
      transformFile(path, temporary, context, createZstdDecompress({ chunkSize })).catch(
        explain(path, 'Zstandard'),
      ),
    );
  };
};

/** Without its ending a file of another kind would get a name that says nothing, or its own. */
function requireEnding(path: string, ending: string): void {
  if (path.toLowerCase().endsWith(ending)) return;
  throw new PoolboardError(
    'BAD_INPUT',
    `${path} does not end with ${ending}: set the parameter name for files like that.`,
  );
}

/** Turns the packer's error codes into sentences. */
function explain(path: string, kind: string): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    if (!code?.startsWith('Z_') && !code?.startsWith('ZSTD_')) throw error;
    const isCut = code === 'Z_BUF_ERROR';
    throw new PoolboardError(
      'BAD_ARCHIVE',
      isCut
        ? `${path} ends in the middle of its ${kind} data: it was cut off; copy or download it again.`
        : `${path} is no ${kind} file, or is damaged.`,
      { cause: error },
    );
  };
}
