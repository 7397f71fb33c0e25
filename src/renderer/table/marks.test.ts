import { expect, test } from 'vitest';
import { countMarks, isMarked, markRange, mostMarks, noMarks, toggleMark } from './marks.ts';

const list = (marks: { indices: ReadonlySet<number> }) => [...marks.indices].sort((a, b) => a - b);

test('a task is added and taken out again; the first one joins the one that was selected', () => {
  const one = toggleMark(noMarks, { index: 7, position: 7 }, 3);
  expect(list(one)).toEqual([3, 7]);
  const two = toggleMark(one, { index: 9, position: 9 }, 7);
  expect(list(two)).toEqual([3, 7, 9]);
  expect(list(toggleMark(two, { index: 7, position: 7 }))).toEqual([3, 9]);
  expect(list(noMarks)).toEqual([]);
  expect(list(toggleMark(noMarks, { index: 7, position: 7 }, 7))).toEqual([7]);
});

test('a range runs both ways and is drawn anew from its anchor', () => {
  const at = (position: number) => position * 10;
  expect(list(markRange(4, 6, at).marks)).toEqual([40, 50, 60]);
  const { marks, left } = markRange(4, 3, at);
  expect(list(marks)).toEqual([30, 40]);
  expect([marks.anchor, left]).toEqual([4, 0]);
});

test('a range says how many of its tasks it could not take', () => {
  expect(markRange(0, 4, (position) => (position === 2 ? undefined : position)).left).toBe(1);
  const { marks, left } = markRange(0, mostMarks + 9, (position) => position);
  expect(marks.indices.size).toBe(mostMarks);
  expect(left).toBe(10);
});

test('all that match are as many as match, each of them', () => {
  const all = { ...noMarks, all: true };
  expect(countMarks(all, 3214)).toBe(3214);
  expect(isMarked(all, undefined)).toBe(true);
  expect(list(toggleMark(all, { index: 5, position: 2 }, 4))).toEqual([5]);
  expect(countMarks(noMarks, 3214)).toBe(0);
});
