import { join } from 'node:path';
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { previewInputs } from './preview.ts';
import { collect, makeTree } from './test-tree.ts';

const compressors = { GZIP: gzipSync, ZSTD: zstdCompressSync, BROTLI: brotliCompressSync };

function parquet(
  columnData: ColumnSource[],
  more: Partial<Parameters<typeof parquetWriteBuffer>[0]> = {},
): Buffer {
  return Buffer.from(parquetWriteBuffer({ columnData, ...more }));
}

async function rowsOf(content: Buffer, name = 'table.parquet') {
  const root = makeTree({ [name]: content });
  return (await collect({ kind: 'rows', file: join(root, name) })).inputs;
}

describe('the rows of a Parquet file', () => {
  it('are objects by column name, with values that JSON holds', async () => {
    const content = parquet([
      { name: 'id', data: [1n, 2n ** 60n], type: 'INT64' },
      { name: 'name', data: ['café', null], type: 'STRING' },
      { name: 'at', data: [new Date('2024-02-29T12:00:00.250Z'), new Date(-1)], type: 'TIMESTAMP' },
      { name: 'raw', data: [new Uint8Array([0, 255]), new Uint8Array()], type: 'BYTE_ARRAY' },
      { name: 'nested', data: [{ a: [1, 2n] }, []], type: 'JSON' },
    ]);
    expect(await rowsOf(content)).toMatchObject([
      { id: 1, name: 'café', at: '2024-02-29T12:00:00.250Z', nested: { a: [1, 2] } },
      { id: '1152921504606846976', name: null, at: '1969-12-31T23:59:59.999Z', nested: [] },
    ]);
  });

  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'ZSTD', 'BROTLI'] as const)(
    'may be packed with %s',
    async (codec) => {
      const data = Array.from({ length: 500 }, (_, i) => `row ${i % 7}`);
      const content = parquet([{ name: 'a', data }], { codec, compressors });
      expect(await rowsOf(content)).toEqual(data.map((a) => ({ a })));
    },
  );

  it('are all there, in order, over several row groups and gzipped as a whole', async () => {
    const data = Array.from({ length: 12_345 }, (_, i) => i);
    const content = gzipSync(parquet([{ name: 'i', data, type: 'INT32' }], { rowGroupSize: 5000 }));
    expect(await rowsOf(content, 't.parquet.gz')).toEqual(data.map((i) => ({ i })));
  });

  it('have their columns shown in a preview', async () => {
    const root = makeTree({ 't.parquet': parquet([{ name: 'x', data: [1.5] }]) });
    expect(await previewInputs({ kind: 'rows', file: join(root, 't.parquet') })).toMatchObject({
      count: 1,
      columns: ['x'],
      first: [{ x: 1.5 }],
    });
  });

  it('say what is wrong where there are none', async () => {
    const content = parquet([{ name: 'a', data: Array.from({ length: 1000 }, (_, i) => i) }]);
    const damaged = Buffer.from(content).fill(0xff, 4, 400);
    for (const bad of [content.subarray(0, 500), damaged, Buffer.from('a,b\n1,2\n'), Buffer.alloc(0)]) {
      await expect(rowsOf(bad)).rejects.toMatchObject({
        code: 'BAD_PARQUET',
        message: expect.stringContaining('table.parquet is no Parquet file that can be read, or was cut off'),
      });
    }
    await expect(rowsOf(parquet([{ name: 'a', data: [], type: 'INT32' }]))).rejects.toMatchObject({
      code: 'NO_INPUTS',
    });
  });
});
