import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Milliseconds between two looks. */
const lookEachMs = 10_000;

export interface BatteryOptions {
  platform?: NodeJS.Platform;
  /** Linux: where the kernel shows power supplies. */
  suppliesFolder?: string;
  lookEachMs?: number;
}

/** What a machine runs on; `no battery`: one that has none, so that there is nothing to watch. */
export type PowerSource = 'battery' | 'mains' | 'no battery';

/**
 * Watches whether this machine runs on its battery, for hosts that are plain Node: on Linux and macOS, each ten
 * seconds; elsewhere never. Does not keep the program running.
 * @param onChange told of each change, of the first only where the machine is on its battery at the start.
 * @returns ends it: nothing is told after that.
 */
export function watchBattery(
  onChange: (onBattery: boolean) => void,
  options: BatteryOptions = {},
): () => void {
  let isWatching = true;
  let wasOnBattery = false;
  let timer: NodeJS.Timeout | undefined;

  const look = async (isFirst: boolean): Promise<void> => {
    const source = await readPowerSource(options);
    if (!isWatching || (isFirst && source === 'no battery')) return;
    timer = setTimeout(() => void look(false), options.lookEachMs ?? lookEachMs);
    timer.unref();
    const isOnBattery = source === 'battery';
    if (isOnBattery === wasOnBattery) return;
    wasOnBattery = isOnBattery;
    onChange(isOnBattery);
  };
  void look(true);
  return () => {
    isWatching = false;
    clearTimeout(timer);
  };
}

/** What the machine runs on now; `no battery` where that cannot be told. Never throws. */
export async function readPowerSource(options: BatteryOptions = {}): Promise<PowerSource> {
  const platform = options.platform ?? process.platform;
  try {
    if (platform === 'linux') return await fromSupplies(options.suppliesFolder ?? '/sys/class/power_supply');
    if (platform !== 'darwin') return 'no battery';
    const { stdout } = await promisify(execFile)('/usr/bin/pmset', ['-g', 'batt'], { timeout: 5000 });
    return fromPmset(stdout);
  } catch {
    return 'no battery';
  }
}

/** From `pmset -g batt`: `Now drawing from 'Battery Power'`, then a line for each battery. */
export function fromPmset(text: string): PowerSource {
  if (text.includes("'Battery Power'")) return 'battery';
  return text.includes('InternalBattery') ? 'mains' : 'no battery';
}

/**
 * The folder has one folder for each supply: chargers (type `Mains`, or `USB` for those that deliver power over
 * it) with `online`, batteries with `status`. The battery of a mouse has the scope `Device` and is none of ours.
 */
async function fromSupplies(folder: string): Promise<PowerSource> {
  const names = await readdir(folder);
  const supplies = await Promise.all(names.map((name) => readSupply(join(folder, name))));
  const batteries = supplies.filter(({ type, scope }) => type === 'Battery' && scope !== 'Device');
  if (batteries.length === 0) return 'no battery';
  const chargers = supplies.filter(({ type, scope }) => /^(Mains|USB)/.test(type) && scope !== 'Device');
  if (chargers.some(({ online }) => online !== '' && online !== '0')) return 'mains';
  if (batteries.some(({ status }) => status === 'Discharging')) return 'battery';
  // A battery that is full, or tells nothing, feeds a machine whose charger is there and off.
  const isCharging = batteries.some(({ status }) => status === 'Charging');
  return !isCharging && chargers.some(({ type, online }) => type === 'Mains' && online === '0')
    ? 'battery'
    : 'mains';
}

async function readSupply(folder: string) {
  const read = (name: string) =>
    readFile(join(folder, name), 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
  const [type, scope, online, status] = await Promise.all(['type', 'scope', 'online', 'status'].map(read));
  return { type: type!, scope: scope!, online: online!, status: status! };
}
