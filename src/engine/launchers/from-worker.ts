import { unpackMessage } from '../../shared/packed-indices.ts';
import type { FromWorker } from '../../shared/wire.ts';

const types: ReadonlySet<unknown> = new Set<FromWorker['type']>([
  'ready',
  'loaded',
  'load-failed',
  'stale',
  'results',
  'output',
  'progress',
  'running',
  'returned',
  'fence',
  'stats',
  'beat',
  'exit-called',
]);

/**
 * A message as a worker process has sent it; null where it is none of the worker's own. A task runs in that
 * process, and what it says by the same channel must not bring down the host.
 */
export function readFromWorker(packed: unknown): FromWorker | null {
  if (typeof packed !== 'object' || packed === null || !types.has((packed as { type?: unknown }).type))
    return null;
  const message = packed as FromWorker;
  switch (message.type) {
    case 'results':
      return hasColumns(message) ? unpackMessage(message) : null;
    case 'output':
      return Array.isArray(message.output) ? message : null;
    case 'running':
      return Array.isArray(message.indices) && Array.isArray(message.startedAt) ? message : null;
    case 'returned':
      return Array.isArray(message.chunks) ? message : null;
    default:
      return message;
  }
}

function hasColumns(message: Extract<FromWorker, { type: 'results' }>): boolean {
  const { indices, outcomes, values, startedAt, ms, output } = message;
  const isPacked = typeof (indices as { count?: unknown } | undefined)?.count === 'number';
  return (
    (Array.isArray(indices) || isPacked) &&
    outcomes instanceof Uint8Array &&
    (typeof values === 'string' || Array.isArray(values)) &&
    startedAt instanceof Float64Array &&
    ms instanceof Float64Array &&
    Array.isArray(output)
  );
}
