import { describe, expect, it } from 'vitest';
import { builtinDescriptions, findBuiltin } from '../../shared/builtins.ts';
import { loadBuiltin } from './index.ts';

describe('the built-in tasks', () => {
  it('have names of their own, and parameters whose defaults are valid', () => {
    const names = builtinDescriptions.map((description) => description.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { definition, name, params } of builtinDescriptions) {
      expect(definition).toEqual({ kind: 'builtin', name });
      for (const property of Object.values(params.properties)) {
        if (property.enum && property.default !== undefined)
          expect(property.enum).toContain(property.default);
      }
    }
  });

  it('can all be loaded, and say of themselves what is described', async () => {
    const needed: Record<string, Record<string, unknown>> = {
      'find-text': { pattern: 'x' },
      'copy-rename': { name: '{/}' },
    };
    for (const { name, summary, concurrency } of builtinDescriptions) {
      const runner = await loadBuiltin(name, needed[name] ?? {});
      expect(runner.description).toMatchObject({ summary, ...(concurrency && { concurrency }) });
    }
  });

  it('are told where there is none of that name, or its parameters are wrong', async () => {
    expect(() => findBuiltin('hsah')).toThrow(
      /^There is no built-in task hsah; there are hash, text-stats, /,
    );
    await expect(loadBuiltin('hash', { algorithm: 'crc' })).rejects.toMatchObject({
      code: 'BAD_PARAM',
      message: 'The parameter algorithm is "crc"; it must be sha256, sha1, md5 or blake2b.',
    });
    await expect(loadBuiltin('toString', {})).rejects.toMatchObject({ code: 'NO_SUCH_BUILTIN' });
  });
});
