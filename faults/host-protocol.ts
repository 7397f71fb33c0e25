import type { BatchSpecInput } from '../src/shared/batch.ts';
import type { ErrorInfo } from '../src/shared/errors.ts';

/** What the host program is asked, and what it tells: a JSON line each. */
export type Command =
  | { do: 'submit'; spec: BatchSpecInput }
  | { do: 'cancel-task'; batch: number; index: number }
  | { do: 'resume' | 'retry' | 'pause' | 'cancel' | 'ended' | 'get' | 'running'; batch: number }
  | { do: 'pool' }
  | { do: 'pool-size'; size: number }
  | { do: 'close' };

/** A task that has ended, as it was told once it was on disk. */
export interface ToldRow {
  index: number;
  state: string;
  value: string | null;
  attempts: number;
}

export type HostEvent =
  | { event: 'open' }
  | { event: 'results'; rows: ToldRow[] }
  | { event: 'answer'; id: number; result?: unknown; error?: ErrorInfo };
