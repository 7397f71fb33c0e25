import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewInputs } from './preview.ts';
import { makeTree } from './test-tree.ts';

describe('a preview', () => {
  it('counts files and their bytes and shows the first three', async () => {
    const root = makeTree({ a: '1', b: '22', c: '333', d: '4444' });
    expect(await previewInputs({ kind: 'files', paths: ['.'] }, { cwd: root })).toEqual({
      count: 4,
      complete: true,
      bytes: 10,
      first: ['a', 'b', 'c'].map((name) => join(root, name)),
      warnings: [],
    });
  });

  it('knows the length of a range and of a list without going through them', async () => {
    const range = { kind: 'range' as const, from: 0, to: 1e15, step: 1 };
    expect(await previewInputs(range)).toMatchObject({
      count: 1e15,
      complete: true,
      bytes: null,
      first: [0, 1, 2],
    });
    expect(await previewInputs({ kind: 'list', values: ['a'] })).toMatchObject({ count: 1, complete: true });
  });

  it('stops counting when its time is up, and says that there are more', async () => {
    const root = makeTree(Array.from({ length: 3000 }, (_, i) => `${i % 50}/${i}`));
    const preview = await previewInputs({ kind: 'files', paths: [root] }, { budgetMs: 1 });
    expect(preview.complete).toBe(false);
    expect(preview.count).toBeLessThan(3000);
  });

  it('multiplies the counts of sources that are combined, and takes the least of those in step', async () => {
    const sources = [
      { kind: 'range' as const, from: 0, to: 1e6, step: 1 },
      { kind: 'list' as const, values: ['a', 'b'] },
    ];
    expect(await previewInputs({ kind: 'product', sources })).toMatchObject({
      count: 2e6,
      complete: true,
      first: [
        [0, 'a'],
        [0, 'b'],
        [1, 'a'],
      ],
    });
    expect(await previewInputs({ kind: 'zip', sources })).toMatchObject({ count: 2, complete: true });
  });

  it('throws what enumerating would throw', async () => {
    await expect(previewInputs({ kind: 'files', paths: ['/nowhere'] })).rejects.toMatchObject({
      code: 'NO_SUCH_PATH',
    });
    await expect(previewInputs({ kind: 'rows', file: '-' })).rejects.toMatchObject({ code: 'NO_PREVIEW' });
  });

  it('ends when its caller aborts', async () => {
    const signal = AbortSignal.abort(new Error('closed'));
    await expect(previewInputs({ kind: 'files', paths: ['/'] }, { signal })).rejects.toThrow('closed');
  });
});
