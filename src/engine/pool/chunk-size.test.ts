import { describe, expect, it } from 'vitest';
import { type ChunkSizeView, chunkSize, sendsAhead } from './chunk-size.ts';

const view = (change: Partial<ChunkSizeView>): ChunkSizeView => ({
  setting: 'auto',
  taskMs: 1,
  lastSize: 10_000,
  waiting: 1_000_000,
  workers: 2,
  ...change,
});

describe('chunkSize', () => {
  it('sends one task until a task has been measured', () => {
    expect(chunkSize(view({ taskMs: null }))).toBe(1);
  });

  it('sends one long task, fifty of a millisecond, thousands of a microsecond', () => {
    expect(chunkSize(view({ taskMs: 300 }))).toBe(1);
    expect(chunkSize(view({ taskMs: 1 }))).toBe(49);
    expect(chunkSize(view({ taskMs: 0.001 }))).toBe(4096);
  });

  it('grows by a factor of eight at most', () => {
    expect(chunkSize(view({ taskMs: 0.001, lastSize: 1 }))).toBe(8);
    expect(chunkSize(view({ taskMs: 0.001, lastSize: 8 }))).toBe(64);
  });

  it('shrinks near the end, so that the workers end together', () => {
    const sizes = [];
    for (let waiting = 100; waiting > 0; waiting -= sizes.at(-1)!) {
      sizes.push(chunkSize(view({ taskMs: 0.001, waiting })));
    }
    expect(sizes[0]).toBe(25);
    expect(sizes.at(-1)).toBe(1);
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
  });

  it('takes a number as it is, but for what there is', () => {
    expect(chunkSize(view({ setting: 500, taskMs: null }))).toBe(500);
    expect(chunkSize(view({ setting: 500, waiting: 3 }))).toBe(3);
  });
});

describe('sendsAhead', () => {
  it('sends ahead where tasks are short, and never before that is known', () => {
    expect(sendsAhead(null, 'auto')).toBe(false);
    expect(sendsAhead(0.5, 'auto')).toBe(true);
    expect(sendsAhead(5000, 'auto')).toBe(false);
  });
});
