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

/** A table: some of the measurements, and which of them the ratios are to (the fastest, where several). */
export interface Table {
  title: string;
  ids: string[];
  ratios: { head: string; to: string[] }[];
}

const map = { head: 'to `Pool.map`', to: ['python-map'] };

export const tables: Table[] = [
  {
    title: 'Tasks of `x*x` in JavaScript, beside pools of processes and threads',
    ids: [
      'python-map',
      'python-imap-1000',
      'python-imap-1',
      'python-apply-async',
      'piscina-1',
      'piscina-64',
      'tinypool',
      'map',
      'imap-unordered',
      'apply-async',
      'engine',
      'command-line',
    ],
    ratios: [map, { head: 'to piscina', to: ['piscina-1', 'piscina-64'] }],
  },
  {
    title: 'Tasks of `x*x` in Python',
    ids: ['python-map', 'python-imap-1', 'python-futures', 'map-python'],
    ratios: [map, { head: 'to `imap_unordered`, chunksize 1', to: ['python-imap-1'] }],
  },
  {
    title: 'Commands: `true`, once for each input',
    ids: ['xargs', 'parallel', 'commands'],
    ratios: [
      { head: 'to `xargs -P`', to: ['xargs'] },
      { head: 'to GNU parallel', to: ['parallel'] },
    ],
  },
];

export const measurements: Measurement[] = [
  {
    id: 'python-map',
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
    tasks: 8_000_000,
  },
  {
    id: 'imap-unordered',
    engine: '**Poolboard** `Pool`',
    how: '`imapUnordered`, automatic chunks',
    command: ['node', 'poolboard/pool.ts', 'imapUnordered', 'N'],
    tasks: 8_000_000,
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
  {
    id: 'python-futures',
    engine: '`concurrent.futures`',
    how: '`ProcessPoolExecutor.submit`, `as_completed`',
    command: ['python3', 'peers/pool.py', 'futures', 'N'],
    tasks: 15_000,
  },
  {
    id: 'map-python',
    engine: '**Poolboard** `Pool`',
    how: '`map` of a Python file, each result delivered and timed as it comes',
    command: ['node', 'poolboard/pool.ts', 'mapPython', 'N'],
    tasks: 3_000_000,
  },
  {
    id: 'xargs',
    engine: '`xargs`',
    how: '`-n 1 -P` cores, output thrown away',
    command: ['node', 'peers/commands.mjs', 'xargs', 'N'],
    tasks: 5_000,
  },
  {
    id: 'parallel',
    engine: 'GNU parallel',
    how: '`-j` cores, output thrown away',
    command: ['node', 'peers/commands.mjs', 'parallel', 'N'],
    tasks: 500,
  },
  {
    id: 'commands',
    engine: '**Poolboard** command line',
    how: '`poolboard run --command`, from start to exit; every result on disk and printed',
    command: ['node', 'poolboard/commands.ts', 'N'],
    tasks: 4_000,
  },
];
