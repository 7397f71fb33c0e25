import type { TaskIndex } from './task.ts';
import type { ChunkMessage, FromWorker, ResultsMessage, ToWorker } from './wire.ts';

/**
 * Task indices as they cross a process border. Those of a message are most often consecutive: then two numbers
 * stand for thousands, which would cost as much to copy as the inputs and results beside them.
 */
type PackedIndices = TaskIndex[] | { first: TaskIndex; count: number };
type WithIndices = ChunkMessage | ResultsMessage;

/** A message as it is sent; see {@link unpackMessage}. */
export function packMessage(message: ToWorker | FromWorker): unknown {
  if (!hasIndices(message)) return message;
  const { indices } = message;
  const first = indices[0];
  if (first === undefined || !areConsecutive(indices, first)) return message;
  return { ...message, indices: { first, count: indices.length } satisfies PackedIndices };
}

/** The message that {@link packMessage} packed. */
export function unpackMessage<Message extends ToWorker | FromWorker>(packed: unknown): Message {
  const message = packed as Message;
  if (!hasIndices(message)) return message;
  const indices = message.indices as PackedIndices;
  if (Array.isArray(indices)) return message;
  const { first, count } = indices;
  const all: TaskIndex[] = [];
  for (let index = first; index < first + count; index++) all.push(index);
  message.indices = all;
  return message;
}

/** A loop, for it looks at each task of a batch of millions. */
function areConsecutive(indices: readonly TaskIndex[], first: TaskIndex): boolean {
  for (let i = 0; i < indices.length; i++) if (indices[i] !== first + i) return false;
  return true;
}

function hasIndices(message: ToWorker | FromWorker): message is WithIndices {
  return message.type === 'chunk' || message.type === 'results';
}
