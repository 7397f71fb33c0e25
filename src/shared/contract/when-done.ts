import { z } from 'zod';
import type { ErrorInfo } from '../errors.ts';
import { call, callWithout, event } from '../rpc.ts';

/** What can be done once the last batch has ended. `quit`: ends the host. */
export const whenDoneActions = ['nothing', 'notify', 'quit', 'sleep', 'shut-down'] as const;
export type WhenDoneAction = (typeof whenDoneActions)[number];

/** What was chosen, and how far it is. Kept for as long as the host runs, and the same in all its windows. */
export interface WhenDoneView {
  action: WhenDoneAction;
  /** Those that this host can do on this machine. */
  available: WhenDoneAction[];
  /** All batches have ended: the action is done this many milliseconds from now, if nobody stops it. */
  countdown: { action: WhenDoneAction; leftMs: number } | null;
}

/** What happens when all batches have ended: decided then, with a countdown that can be stopped. */
export const whenDone = {
  view: callWithout<WhenDoneView>(),
  /** Chooses the action; during a countdown it ends that. */
  choose: call<WhenDoneView>()(z.object({ action: z.enum(whenDoneActions) })),
  /** Stops the countdown: nothing is done, and nothing is chosen any more. */
  stop: callWithout<WhenDoneView>(),
  /** Does it without waiting for the end of the countdown. */
  now: callWithout<WhenDoneView>(),
  changed: event<WhenDoneView>(),
  /** All batches have ended and `notify` was chosen. */
  notify: event<{ batches: number; failed: number }>(),
  /** What was chosen could not be done. */
  failed: event<{ action: WhenDoneAction; error: ErrorInfo }>(),
};
