/**
 * The environment that workers, and the programs that tasks start, are given: this process's own, less what is
 * meant for this process alone. A variable that Electron reads would turn a task's own Electron or Node into
 * something else. `utilityProcess` takes strings only, and inherits nothing where it is given any.
 */
export function workerEnv(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const cleaned: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !isPrivate(name)) cleaned[name] = value;
  }
  return cleaned;
}

const privateNames = new Set(['NODE_OPTIONS', 'NODE_CHANNEL_FD', 'NODE_CHANNEL_SERIALIZATION_MODE']);

function isPrivate(name: string): boolean {
  // Windows ignores the case of names.
  const upper = name.toUpperCase();
  return upper.startsWith('ELECTRON_') || privateNames.has(upper);
}
