import { create } from 'zustand';
import type { HostInfo, Sample } from '../../shared/contract.ts';
import type { DefinitionDescription } from '../../shared/definition.ts';
import type { PoolView } from '../../shared/views.ts';

/** What the window knows of its host; null and empty before it was told. */
export const useHost = create<{
  info: HostInfo | null;
  pool: PoolView | null;
  builtins: DefinitionDescription[];
  samples: Sample[];
}>(() => ({ info: null, pool: null, builtins: [], samples: [] }));
