import { expect, test, vi } from 'vitest';
import { createUnseen } from './unseen.ts';

const { setBadgeCount } = vi.hoisted(() => ({ setBadgeCount: vi.fn() }));
vi.mock('electron', () => ({ app: { setBadgeCount } }));

test('the icon counts what has ended, until somebody looks', () => {
  const unseen = createUnseen();
  unseen.seen();
  expect(setBadgeCount).not.toHaveBeenCalled();
  unseen.add();
  unseen.add();
  unseen.seen();
  unseen.seen();
  expect(setBadgeCount.mock.calls).toEqual([[1], [2], [0]]);
});
