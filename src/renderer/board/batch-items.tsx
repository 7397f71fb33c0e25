import { MenuItem } from '../parts/menu.tsx';
import type { BatchAction } from './batch-actions.ts';

/** Actions as items of a menu. */
export function BatchItems({ actions }: { actions: readonly BatchAction[] }) {
  return actions.map(({ id, label, icon, key, run }) => (
    <MenuItem key={id} icon={icon} label={label} shortcut={key} onChoose={run} />
  ));
}
