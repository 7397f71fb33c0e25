import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderOf, inChild } from '../fixtures/load-in-child.ts';

type Files = Record<string, string>;

/** Writes the files, loads the first one (or `entry`) in a child and runs the inputs. */
async function load(files: Files, more: Partial<Parameters<typeof inChild>[0]> & { function?: string } = {}) {
  using folder = folderOf(files);
  const file = folder.path(Object.keys(files)[0]);
  const { function: name, ...options } = more;
  const answer = await inChild({
    definition: { kind: 'module', file, function: name },
    inputs: [2, 3],
    ...options,
  });
  return { ...answer, file, path: folder.path };
}

const values = (answer: { results: { value?: unknown }[] }) => answer.results.map((result) => result.value);

describe('a function file runs as', () => {
  it.each<[string, Files]>([
    ['an ES module, .mjs', { 'task.mjs': 'export default (x) => x * x;' }],
    [
      'an ES module, .js in a module package',
      { 'task.js': 'export default (x) => x * x;', 'package.json': '{"type":"module"}' },
    ],
    ['an ES module, .js by its syntax', { 'task.js': 'export default (x) => x * x;' }],
    [
      'an ES module, .js in a package that npm init made',
      { 'task.js': 'export default (x) => x * x;', 'package.json': '{"type":"commonjs"}' },
    ],
    ['CommonJS, .cjs', { 'task.cjs': 'module.exports = (x) => x * x;' }],
    ['CommonJS, .js by its syntax', { 'task.js': 'module.exports = function (x) { return x * x; };' }],
    ['CommonJS with exports.default', { 'task.cjs': 'exports.default = (x) => x * x;' }],
    [
      'CommonJS of a compiler',
      {
        'task.js':
          '"use strict"; Object.defineProperty(exports, "__esModule", { value: true }); exports.default = (x) => x * x;',
      },
    ],
    ['an async function', { 'task.mjs': 'export default async (x) => x * x;' }],
    ['TypeScript, .ts by its syntax', { 'task.ts': 'export default (x: number): number => x * x;' }],
    ['TypeScript, .mts', { 'task.mts': 'export default function square(x: number) { return x * x; }' }],
    ['TypeScript, .cts', { 'task.cts': 'const square = (x: number) => x * x; module.exports = square;' }],
    [
      'TypeScript CommonJS, .ts',
      {
        'task.ts': 'const { square } = require("./math"); module.exports = (x: number) => square(x);',
        'math.ts': 'exports.square = (x: number) => x * x;',
      },
    ],
    ['TypeScript with a byte order mark', { 'task.ts': '\ufeffexport default (x: number) => x * x;' }],
    ['a file with a hash bang', { 'task.ts': '#!/usr/bin/env node\nexport default (x: number) => x * x;' }],
    ['a file with a strange name', { 'ta sk #1 %20 é😀.ts': 'export default (x: number) => x * x;' }],
    [
      'a module that waits while it is loaded',
      { 'task.mjs': 'const two = await Promise.resolve(2); export default (x) => x ** two;' },
    ],
  ])('%s', async (_, files) => {
    const answer = await load(files);
    expect(answer.error).toBeUndefined();
    expect(values(answer)).toEqual([4, 9]);
    expect(answer.printed).toBe('');
  });

  it('a named export, of an ES module and of CommonJS', async () => {
    const esm = await load(
      { 'task.mjs': 'export const cube = (x) => x ** 3; export default () => 0;' },
      { function: 'cube' },
    );
    expect(values(esm)).toEqual([8, 27]);
    const cjs = await load({ 'task.cjs': 'module.exports = { cube: (x) => x ** 3 };' }, { function: 'cube' });
    expect(values(cjs)).toEqual([8, 27]);
    const ofFunction = await load(
      { 'task.cjs': 'module.exports = () => 0; module.exports.cube = (x) => x ** 3;' },
      { function: 'cube' },
    );
    expect(values(ofFunction)).toEqual([8, 27]);
  });

  it('the file that a symbolic link points to', async () => {
    using folder = folderOf({
      'real/task.ts': 'import { two } from "./two.js"; export default (x: number) => x ** two;',
      'real/two.ts': 'export const two = 2 as const;',
    });
    symlinkSync(folder.path('real/task.ts'), folder.path('link.ts'));
    const answer = await inChild({
      definition: { kind: 'module', file: folder.path('link.ts') },
      inputs: [3],
    });
    expect(values(answer)).toEqual([9]);
    expect(answer.files).toEqual(['link.ts', 'real/task.ts', 'real/two.ts'].map(folder.path));
  });

  it('the same file again in the same process, without loading it twice', async () => {
    const answer = await load(
      { 'task.mjs': 'let loads = 0; loads += 1; export default (x) => x + loads;' },
      { times: 2 },
    );
    expect(values(answer)).toEqual([3, 4, 3, 4]);
  });
});

describe('TypeScript', () => {
  const imports: Files = {
    'task.ts': [
      'import { one } from "./one";',
      'import { two } from "./two.js";',
      'import three from "./three.mjs";',
      'import { four } from "./lib";',
      'import { five } from "./five.cjs";',
      'import type { Nothing } from "./types-only";',
      'import data from "./data.json" with { type: "json" };',
      'export default (x: number, nothing?: Nothing) => [x, one, two, three, four, five, data.six];',
    ].join('\n'),
    'one.ts': 'export const one: number = 1;',
    'two.ts': 'export const two: number = 2;',
    'three.mts': 'export default 3 satisfies number;',
    'lib/index.ts': 'export { four } from "./four";',
    'lib/four.ts': 'export const four = 4 as number;',
    'five.cts': 'exports.five = 5 as number;',
    'data.json': '{"six": 6}',
  };

  it.each([
    ['with Node’s own type stripping', []],
    ['without it, as in Electron', ['--no-strip-types']],
  ])('finds what its imports mean, %s', async (_, execArgv) => {
    const answer = await load(imports, {
      inputs: [0],
      execArgv,
      program: execArgv.length > 0 ? await builtChild() : undefined,
    });
    expect(answer.error).toBeUndefined();
    expect(values(answer)).toEqual([[0, 1, 2, 3, 4, 5, 6]]);
    expect(answer.files.sort()).toEqual(Object.keys(imports).map(answer.path).sort());
  });

  it('runs without Node’s type stripping from CommonJS too', async () => {
    const files = {
      'task.cjs': 'const { square } = require("./math.ts"); module.exports = square;',
      'math.ts': 'import { power } from "./power"; export const square = (x: number) => power(x, 2);',
      'power.cts': 'enum Unused { A }\nexports.power = (x: number, n: number) => x ** n;',
    };
    const answer = await load(files, { execArgv: ['--no-strip-types'], program: await builtChild() });
    expect(answer.error).toBeUndefined();
    expect(values(answer)).toEqual([4, 9]);
  });

  it('throws at the right line and column where types were stripped', async () => {
    const answer = await load({
      'task.ts':
        'interface Row {\n  n: number;\n}\nexport default (x: number): Row => {\n  const y: number = x; throw new Error(String(y));\n};',
    });
    expect(answer.results[0]?.error?.stack).toContain('task.ts:5:30');
  });

  it('throws at the right line where enums, namespaces and parameter properties were rewritten', async () => {
    const answer = await load({
      'task.ts': [
        'enum Colour { Red = 1, Green }',
        'namespace Paint { export const colour = Colour.Green; }',
        'class Pot { constructor(readonly size: number) {} }',
        'import fs from "node:fs";',
        'export default (x: number) => {',
        '  if (x === 2) throw new Error("too small");',
        '  return [new Pot(x).size, Paint.colour, typeof fs.readFileSync];',
        '};',
      ]
        .join('\n')
        .replace('import fs from "node:fs";', 'import fs from "node:fs";'),
    });
    expect(answer.error).toBeUndefined();
    expect(answer.results[0]?.error?.stack).toMatch(/task\.ts:6:\d+/);
    expect(values(answer)[1]).toEqual([3, 2, 'function']);
  });
});

/** The child bundled to JavaScript, for a Node that cannot run our own source. */
async function builtChild(): Promise<string> {
  const { build } = await import('vite');
  const { fileURLToPath } = await import('node:url');
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const outDir = `${root}node_modules/.cache/poolboard-tests`;
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'src/workers/fixtures/load-child.ts',
      outDir,
      emptyOutDir: false,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'load-child.mjs' } },
    },
  });
  return `${outDir}/load-child.mjs`;
}
