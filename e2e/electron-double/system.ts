import { EventEmitter } from 'node:events';
import { strict } from './strict.ts';

const bounds = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, bounds, workArea: bounds, size: { width: 1920, height: 1080 }, scaleFactor: 1 };

/** One display of 1920 x 1080. */
export const screen = strict('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
});

class NativeTheme extends EventEmitter {
  shouldUseDarkColors = false;
  themeSource: 'system' | 'light' | 'dark' = 'system';
}
export const nativeTheme = strict('nativeTheme', new NativeTheme());

const blockers = new Map<number, string>();
let lastBlocker = 0;
export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    blockers.set(++lastBlocker, type);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
});

/** On mains, and on Linux always: a test says otherwise, and emits what a change would. */
class PowerMonitor extends EventEmitter {
  onBatteryPower = false;
  isOnBatteryPower(): boolean {
    return this.onBatteryPower;
  }
}
export const powerMonitor = strict('powerMonitor', new PowerMonitor());

/** Opens nothing: what a test did not expect must not start programs on the machine. */
export const shell = strict('shell', {});
