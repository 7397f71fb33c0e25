import { describe, expect, it } from 'vitest';
import { folderOf, inChild } from '../fixtures/load-in-child.ts';

const run = (source: string, more: { cwd?: string; inputs?: unknown[] } = {}) =>
  inChild({ definition: { kind: 'source', source }, inputs: [3], ...more });

describe('a function from its source', () => {
  it.each([
    ['an arrow function', String((x: number) => x * x)],
    ['an async arrow function', String(async (x: number) => x * x)],
    ['a function', 'function square(x) { return x * x; }'],
    ['an async function', 'async function square(x) { return x * x; }'],
    ['one that ends in a comment', '(x) => x * x // squared'],
  ])('%s', async (_, source) => {
    expect((await run(source)).results).toEqual([{ value: 9 }]);
  });

  it('can require and import from the working folder', async () => {
    using folder = folderOf({
      'a.cjs': 'exports.a = 1;',
      'b.ts': 'export const b: number = 2;',
      'package.json': '{}',
    });
    const source =
      'async () => [require("./a.cjs").a, (await import("./b.ts")).b, typeof require("node:fs").statSync]';
    const answer = await run(source, { cwd: folder.path() });
    expect(answer.results).toEqual([{ value: [1, 2, 'function'] }]);
    expect(answer.files.sort()).toEqual([folder.path('a.cjs'), folder.path('b.ts')]);
    expect(answer.printed).toBe('');
  });

  it('throws with its line in the stack', async () => {
    const answer = await run('(x) => {\n  throw new Error("no");\n}');
    expect(answer.results[0]?.error?.stack).toMatch(/\[function\]:2:9/);
  });

  it.each([
    ['a native function', String(Math.max), 'native or bound'],
    ['a bound function', String(((x: number) => x).bind(null)), 'native or bound'],
    [
      'a method',
      String(
        {
          square(x: number) {
            return x * x;
          },
        }.square,
      ),
      'It is a method',
    ],
    ['an async method', 'async square(x) { return x; }', 'It is a method'],
    ['a class', String(class A {}), 'It is a class'],
    ['what is no function', '5', 'not that of a function'],
    ['what is no JavaScript', 'x => =', 'Unexpected token'],
  ])('refuses %s', async (_, source, why) => {
    const { error } = await run(source);
    expect(error).toMatchObject({ code: 'BAD_FUNCTION' });
    expect(error?.message).toContain(why);
  });
});
