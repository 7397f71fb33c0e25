import type { IconName } from '../parts/icon.tsx';

/**
 * One thing that can be done now. Buttons, menus, keys and the palette show and do the same actions, so that none
 * offers what another does not.
 */
export interface Action {
  /** The same each time, for remembering what was used: `batch.pause`. */
  id: string;
  /** What it will do, and to how many: "Retry 37 failed". */
  label: string;
  icon?: IconName;
  /** The key that does it too. */
  key?: string;
  /** What else there is to say of it. */
  tip?: string;
  run: () => void;
}
