import { z } from 'zod';
import { type BatchSummary, priorities } from '../batch.ts';
import { call } from '../rpc.ts';

const batch = z.int().positive();

/** Which batches run first: the order of those that wait for their turn, and who gets workers before others. */
export const queue = {
  /** Puts a queued batch before another one; null: behind all. */
  move: call<void>()(z.object({ batch, before: batch.nullable() })),
  /** Lets a queued batch start although others still run. */
  startNow: call<BatchSummary>()(z.object({ batch })),
  /** Of a batch that runs or waits: those of a higher priority get workers first. */
  setPriority: call<BatchSummary>()(z.object({ batch, priority: z.enum(priorities) })),
};
