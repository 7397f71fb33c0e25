import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enumerate } from './enumerate.ts';
import { JsonSplitter } from './json-splitter.ts';
import { collect, makeTree } from './test-tree.ts';

async function rowsOf(content: string | Buffer, name: string) {
  const root = makeTree({ [name]: content });
  const { inputs, warnings } = await collect({ kind: 'rows', file: join(root, name) });
  return { inputs, warnings: warnings.map((sentence) => sentence.replace(`${root}/`, '')) };
}

describe('JSON lines', () => {
  it('are values of any kind, blank lines left out', async () => {
    const content = '\uFEFF{"a": 1}\r\n\n  [2, "x\\n"]  \nnull\n"last"';
    expect((await rowsOf(content, 'r.jsonl')).inputs).toEqual([{ a: 1 }, [2, 'x\n'], null, 'last']);
    expect((await rowsOf(gzipSync(content), 'r.ndjson.gz')).inputs).toHaveLength(4);
  });

  it('keep the digits of numbers that JavaScript cannot hold', async () => {
    const root = makeTree({ 'r.jsonl': '{"id":12345678901234567890}\n' });
    for await (const block of enumerate({ kind: 'rows', file: join(root, 'r.jsonl') }, { warn: () => {} })) {
      expect(block.inputs).toBe('{"id":12345678901234567890}');
    }
  });

  it('that are not JSON are passed over, with the line', async () => {
    const { inputs, warnings } = await rowsOf('{"a":1}\n{"a":\n{"a":3}\n', 'r.jsonl');
    expect(inputs).toEqual([{ a: 1 }, { a: 3 }]);
    expect(warnings).toEqual([expect.stringMatching(/^r\.jsonl, line 2: not JSON \(.*\); passed over\.$/)]);
  });

  it('are refused where none of the first is JSON', async () => {
    await expect(rowsOf('a\n'.repeat(50), 'r.jsonl')).rejects.toMatchObject({
      code: 'BAD_ROW',
      message: expect.stringContaining('r.jsonl, line 1: not JSON'),
    });
    await expect(rowsOf('nope', 'r.jsonl')).rejects.toMatchObject({ code: 'BAD_ROW' });
    await expect(rowsOf('\n', 'r.jsonl')).rejects.toMatchObject({ code: 'NO_INPUTS' });
  });
});

describe('a JSON array', () => {
  it('gives its elements, however it is laid out', async () => {
    const values = [{ a: [1, { b: ']},"\\' }] }, 'x,y', 1.5, null, [], {}, '[', true];
    for (const content of [
      JSON.stringify(values),
      JSON.stringify(values, null, 2),
      `\n ${JSON.stringify(values)} \n`,
    ]) {
      expect((await rowsOf(content, 'r.json')).inputs).toEqual(values);
    }
    expect((await rowsOf(gzipSync('[1]'), 'r.json.gz')).inputs).toEqual([1]);
  });

  it('gives the objects that stand one after another under its name', async () => {
    expect((await rowsOf('{"a":1}\n{"a":2}\n', 'r.json')).inputs).toEqual([{ a: 1 }, { a: 2 }]);
    expect((await rowsOf('{\n "a": 1\n}{"a":2}', 'r.json')).inputs).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it.each([
    ['{"rows":[1,2]}', 'NOT_ROWS', 'holds one object and no array of rows'],
    ['[]', 'NO_INPUTS', 'holds no rows'],
    ['[1,\n2', 'BAD_ROW', 'ends in the middle of its JSON, after 1 element: it was cut off'],
    ['[1,{"a":"', 'BAD_ROW', 'it was cut off'],
    ['[1,\n\n{"a" 2}]', 'BAD_ROW', 'the element that begins in line 3 is not JSON'],
    ['[1,]', 'BAD_ROW', 'line 1: not a JSON array of rows; a comma stands before the end of the array'],
    ['[,1]', 'BAD_ROW', 'an element is missing before a comma'],
    ['[1] 2', 'BAD_ROW', '"2" follows the end of the array'],
    ['[1}', 'BAD_ROW', 'a } closes what no { opened'],
    ['hello', 'BAD_ROW', 'it begins with neither [ nor {'],
  ])('%j says what is wrong with it', async (content, code, message) => {
    await expect(rowsOf(content, 'r.json')).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('is streamed: the first elements come before the last are written', async () => {
    const stdin = new PassThrough();
    const source = { kind: 'rows' as const, file: '-', format: 'json' as const };
    const blocks = enumerate(source, { warn: () => {}, stdin })[Symbol.asyncIterator]();
    stdin.write('[{"a":1},{"a":');
    expect((await blocks.next()).value?.inputs).toBe('{"a":1}');
    stdin.end('2}]');
    expect((await blocks.next()).value?.inputs).toBe('{"a":2}');
  });

  it('is cut into the same elements, however it comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 1 }),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(3),
        (values, size, indent) => {
          const text = JSON.stringify(values, null, indent);
          const splitter = new JsonSplitter('x');
          const elements = [];
          for (let i = 0; i < text.length; i += size)
            elements.push(...splitter.push(text.slice(i, i + size)));
          splitter.end();
          expect(elements.map((element) => JSON.parse(element.text))).toEqual(JSON.parse(text));
        },
      ),
    );
  });
});
