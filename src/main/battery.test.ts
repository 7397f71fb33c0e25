import { powerMonitor } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BatteryOptions } from '../engine/machine/battery.ts';
import { followBattery } from './battery.ts';

vi.mock('electron', () => import('../../e2e/electron-double/system.ts'));
const { watchBattery } = vi.hoisted(() => ({
  watchBattery: vi.fn((_onChange: (onBattery: boolean) => void, _options: BatteryOptions) => () => {}),
}));
vi.mock('../engine/machine/battery.ts', () => ({ watchBattery }));

/** What Electron says from now on, without an event. */
const say = (onBattery: boolean) => Object.assign(powerMonitor, { onBatteryPower: onBattery });

beforeEach(() => {
  vi.useFakeTimers();
  say(false);
});
afterEach(() => {
  vi.useRealTimers();
  powerMonitor.removeAllListeners();
});

test('tells of each change once, whether an event or a look finds it', () => {
  const told: boolean[] = [];
  followBattery((onBattery) => told.push(onBattery), 'darwin');
  expect(told).toEqual([]);
  say(true);
  powerMonitor.emit('on-battery');
  powerMonitor.emit('on-battery');
  expect(told).toEqual([true]);
  say(false);
  powerMonitor.emit('on-ac');
  expect(told).toEqual([true, false]);
  say(true);
  vi.advanceTimersByTime(10_000);
  expect(told).toEqual([true, false, true]);
  vi.advanceTimersByTime(60_000);
  expect(told).toHaveLength(3);
});

test('tells at once where the app starts on the battery', () => {
  say(true);
  const told: boolean[] = [];
  followBattery((onBattery) => told.push(onBattery), 'win32');
  expect(told).toEqual([true]);
});

test('looks when the machine wakes', () => {
  const told: boolean[] = [];
  followBattery((onBattery) => told.push(onBattery), 'win32');
  say(true);
  powerMonitor.emit('resume');
  expect(told).toEqual([true]);
});

test('on Linux the engine looks, and Electron, which always says no, is not asked', () => {
  const ask = vi.spyOn(powerMonitor, 'isOnBatteryPower');
  const told: boolean[] = [];
  followBattery((onBattery) => told.push(onBattery), 'linux');
  const [onChange, options] = watchBattery.mock.calls[0]!;
  expect(options.platform).toBe('linux');
  onChange(true);
  onChange(false);
  expect(told).toEqual([true, false]);
  vi.advanceTimersByTime(20_000);
  expect(ask).not.toHaveBeenCalled();
  expect(powerMonitor.eventNames()).toEqual([]);
});
