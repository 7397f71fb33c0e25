import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isOnBatteryIn, watchBattery } from './battery.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolboard-power-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  vi.useRealTimers();
});

function supply(name: string, fields: Record<string, string>): void {
  mkdirSync(join(folder, name));
  for (const [field, text] of Object.entries(fields)) writeFileSync(join(folder, name, field), `${text}\n`);
}

test('a battery that discharges, with the mains away, is what the machine runs on', async () => {
  supply('AC', { type: 'Mains', online: '0' });
  supply('BAT0', { type: 'Battery', status: 'Discharging' });
  expect(await isOnBatteryIn(folder)).toBe(true);
});

test.each([
  ['charges', 'Charging', '1'],
  ['discharges while the mains give power', 'Discharging', '1'],
  ['is full', 'Full', '0'],
])('a battery that %s is not', async (_what, status, online) => {
  supply('AC', { type: 'Mains', online });
  supply('BAT0', { type: 'Battery', status });
  expect(await isOnBatteryIn(folder)).toBe(false);
});

test("a mouse's battery is not the machine's", async () => {
  supply('mouse', { type: 'Battery', scope: 'Device', status: 'Discharging' });
  expect(await isOnBatteryIn(folder)).toBe(false);
});

test('a machine without supplies is not on battery', async () => {
  expect(await isOnBatteryIn(join(folder, 'nothing'))).toBe(false);
});

test('the engine is told of each change, once, until it is stopped', async () => {
  vi.useFakeTimers();
  const told: boolean[] = [];
  let onBattery = false;
  const watch = watchBattery({ setOnBattery: (is) => told.push(is) }, async () => onBattery);
  const later = () => vi.advanceTimersByTimeAsync(20_000);
  await later();
  expect(told).toEqual([]);
  onBattery = true;
  await later();
  await later();
  onBattery = false;
  await later();
  expect(told).toEqual([true, false]);
  watch.stop();
  onBattery = true;
  await later();
  expect(told).toEqual([true, false]);
});
