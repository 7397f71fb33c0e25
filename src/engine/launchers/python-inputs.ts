import { PoolboardError, toErrorInfo } from '../../shared/errors.ts';
import { toColumn } from '../../shared/json-column.ts';
import { outcomeCode } from '../../shared/task.ts';
import type { ChunkMessage, ResultsMessage } from '../../shared/wire.ts';

/**
 * A chunk of values as one of JSON texts. Values that have none (a function, a BigInt, a cycle) are left out,
 * and their tasks fail: `refusal` is the message that says so.
 */
export function asJson(
  chunk: ChunkMessage,
  values: readonly unknown[],
): { sendable: ChunkMessage; refusal?: ResultsMessage } {
  const indices: number[] = [];
  const texts: string[] = [];
  const refused: number[] = [];
  const errors: unknown[] = [];
  for (const [i, value] of values.entries()) {
    const index = chunk.indices[i]!;
    try {
      texts.push(toColumn([value]));
      indices.push(index);
    } catch (cause) {
      refused.push(index);
      const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
      errors.push(
        toErrorInfo(
          new PoolboardError('INPUT_NOT_SENDABLE', `The input cannot be sent to Python: ${why}`, { cause }),
        ),
      );
    }
  }
  const sendable = { ...chunk, indices, inputs: texts.join('\n') };
  return refused.length > 0 ? { sendable, refusal: refusalOf(chunk.job, refused, errors) } : { sendable };
}

function refusalOf(job: number, indices: number[], values: unknown[]): ResultsMessage {
  const count = indices.length;
  return {
    type: 'results',
    job,
    indices,
    outcomes: new Uint8Array(count).fill(outcomeCode('error')),
    values,
    startedAt: new Float64Array(count).fill(Date.now()),
    ms: new Float64Array(count),
    output: [],
  };
}
