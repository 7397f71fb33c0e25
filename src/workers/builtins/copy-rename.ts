import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { outputWriter } from './output.ts';
import { transformFile } from './transform-file.ts';

/** Gives the copy's path and its bytes. */
export const copyRename: BuiltinMaker = (params) => {
  const write = outputWriter(params, '');
  return (input, context) => {
    const path = pathInput('copy-rename', input);
    return write(path, context, async (temporary) => {
      const { bytes } = await transformFile(path, temporary, context);
      return { bytes };
    });
  };
};
