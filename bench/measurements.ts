/** One row of the table: an engine, used in one way. */
export interface Measurement {
  id: string;
  engine: string;
  /** How it is used, as the table says it. */
  how: string;
  /** Program and arguments; the number of tasks takes the place of `N`. */
  command: [program: 'node' | 'python3', ...args: string[]];
  /** Tasks of one measurement: such that it takes 2 to 5 seconds on two cores. */
  tasks: number;
}

/** What the two aims are measured against. */
export const poolMap = 'python-map';
export const piscina = ['piscina-1', 'piscina-64'];

export const measurements: Measurement[] = [
  {
    id: poolMap,
    engine: '`multiprocessing.Pool`',
    how: '`map`, automatic chunks; no result until all are there',
    command: ['python3', 'peers/pool.py', 'map', 'N'],
    tasks: 8_000_000,
  },
  {
    id: 'python-imap-1000',
    engine: '`multiprocessing.Pool`',
    how: '`imap_unordered`, chunksize 1,000',
    command: ['python3', 'peers/pool.py', 'imap_unordered', 'N', '1000'],
    tasks: 5_000_000,
  },
  {
    id: 'python-imap-1',
    engine: '`multiprocessing.Pool`',
    how: '`imap_unordered`, chunksize 1',
    command: ['python3', 'peers/pool.py', 'imap_unordered', 'N', '1'],
    tasks: 50_000,
  },
  {
    id: 'python-apply-async',
    engine: '`multiprocessing.Pool`',
    how: '`apply_async` with a callback',
    command: ['python3', 'peers/pool.py', 'apply_async', 'N'],
    tasks: 40_000,
  },
  {
    id: 'piscina-1',
    engine: 'piscina',
    how: '`run`, threads, 1 task at once in each',
    command: ['node', 'peers/piscina.mjs', 'N', '1'],
    tasks: 50_000,
  },
  {
    id: 'piscina-64',
    engine: 'piscina',
    how: '`run`, threads, 64 tasks at once in each',
    command: ['node', 'peers/piscina.mjs', 'N', '64'],
    tasks: 80_000,
  },
  {
    id: 'tinypool',
    engine: 'tinypool',
    how: '`run`, processes',
    command: ['node', 'peers/tinypool.mjs', 'N'],
    tasks: 25_000,
  },
  {
    id: 'map',
    engine: '**Poolboard** `Pool`',
    how: '`map`, each result delivered and timed as it comes',
    command: ['node', 'poolboard/pool.ts', 'map', 'N'],
    tasks: 5_000_000,
  },
  {
    id: 'imap-unordered',
    engine: '**Poolboard** `Pool`',
    how: '`imapUnordered`, automatic chunks',
    command: ['node', 'poolboard/pool.ts', 'imapUnordered', 'N'],
    tasks: 5_000_000,
  },
  {
    id: 'apply-async',
    engine: '**Poolboard** `Pool`',
    how: '`applyAsync` with a callback',
    command: ['node', 'poolboard/pool.ts', 'applyAsync', 'N'],
    tasks: 700_000,
  },
  {
    id: 'engine',
    engine: '**Poolboard** engine',
    how: 'a batch, every result on disk',
    command: ['node', 'poolboard/engine.ts', 'N'],
    tasks: 1_000_000,
  },
  {
    id: 'command-line',
    engine: '**Poolboard** command line',
    how: '`poolboard run`, from start to exit; every result on disk and printed',
    command: ['node', 'poolboard/command-line.ts', 'N'],
    tasks: 1_000_000,
  },
];
