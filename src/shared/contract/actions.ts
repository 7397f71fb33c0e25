import { z } from 'zod';
import type { InputSource } from '../inputs.ts';
import { call } from '../rpc.ts';
import type { TaskIndex, TaskState } from '../task.ts';
import { taskSelectionSchema } from '../views.ts';

const batch = z.int().positive();

/** Which tasks a selection holds now. */
export interface Touched {
  counts: Record<TaskState, number>;
  /** The first of them, in the order of the selection. Inputs are cut to a length that a row can show. */
  first: { index: TaskIndex; input: string; state: TaskState }[];
}

/** What an action will touch, and what a batch was made of. */
export const actions = {
  touched: call<Touched>()(
    z.object({ batch, tasks: z.union([taskSelectionSchema, z.enum(['unsuccessful', 'open'])]) }),
  ),
  /** All inputs of a batch, to submit it once more. Throws `TOO_MANY_INPUTS` where they are too many to be handed over. */
  inputs: call<InputSource>()(z.object({ batch })),
};
