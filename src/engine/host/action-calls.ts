import type { PoolboardContract } from '../../shared/contract.ts';
import type { Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';

type Calls = Handlers<PoolboardContract, undefined>;

/** Answers what has to do with batches as a whole: their order, their likes, and what an action would touch. */
export function actionCalls(engine: Engine): Pick<Calls, 'actions' | 'queue' | 'compare' | 'presets'> {
  const { actions, queue, compare, presets } = engine;
  return {
    actions: {
      touched: ({ batch, tasks }) => actions.touched(batch, tasks),
      inputs: ({ batch }) => actions.inputs(batch),
    },
    queue: {
      move: ({ batch, before }) => queue.move(batch, before),
      startNow: ({ batch }) => queue.startNow(batch),
      setPriority: ({ batch, priority }) => queue.setPriority(batch, priority),
    },
    compare: {
      open: ({ before, after, threshold }) => compare.open(before, after, threshold),
      rows: ({ from, count, ...query }) => compare.rows(query, from, count),
    },
    presets: {
      list: () => presets.list(),
      save: (preset) => presets.save(preset),
      rename: ({ name, to }) => presets.rename(name, to),
      delete: ({ name }) => presets.delete(name),
      share: ({ names }) => presets.share(names),
      import: ({ file, text }) => presets.import(file, text),
    },
  };
}
