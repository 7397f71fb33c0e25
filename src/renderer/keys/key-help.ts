import type { PlainKey } from '../words/t.ts';

/** One row of the list that `?` opens. */
export interface KeyLine {
  /** Any of these; with Ctrl it is Cmd on a Mac. */
  keys: readonly string[];
  does: PlainKey;
}

/** What the keys do, in groups. */
export const keyHelp: readonly { title: PlainKey; lines: readonly KeyLine[] }[] = [
  {
    title: 'keys.group.window',
    lines: [
      { keys: ['Ctrl K'], does: 'keys.palette' },
      { keys: ['N'], does: 'keys.new' },
      { keys: ['Ctrl Enter'], does: 'keys.run' },
      { keys: ['H'], does: 'keys.history' },
      { keys: ['Ctrl Z'], does: 'keys.undo' },
      { keys: ['?'], does: 'keys.help' },
    ],
  },
  {
    title: 'keys.group.batch',
    lines: [
      { keys: ['1', '…', '7'], does: 'keys.tabs' },
      { keys: ['P'], does: 'keys.pause' },
      { keys: ['R'], does: 'keys.retry' },
      { keys: ['E'], does: 'keys.export' },
      { keys: ['X'], does: 'keys.cancel' },
      { keys: ['D'], does: 'keys.duplicate' },
      { keys: ['C'], does: 'keys.compare' },
      { keys: ['Alt ↑', 'Alt ↓'], does: 'keys.queue' },
      { keys: ['Del'], does: 'keys.delete' },
    ],
  },
  {
    title: 'keys.group.tasks',
    lines: [
      { keys: ['/'], does: 'keys.search' },
      { keys: ['J', '↓'], does: 'keys.next' },
      { keys: ['K', '↑'], does: 'keys.previous' },
      { keys: ['PgUp', 'PgDn'], does: 'keys.page' },
      { keys: ['Home', 'End'], does: 'keys.ends' },
      { keys: ['Enter'], does: 'keys.open' },
      { keys: ['Esc'], does: 'keys.back' },
      { keys: ['Shift ↓', 'Shift ↑'], does: 'keys.extend' },
      { keys: ['Space'], does: 'keys.mark' },
      { keys: ['Ctrl A'], does: 'keys.mark-all' },
    ],
  },
  {
    title: 'keys.group.timeline',
    lines: [
      { keys: ['←', '→'], does: 'keys.timeline-move' },
      { keys: ['↑', '↓'], does: 'keys.timeline-lane' },
      { keys: ['+', '-'], does: 'keys.timeline-zoom' },
      { keys: ['0'], does: 'keys.timeline-whole' },
      { keys: [',', '.'], does: 'keys.timeline-step' },
      { keys: ['Enter'], does: 'keys.timeline-open' },
      { keys: ['PgUp', 'PgDn'], does: 'keys.timeline-page' },
      { keys: ['Home', 'End'], does: 'keys.timeline-ends' },
      { keys: ['F'], does: 'keys.timeline-follow' },
    ],
  },
  {
    title: 'keys.group.results',
    lines: [
      { keys: ['←', '→', '↑', '↓'], does: 'keys.results-cell' },
      { keys: ['J', 'K'], does: 'keys.results-step' },
      { keys: ['PgUp', 'PgDn'], does: 'keys.results-page' },
      { keys: ['Home', 'End'], does: 'keys.results-ends' },
      { keys: ['Enter'], does: 'keys.results-open' },
    ],
  },
  {
    title: 'keys.group.log',
    lines: [
      { keys: ['/'], does: 'keys.log-search' },
      { keys: ['Enter', 'Shift Enter'], does: 'keys.log-step' },
    ],
  },
];
