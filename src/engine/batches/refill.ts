import { PoolboardError } from '../../shared/errors.ts';
import type { FiniteSource, InputSource } from '../../shared/inputs.ts';
import { columnTexts } from '../../shared/json-column.ts';
import { enumerate } from '../inputs/enumerate.ts';
import type { StoredBatch } from '../store/store.ts';
import { type Filling, type FillTools, fillRange } from './fill.ts';
import { StoreSource } from './store-source.ts';
import { reopenWatch } from './watch-fill.ts';

/**
 * The filling of a batch that is in the store, whole or in part: its waiting tasks, and the inputs that were not
 * enumerated when its program ended.
 * @param inputs all of its inputs.
 * @param warn told of inputs that cannot be read any more.
 */
export function reopenInputs(
  batch: StoredBatch,
  inputs: InputSource,
  tools: FillTools,
  warn: (sentence: string) => void,
): Filling {
  if (inputs.kind === 'watch') return reopenWatch(batch, inputs, tools);
  return reopenFinite(batch, inputs, tools, warn);
}

function reopenFinite(
  batch: StoredBatch,
  inputs: FiniteSource,
  tools: FillTools,
  warn: (sentence: string) => void,
): Filling {
  const { store, patience, onError } = tools;
  const source = new StoreSource(store, patience, onError);
  let isStopped = false;
  let isLeft = false;
  return {
    source,
    async fill({ grew }) {
      source.open(batch.id);
      source.added(batch.total);
      if (!batch.enumerated) await fillRest(grew);
      if (isLeft) return false;
      source.complete();
      return true;
    },
    stop() {
      isStopped = true;
    },
    // The next input may be long in coming: it is not waited for.
    leave() {
      isLeft = true;
      return inputs.kind === 'range';
    },
  };

  async function fillRest(grew: (total: number) => void): Promise<void> {
    if (inputs.kind === 'range') {
      const there = await fillRange(inputs, tools, batch.id, batch.total, () => isLeft);
      grew(there);
      source.added(there);
    } else if (readsStandardInput(inputs)) {
      warn('Standard input ended with the program: the batch has the inputs that had been read by then.');
    } else {
      await enumerateRest(grew);
    }
  }

  /** Enumerates from the start, for there is no other way, and adds what comes after the inputs that are there. */
  async function enumerateRest(grew: (total: number) => void): Promise<void> {
    let at = 0;
    let total = batch.total;
    for await (const block of enumerate(inputs, tools.enumerating)) {
      if (isStopped || isLeft) return;
      const texts = columnTexts(block.inputs, block.count);
      const known = Math.min(texts.length, Math.max(0, batch.total - at));
      if (known > 0) await compare(at, texts.slice(0, known));
      const fresh = texts.slice(known);
      const from = at + known;
      if (fresh.length > 0) {
        await patience.until(() => store.addInputs(batch.id, from, fresh.join('\n'), fresh.length));
        total += fresh.length;
        grew(total);
        source.added(total);
      }
      at += texts.length;
    }
  }

  /** Inputs that are others than they were have no place among those that are there. */
  async function compare(first: number, texts: string[]): Promise<void> {
    const stored = await patience.until(() => store.readInputs(batch.id, first, texts.length));
    if (stored.inputs === texts.join('\n')) return;
    const known = columnTexts(stored.inputs, stored.indices.length);
    const different = texts.findIndex((text, i) => text !== known[i]);
    throw new PoolboardError(
      'INPUTS_CHANGED',
      `The inputs were changed since the batch started: input ${first + different} was ${known[different]} and is ${texts[different]} now. Run the rest as a new batch.`,
    );
  }
}

function readsStandardInput(inputs: InputSource): boolean {
  if (inputs.kind === 'rows') return inputs.file === '-';
  return 'sources' in inputs && inputs.sources.some(readsStandardInput);
}
