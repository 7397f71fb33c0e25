import { expect, test } from 'vitest';
import { type Look, Settling } from './settling.ts';

function setUp(settleMs = 100) {
  let time = 0;
  const settling = new Settling(settleMs, () => time);
  return {
    settling,
    at(moment: number, path: string, more: Partial<Look> = {}) {
      time = moment;
      return settling.isComplete({
        path,
        stamp: '1 1',
        identity: `id of ${path}`,
        isEmpty: false,
        wasPlaced: false,
        ...more,
      });
    },
    pass(moment: number) {
      time = moment;
    },
  };
}

test('a file is complete once it has stayed the same for the settle time', () => {
  const { settling, at, pass } = setUp();
  expect(at(0, '/a')).toBe(false);
  expect(settling.nextMs()).toBe(100);
  expect(at(60, '/a', { stamp: '2 2' })).toBe(false);
  pass(100);
  expect(settling.due()).toEqual([]);
  expect(at(120, '/a', { stamp: '2 2' })).toBe(false);
  pass(160);
  expect(settling.due()).toEqual(['/a']);
  expect(at(160, '/a', { stamp: '2 2' })).toBe(true);
  expect(settling.unsettled).toEqual([]);
  expect(settling.nextMs()).toBeNull();
});

test('a file that was renamed into place, or put there whole, is complete at once', () => {
  const { settling, at } = setUp();
  settling.temporary({ path: '/a.part', identity: '7' });
  settling.forget('/a.part');
  expect(at(0, '/a', { identity: '7' })).toBe(true);
  expect(at(0, '/b', { wasPlaced: true })).toBe(true);
  // The same file written to in place is one that changes.
  expect(at(10, '/a', { identity: '7', stamp: '2 2' })).toBe(false);
});

test('the place of a download is left alone until the download takes it', () => {
  const { settling, at } = setUp();
  settling.temporary({ path: '/in/a.Xa81zQ.zip.part', identity: '7' });
  expect(at(0, '/in/a.zip', { isEmpty: true })).toBe(false);
  expect(at(500, '/in/a.zip', { isEmpty: true })).toBe(false);
  expect(at(501, '/other/a.zip', { isEmpty: true })).toBe(false);
  expect(at(700, '/other/a.zip', { isEmpty: true })).toBe(true);
  settling.forget('/in/a.Xa81zQ.zip.part');
  expect(at(800, '/in/a.zip', { identity: '7' })).toBe(true);
});

test('what an aria2 download has written so far is no file', () => {
  const { settling, at } = setUp();
  settling.temporary({ path: '/d.iso.aria2', identity: '8' });
  expect(at(0, '/d.iso')).toBe(false);
  expect(at(1000, '/d.iso')).toBe(false);
  settling.forget('/d.iso.aria2');
  expect(at(1001, '/d.iso')).toBe(false);
  expect(at(1200, '/d.iso')).toBe(true);
});

test('a file that is gone is forgotten', () => {
  const { settling, at } = setUp();
  at(0, '/a');
  settling.forget('/a');
  expect(settling.nextMs()).toBeNull();
  expect(at(150, '/a')).toBe(false);
});
