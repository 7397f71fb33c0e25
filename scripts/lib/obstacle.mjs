/**
 * Why Electron cannot open a window here, as the first half of a sentence, or null where nothing is in the way.
 *
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, isRoot: boolean, hasElectron: boolean }} surroundings
 */
export function obstacleTo({ platform, env, isRoot, hasElectron }) {
  if (!hasElectron) return 'Electron is not installed';
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display';
  if (isRoot) return 'Electron does not run as root, for its sandbox would be off';
  return null;
}
