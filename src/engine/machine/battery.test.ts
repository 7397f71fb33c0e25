import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromPmset, readPowerSource, watchBattery } from './battery.ts';

let suppliesFolder: string;
beforeEach(() => {
  suppliesFolder = mkdtempSync(join(tmpdir(), 'poolboard-battery-'));
});
afterEach(() => rmSync(suppliesFolder, { recursive: true }));

/** A power supply as the kernel shows it. */
function supply(name: string, files: Record<string, string>): void {
  mkdirSync(join(suppliesFolder, name), { recursive: true });
  for (const [file, text] of Object.entries(files)) {
    writeFileSync(join(suppliesFolder, name, file), `${text}\n`);
  }
}
const charger = (online: 0 | 1) => supply('AC', { type: 'Mains', online: String(online) });
const battery = (status: string, name = 'BAT0') => supply(name, { type: 'Battery', status });
const source = () => readPowerSource({ platform: 'linux', suppliesFolder });

describe('what a machine with Linux runs on', () => {
  test('nothing to tell without a battery, or where the kernel shows nothing', async () => {
    expect(await source()).toBe('no battery');
    charger(1);
    expect(await source()).toBe('no battery');
    expect(await readPowerSource({ platform: 'linux', suppliesFolder: join(suppliesFolder, 'none') })).toBe(
      'no battery',
    );
  });

  test('its battery, once the charger is off', async () => {
    charger(1);
    battery('Charging');
    expect(await source()).toBe('mains');
    charger(0);
    battery('Discharging');
    expect(await source()).toBe('battery');
    battery('Unknown');
    expect(await source()).toBe('battery');
  });

  test('a charger though a battery is drawn on beside it: it delivers less than the machine takes', async () => {
    charger(1);
    battery('Discharging');
    expect(await source()).toBe('mains');
  });

  test('one of several chargers, of several batteries', async () => {
    charger(0);
    supply('ucsi-1', { type: 'USB', online: '1' });
    battery('Full');
    battery('Charging', 'BAT1');
    expect(await source()).toBe('mains');
    supply('ucsi-1', { type: 'USB', online: '0' });
    battery('Discharging', 'BAT1');
    expect(await source()).toBe('battery');
  });

  test('a machine that shows no charger says it by its battery', async () => {
    battery('Full');
    expect(await source()).toBe('mains');
    battery('Discharging');
    expect(await source()).toBe('battery');
  });

  test('the battery of a mouse is not the machine’s', async () => {
    supply('mouse', { type: 'Battery', scope: 'Device', status: 'Discharging' });
    expect(await source()).toBe('no battery');
  });
});

test('reads what macOS says', () => {
  const batteryLine = ' -InternalBattery-0 (id=1)\t62%; discharging; 4:10 remaining present: true\n';
  expect(fromPmset(`Now drawing from 'Battery Power'\n${batteryLine}`)).toBe('battery');
  expect(fromPmset(`Now drawing from 'AC Power'\n${batteryLine}`)).toBe('mains');
  expect(fromPmset("Now drawing from 'AC Power'\n")).toBe('no battery');
});

test('Windows is never on its battery here', async () => {
  expect(await readPowerSource({ platform: 'win32' })).toBe('no battery');
});

test('tells of each change once, the first where it starts on its battery, and nothing after its end', async () => {
  charger(0);
  battery('Discharging');
  const told: boolean[] = [];
  let heard = Promise.withResolvers<boolean>();
  const stop = watchBattery(
    (onBattery) => {
      told.push(onBattery);
      heard.resolve(onBattery);
    },
    { platform: 'linux', suppliesFolder, lookEachMs: 2 },
  );
  expect(await heard.promise).toBe(true);
  heard = Promise.withResolvers();
  charger(1);
  expect(await heard.promise).toBe(false);
  heard = Promise.withResolvers();
  charger(0);
  expect(await heard.promise).toBe(true);
  stop();
  // What another watcher sees twice, this one would have seen.
  const seen: boolean[] = [];
  const both = Promise.withResolvers<void>();
  const stopOther = watchBattery(
    (onBattery) => {
      seen.push(onBattery);
      if (onBattery) charger(1);
      else both.resolve();
    },
    { platform: 'linux', suppliesFolder, lookEachMs: 2 },
  );
  await both.promise;
  stopOther();
  expect(seen).toEqual([true, false]);
  expect(told).toEqual([true, false, true]);
});
