import { chmodSync, mkdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ErrorInfo } from '../../shared/errors.ts';
import { folderOf, inChild } from '../fixtures/load-in-child.ts';

type Files = Record<string, string>;

/** The error of loading the first of these files, with its place as `name:line:column`. */
async function failureOf(files: Files, name?: string): Promise<ErrorInfo & { at: string }> {
  using folder = folderOf(files);
  const file = folder.path(Object.keys(files)[0]);
  const { error, printed } = await inChild({ definition: { kind: 'module', file, function: name } });
  expect(printed).toBe('');
  if (!error) throw new Error('It was loaded.');
  const { place } = error;
  const at = [place?.file.slice(folder.path().length + 1), place?.line, place?.column];
  return { ...error, at: at.filter((part) => part !== undefined).join(':') };
}

describe('a syntax error is told with its line and column', () => {
  it.each<[string, Files, at: string, message: string]>([
    [
      'in an ES module',
      { 'task.mjs': 'const a = 1;\nexport default () => ;\n' },
      'task.mjs:2:22',
      "task.mjs has a syntax error on line 2: Unexpected token ';'",
    ],
    [
      'in an ES module, .js',
      { 'task.js': 'import fs from "node:fs";\n\n  let a = ;' },
      'task.js:3:11',
      "task.js has a syntax error on line 3: Unexpected token ';'",
    ],
    [
      'in CommonJS',
      { 'task.cjs': 'const a = 1;\n\tconst b = = 2;' },
      'task.cjs:2:12',
      "task.cjs has a syntax error on line 2: Unexpected token '='",
    ],
    [
      'in CommonJS, .js',
      { 'task.js': 'module.exports = (x) => {\n  return x +;\n};' },
      'task.js:2:13',
      "task.js has a syntax error on line 2: Unexpected token ';'",
    ],
    [
      'in TypeScript',
      { 'task.ts': 'type A = number;\nexport default (x: number) => x +;' },
      'task.ts:2:34',
      'task.ts has a syntax error on line 2: Expression expected',
    ],
    [
      'that only V8 sees, in an ES module',
      { 'task.mjs': 'export default 1;\nlet a;\nlet a;' },
      'task.mjs:3:5',
      "task.mjs has a syntax error on line 3: Identifier 'a' has already been declared",
    ],
    [
      'that only V8 sees, in TypeScript',
      { 'task.ts': 'export default 1;\nlet a: number = 1;\nlet a: string = "";' },
      'task.ts:3:5',
      "task.ts has a syntax error on line 3: Identifier 'a' has already been declared",
    ],
    [
      'that only V8 sees, in TypeScript that is rewritten',
      {
        'task.ts':
          'enum E { A, B, C }\nenum F { A }\nexport default 1;\nlet a: number = 1;\nlet a: string = "";',
      },
      'task.ts:5:5',
      "task.ts has a syntax error on line 5: Identifier 'a' has already been declared",
    ],
    [
      'in an imported ES module',
      {
        'task.mjs': 'import "./fine.mjs";\nimport "./helper.mjs";\nexport default 1;',
        'fine.mjs': 'export const a = 1;',
        'helper.mjs': '\n\nlet b = ];',
      },
      'helper.mjs:3:9',
      "helper.mjs (which task.mjs imports) has a syntax error on line 3: Unexpected token ']'",
    ],
    [
      'in an imported TypeScript file',
      { 'task.ts': 'import "./helper.js";\nexport default 1;', 'helper.ts': '\nlet b: = 1;' },
      'helper.ts:2:8',
      'helper.ts (which task.ts imports) has a syntax error on line 2:',
    ],
    [
      'in a required file',
      { 'task.cjs': 'require("./helper");', 'helper.js': '\nlet b = ];' },
      'helper.js:2:9',
      "helper.js (which task.cjs imports) has a syntax error on line 2: Unexpected token ']'",
    ],
  ])('%s', async (_, files, at, message) => {
    const error = await failureOf(files);
    expect(error).toMatchObject({ code: 'TASK_FILE_SYNTAX', at });
    expect(error.message).toContain(message);
  });
});

describe('what a file needs and does not find is told with the line of the import', () => {
  it.each<[string, Files, code: string, at: string, message: string]>([
    [
      'a package',
      { 'task.mjs': 'import fs from "node:fs";\nimport x from "left-pad-of-nobody/sub";\nexport default 1;' },
      'MISSING_DEPENDENCY',
      'task.mjs:2:15',
      'task.mjs imports "left-pad-of-nobody/sub" on line 2, which is not installed: run "npm install left-pad-of-nobody" in ',
    ],
    [
      'a scoped package, in CommonJS',
      { 'task.cjs': '\n\nconst x = require("@nobody/nothing");' },
      'MISSING_DEPENDENCY',
      'task.cjs:3:19',
      'run "npm install @nobody/nothing" in ',
    ],
    [
      'a package, in TypeScript',
      {
        'task.ts':
          'import type { A } from "types-of-nobody";\nimport x from "left-pad-of-nobody";\nexport default 1;',
      },
      'MISSING_DEPENDENCY',
      'task.ts:2:15',
      '"left-pad-of-nobody" on line 2',
    ],
    [
      'a file',
      { 'task.mjs': 'import "./gone.js";\nexport default 1;' },
      'MISSING_FILE',
      'task.mjs:1:8',
      'task.mjs imports "./gone.js" on line 1, but there is no such file',
    ],
    [
      'a file of a helper',
      { 'task.ts': 'import "./helper";\nexport default 1;', 'helper.ts': '\nimport "./gone";' },
      'MISSING_FILE',
      'helper.ts:2:8',
      'helper.ts (which task.ts imports) imports "./gone" on line 2',
    ],
    [
      'a module of Node',
      { 'task.mjs': 'import "node:teleport";\nexport default 1;' },
      'MISSING_DEPENDENCY',
      'task.mjs:1:8',
      '"node:teleport" on line 1, which this Node.js does not have',
    ],
    [
      'an export',
      {
        'task.mjs': '\nimport { b } from "./helper.mjs";\nexport default b;',
        'helper.mjs': 'export const a = 1;',
      },
      'MISSING_EXPORT',
      'task.mjs:2:10',
      'task.mjs imports "b" from "./helper.mjs", which does not export it on line 2.',
    ],
    [
      'a default export',
      { 'task.ts': 'import b from "./helper";\nexport default b;', 'helper.mts': 'export const a = 1;' },
      'MISSING_EXPORT',
      'task.ts:1:8',
      'task.ts imports the default export of "./helper", which has none on line 1.',
    ],
    [
      'an export of CommonJS',
      {
        'task.mjs': '\nimport { b } from "./helper.cjs";\nexport default b;',
        'helper.cjs': 'exports.a = 1;',
      },
      'MISSING_EXPORT',
      'task.mjs:2:10',
      'task.mjs',
    ],
  ])('%s', async (_, files, code, at, message) => {
    const error = await failureOf(files);
    expect(error).toMatchObject({ code, at });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('\n');
  });
});

describe('a file that throws while it is loaded is told with the line', () => {
  it.each<[string, Files, at: string, message: string]>([
    [
      'an error',
      { 'task.mjs': 'export default 1;\n\n  throw new TypeError("boom");' },
      'task.mjs:3:9',
      'task.mjs threw while it was loaded on line 3: TypeError: boom',
    ],
    [
      'in TypeScript',
      { 'task.ts': 'interface A { a: number }\nconst a = null as unknown as A;\nexport default a.a;' },
      'task.ts:3:18',
      'task.ts threw while it was loaded on line 3: TypeError: Cannot read properties of null',
    ],
    [
      'in CommonJS of a helper',
      { 'task.cjs': 'require("./helper.cjs");', 'helper.cjs': '\nthrow new Error("boom");' },
      'helper.cjs:2:7',
      'helper.cjs (which task.cjs imports) threw while it was loaded on line 2: boom',
    ],
    [
      'a syntax error that is none of the file',
      { 'task.mjs': '\nexport default JSON.parse("{");' },
      'task.mjs:2:21',
      'task.mjs threw while it was loaded on line 2: Expected property name',
    ],
    [
      'no error at all',
      { 'task.mjs': 'throw "words";' },
      'task.mjs',
      'task.mjs threw while it was loaded: Not an Error was thrown: words',
    ],
    [
      'a rejected wait',
      { 'task.mjs': 'await Promise.reject(new Error("late"));' },
      'task.mjs:1:22',
      'task.mjs threw while it was loaded on line 1: late',
    ],
  ])('%s', async (_, files, at, message) => {
    const error = await failureOf(files);
    expect(error).toMatchObject({ code: 'TASK_FILE_THREW', at });
    expect(error.message).toContain(message);
    expect(error.cause?.name).toBeDefined();
  });
});

describe('exports', () => {
  it.each<[string, Files, name: string | undefined, code: string, message: string]>([
    [
      'no default export, others',
      {
        'task.mjs':
          'export const setup = () => {};\nexport function resize() {}\nexport const crop = () => {};',
      },
      undefined,
      'NO_DEFAULT_EXPORT',
      'task.mjs has no default export. It exports "crop", "resize": choose one of them as the function, or write "export default crop;".',
    ],
    [
      'no export at all',
      { 'task.ts': 'const x: number = 1;' },
      undefined,
      'NO_DEFAULT_EXPORT',
      'task.ts has no default export. Write "export default (input, ctx) => …"',
    ],
    [
      'no default export in CommonJS',
      { 'task.cjs': 'exports.resize = () => {};' },
      undefined,
      'NO_DEFAULT_EXPORT',
      'It exports "resize"',
    ],
    ['an empty file', { 'task.js': '' }, undefined, 'NO_DEFAULT_EXPORT', 'task.js has no default export'],
    [
      'no export of that name',
      { 'task.mjs': 'export const crop = () => {};' },
      'resize',
      'NO_SUCH_EXPORT',
      'task.mjs has no export "resize"; its functions are "crop".',
    ],
    [
      'a default export that is an object',
      { 'task.mjs': '\nexport default { run() {} };' },
      undefined,
      'NOT_A_FUNCTION',
      'The default export of task.mjs is an object, not a function.',
    ],
    [
      'an export that is a number',
      { 'task.mjs': 'export const n = 5;' },
      'n',
      'NOT_A_FUNCTION',
      'The export "n" of task.mjs is a number, not a function.',
    ],
    [
      'a default export that is a class',
      { 'task.mjs': 'export default class Task {}' },
      undefined,
      'NOT_A_FUNCTION',
      'is a class',
    ],
  ])('%s', async (_, files, name, code, message) => {
    const error = await failureOf(files, name);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.place?.file).toBeDefined();
  });

  it('tells the line of a default export that is no function', async () => {
    expect(await failureOf({ 'task.mjs': '\nexport default { run() {} };' })).toMatchObject({
      at: 'task.mjs:2',
    });
  });
});

describe('files that are none', () => {
  it('a missing file, a folder, another kind of file, JSX', async () => {
    using folder = folderOf({
      'notes.txt': 'hello',
      'page.tsx': 'export default <p/>;',
      'task.ts': 'import "./page.tsx";',
    });
    mkdirSync(folder.path('dir.js'));
    const codeOf = async (name: string) => {
      const { error } = await inChild({ definition: { kind: 'module', file: folder.path(name) } });
      return [error?.code, error?.message.replaceAll(folder.path(), '')];
    };
    expect(await codeOf('gone.ts')).toEqual(['TASK_FILE_MISSING', 'There is no task file /gone.ts.']);
    expect(await codeOf('dir.js')).toEqual([
      'TASK_FILE_KIND',
      '/dir.js is a folder: choose a function file in it.',
    ]);
    expect(await codeOf('notes.txt')).toEqual([
      'TASK_FILE_KIND',
      'notes.txt is not a JavaScript or TypeScript file: those end in .js .mjs .cjs .ts .mts .cts.',
    ]);
    const jsx = [
      'TASK_FILE_KIND',
      'page.tsx is a JSX file, which Poolboard does not run: use .ts, without JSX.',
    ];
    expect(await codeOf('page.tsx')).toEqual(jsx);
    expect(await codeOf('task.ts')).toEqual(jsx);
  });

  it.skipIf(process.getuid?.() === 0)('a file that cannot be read', async () => {
    using folder = folderOf({ 'task.mjs': 'export default 1;' });
    chmodSync(folder.path('task.mjs'), 0);
    const { error } = await inChild({ definition: { kind: 'module', file: folder.path('task.mjs') } });
    expect(error?.code).toBe('TASK_FILE_UNREADABLE');
  });
});

describe('setup, teardown, meta', () => {
  it('calls setup with the parameters before, and teardown after the tasks', async () => {
    using folder = folderOf({
      'task.mjs':
        'let base; export const setup = async ({ params }) => { base = await params.base; };\nexport default (x) => base + x;\nexport const teardown = ({ params }) => console.log("bye", params.base);',
    });
    const answer = await inChild({
      definition: { kind: 'module', file: folder.path('task.mjs') },
      params: { base: 10 },
      inputs: [1],
    });
    expect(answer.results).toEqual([{ value: 11 }]);
    expect(answer.printed).toBe('bye 10\n');
  });

  it('says that setup failed, and where', async () => {
    const error = await failureOf({
      'task.mjs':
        'export default () => 1;\nexport const setup = async () => {\n  throw new RangeError("no model");\n};',
    });
    expect(error).toMatchObject({
      code: 'SETUP_THREW',
      at: 'task.mjs:3:9',
      message: 'setup() of task.mjs failed: RangeError: no model',
    });
    expect(error.cause?.message).toBe('no model');
  });

  it('reads meta, its parameters in full and in short', async () => {
    const full = {
      type: 'object',
      properties: { width: { type: 'integer', minimum: 1, default: 800 } },
      required: ['width'],
    };
    const short =
      '{ width: 800, crop: false, name: "out", format: ["jpeg", "png"], mark: { type: "string", description: "Text" } }';
    const metaOf = async (params: string) => {
      using folder = folderOf({
        'task.mjs': `export default () => 1; export const meta = { summary: "Resizes.", concurrency: 8, takes: "file", params: ${params} };`,
      });
      return (await inChild({ definition: { kind: 'module', file: folder.path('task.mjs') } })).description;
    };
    expect(await metaOf(JSON.stringify(full))).toEqual({
      summary: 'Resizes.',
      concurrency: 8,
      takes: 'file',
      params: full,
    });
    expect((await metaOf(short))?.params).toEqual({
      type: 'object',
      properties: {
        width: { type: 'number', default: 800 },
        crop: { type: 'boolean', default: false },
        name: { type: 'string', default: 'out' },
        format: { type: 'string', enum: ['jpeg', 'png'], default: 'jpeg' },
        mark: { type: 'string', description: 'Text' },
      },
    });
  });

  it.each([
    ['{ concurrency: 0 }', 'task.mjs: meta.concurrency: '],
    ['{ takes: "cake" }', 'task.mjs: meta.takes: '],
    [
      '{ params: { type: "object", properties: { a: { type: "date" } } } }',
      'task.mjs: meta.params.properties.a.type: ',
    ],
    ['"resize"', 'task.mjs: meta: '],
  ])('refuses meta = %s', async (meta, message) => {
    const error = await failureOf({ 'task.mjs': `export default () => 1; export const meta = ${meta};` });
    expect(error).toMatchObject({ code: 'BAD_META' });
    expect(error.message).toContain(message);
  });
});
