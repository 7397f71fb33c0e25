import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createClosing } from './closing.ts';

function setUp({ running = 0, isUnderway = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'poolboard-closing-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const steps = {
    quitting: { hold: vi.fn(), isUnderway },
    countRunning: () => running,
    hide: vi.fn(),
    tell: vi.fn(),
    toldFile: join(folder, 'told'),
  };
  const preventDefault = vi.fn();
  return { steps, preventDefault, close: () => createClosing(steps)({ preventDefault }) };
}

test('with nothing running, closing the window is quitting', () => {
  const { close, steps } = setUp();
  close();
  expect(steps.quitting.hold).toHaveBeenCalledTimes(1);
  expect(steps.hide).not.toHaveBeenCalled();
});

test('while batches run the window goes and the app stays, which is said once', () => {
  const { close, steps, preventDefault } = setUp({ running: 1 });
  close();
  expect(preventDefault).toHaveBeenCalledTimes(1);
  expect(steps.quitting.hold).not.toHaveBeenCalled();
  close();
  expect(steps.hide).toHaveBeenCalledTimes(2);
  expect(steps.tell).toHaveBeenCalledTimes(1);
});

test('once somebody has asked to quit, the window is closed by that', () => {
  const { close, steps } = setUp({ running: 1, isUnderway: true });
  close();
  expect(steps.quitting.hold).toHaveBeenCalledTimes(1);
  expect(steps.hide).not.toHaveBeenCalled();
});
