import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Engine } from '../engine/api.ts';

const everyMs = 15_000;
/** Of Linux; see its Documentation/ABI/testing/sysfs-class-power. */
const supplies = '/sys/class/power_supply';

/** Tells the engine whether this machine runs on its battery, now and whenever that changes. */
export function watchBattery(
  engine: Pick<Engine, 'setOnBattery'>,
  read: () => Promise<boolean> = isOnBattery,
): { stop(): void } {
  let told = false;
  let stopped = false;
  const look = async () => {
    const now = await read().catch(() => false);
    if (now === told || stopped) return;
    told = now;
    engine.setOnBattery(now);
  };
  void look();
  const timer = setInterval(look, everyMs).unref();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

/** False also where that cannot be known: on Windows, and on machines without a battery. */
async function isOnBattery(): Promise<boolean> {
  if (process.platform === 'linux') return isOnBatteryIn(supplies);
  if (process.platform !== 'darwin') return false;
  const { stdout } = await promisify(execFile)('pmset', ['-g', 'batt']);
  return stdout.includes("'Battery Power'");
}

/** As Linux tells it, by a folder for each supply: a battery discharges, and nothing else gives power. */
export async function isOnBatteryIn(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const all = await Promise.all(
    names.map(async (name) => {
      const field = (file: string) =>
        readFile(join(folder, name, file), 'utf8').then(
          (text) => text.trim(),
          () => '',
        );
      const [type, scope, status, online] = await Promise.all(
        ['type', 'scope', 'status', 'online'].map(field),
      );
      return { type, scope, status, online };
    }),
  );
  // Mice and keyboards have batteries too, of scope Device.
  const own = all.filter(({ scope }) => scope !== 'Device');
  if (own.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return own.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}
