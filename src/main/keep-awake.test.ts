import { powerSaveBlocker } from 'electron';
import { expect, test, vi } from 'vitest';
import { createKeepAwake } from './keep-awake.ts';

vi.mock('electron', () => import('../../e2e/electron-double/system.ts'));

test('holds one blocker while anything is busy, and lets go of it', () => {
  const start = vi.spyOn(powerSaveBlocker, 'start');
  const keepAwake = createKeepAwake();
  keepAwake(0);
  expect(start).not.toHaveBeenCalled();
  for (const busy of [1, 2, 1]) {
    keepAwake(busy);
    expect(powerSaveBlocker.isStarted(1)).toBe(true);
  }
  keepAwake(0);
  keepAwake(0);
  expect(powerSaveBlocker.isStarted(1)).toBe(false);
  keepAwake(1);
  expect(start.mock.calls).toEqual([['prevent-app-suspension'], ['prevent-app-suspension']]);
  expect(powerSaveBlocker.isStarted(2)).toBe(true);
});
