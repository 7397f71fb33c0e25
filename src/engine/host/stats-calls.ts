import type { PoolboardContract } from '../../shared/contract.ts';
import type { Handlers } from '../../shared/rpc.ts';
import type { Engine } from '../api.ts';

/** What the timeline and the charts ask for. */
export function statsCalls({ stats }: Pick<Engine, 'stats'>): Handlers<PoolboardContract, undefined>['stats'] {
  return {
    timeline: (query) => stats.timeline(query),
    at: (query) => stats.at(query),
    charts: ({ batch }) => stats.charts(batch),
  };
}
