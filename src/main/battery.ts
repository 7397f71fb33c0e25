import { powerMonitor } from 'electron';
import { watchBattery } from '../engine/machine/battery.ts';

/** Milliseconds between two looks, beside the events: Electron promises `on-battery` for macOS only. */
const lookEachMs = 10_000;

/**
 * Tells whether the machine runs on its battery: of each change, of the first only where it is on its battery
 * at the start. Lasts as long as the app, and does not keep it from ending. Call it once the app is ready.
 *
 * On Linux Electron does not know, and always says no (electron/electron#29614): the engine looks itself.
 */
export function followBattery(
  onChange: (onBattery: boolean) => void,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === 'linux') {
    watchBattery(onChange, { platform });
    return;
  }
  let wasOnBattery = false;
  const tell = (onBattery: boolean) => {
    if (onBattery === wasOnBattery) return;
    wasOnBattery = onBattery;
    onChange(onBattery);
  };
  const look = () => tell(powerMonitor.isOnBatteryPower());
  powerMonitor.on('on-battery', () => tell(true));
  powerMonitor.on('on-ac', () => tell(false));
  // Chargers are unplugged while the lid is closed.
  powerMonitor.on('resume', look);
  setInterval(look, lookEachMs).unref();
  look();
}
