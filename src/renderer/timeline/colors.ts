import type { LaneKind } from '../../shared/contract/stats.ts';
import type { Tokens } from './use-tokens.ts';

/** The colours of the canvas: tokens, as the theme has them. */
export interface Colors {
  kinds: Record<LaneKind, string>;
  failed: string;
  retrying: string;
  lane: string;
  line: string;
  lineStrong: string;
  ink: string;
  ink2: string;
  surface: string;
  accent: string;
  font: string;
}

export function colorsOf(token: Tokens): Colors {
  return {
    kinds: {
      succeeded: token('--succeeded-fill'),
      failed: token('--failed-fill'),
      retried: token('--retrying-fill'),
      canceled: token('--canceled-fill'),
      running: token('--running-fill'),
    },
    failed: token('--failed'),
    retrying: token('--retrying'),
    lane: token('--sunken'),
    line: token('--line'),
    lineStrong: token('--line-strong'),
    ink: token('--ink'),
    ink2: token('--ink-2'),
    surface: token('--surface'),
    accent: token('--accent'),
    font: `12px ${token('--font')}`,
  };
}
