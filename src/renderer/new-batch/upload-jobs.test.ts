import { expect, test } from 'vitest';
import { encodePath, type LooseFile, packOf, uploadJobs } from './upload-jobs.ts';

const file = (path: string, text: string): LooseFile => ({ path, file: new File([text], path) });
const sized = (path: string, size: number): LooseFile => ({ path, file: { size } as File });

test('small files go together, large ones alone', () => {
  const jobs = uploadJobs([sized('a', 10), sized('film', 900_000_000), sized('b', 20)]);
  expect(jobs.map(({ files }) => files.map(({ path }) => path))).toEqual([['a', 'b'], ['film']]);
  expect(jobs[0]!.bytes).toBe(30);
});

test('a pack is bounded in files and in bytes, and no file is lost', () => {
  const many = Array.from({ length: 1001 }, (_, i) => sized(`f${i}`, 1));
  const heavy = Array.from({ length: 100 }, (_, i) => sized(`h${i}`, 400_000));
  const jobs = uploadJobs([...many, ...heavy]);
  expect(jobs.every(({ files, bytes }) => files.length <= 200 && bytes <= 8_000_000)).toBe(true);
  expect(jobs.flatMap(({ files }) => files)).toHaveLength(1101);
});

test('a pack is the length of its head, its head, and the files', async () => {
  const pack = packOf([file('a b/é.txt', 'one'), file('c', '')]);
  const bytes = await pack.arrayBuffer();
  const end = 4 + new DataView(bytes).getUint32(0);
  const text = (from: number, to?: number) => new TextDecoder().decode(bytes.slice(from, to));
  expect(JSON.parse(text(4, end))).toEqual([
    { path: 'a%20b/%C3%A9.txt', bytes: 3 },
    { path: 'c', bytes: 0 },
  ]);
  expect(text(end)).toBe('one');
});

test('each part of a path is encoded, and its slashes are kept', () => {
  expect(encodePath('a#b/50%/ü ?.txt')).toBe('a%23b/50%25/%C3%BC%20%3F.txt');
});
